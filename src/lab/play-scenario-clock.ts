import { AsyncLocalStorage } from "node:async_hooks";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { getActiveResourcesInfo } from "node:process";
import type { Timer } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { LentHold, VirtualClock } from "../clock/virtual-clock.js";

/** What an app is doing about one attempt. */
interface Handling {
  fellAsleep(): void;
  wokeUp(): void;
}

const handlings = new AsyncLocalStorage<Handling>();

function handlerSleeps(): () => void {
  const handling = handlings.getStore();
  handling?.fellAsleep();
  return () => handling?.wokeUp();
}

/**
 * What a handler that sleeps may do beside in wall time, in milliseconds: a sleep that it does not wait for must not let
 * the deadline pass while it reads a file.
 */
const quietMs = 50;

/** Files, names: they come to an end, however busy the machine is. */
const hasRequestsUnderWay = (): boolean => getActiveResourcesInfo().some((type) => /^(FS|GetAddrInfo)Req/.test(type));

/**
 * Has an app that is served here live on the scenario's clock. The sender's attempt keeps time from moving, so it is
 * given back while a handler sleeps on the clock, and for good once the deadline has passed in wall time: whatever the
 * handler waits for then, a real sender would have left.
 */
export function shareTime(server: Server, clock: VirtualClock, deadlineMs: number): void {
  clock.onSleep(handlerSleeps);
  // Before the listener of node:http, whose parser then emits each part of a request in this context.
  server.prependListener("connection", (socket: Socket) => handlings.enterWith(handlingOn(socket, clock, deadlineMs)));
}

/** Each attempt comes on a connection of its own. */
function handlingOn(socket: Socket, clock: VirtualClock, deadlineMs: number): Handling {
  const port = socket.remotePort ?? 0;
  let sleeps = 0;
  let quiet: Timer | null = null;
  let lent: LentHold | null = null;
  let isOver = false;

  const letTimeMove = (): void => void (lent ??= clock.lend(port));
  const letTimeMoveWhenQuiet = (): void => {
    quiet = systemClock.timer(quietMs, () => (hasRequestsUnderWay() ? letTimeMoveWhenQuiet() : letTimeMove()));
  };
  const keepTime = (): void => {
    quiet?.cancel();
    lent?.takeBack();
    lent = null;
  };
  const overdue = systemClock.timer(deadlineMs, () => {
    letTimeMove();
    isOver = true;
  });
  socket.once("close", () => {
    overdue.cancel();
    keepTime();
    isOver = true;
  });

  return {
    fellAsleep() {
      sleeps += 1;
      if (sleeps === 1 && !isOver) letTimeMoveWhenQuiet();
    },
    wokeUp() {
      sleeps -= 1;
      if (sleeps === 0 && !isOver) keepTime();
    },
  };
}
