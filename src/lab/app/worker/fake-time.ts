/* oxlint-disable no-restricted-globals, no-restricted-imports -- here the app's time is put in place of the real one */
import { AsyncResource } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import { install, type FakeMethod } from "@sinonjs/fake-timers";
import { tellMonotonic } from "./monotonic.js";
import { moveContexts } from "./vm-contexts.js";

export interface FakeTime {
  now(): number;
  /** When the next timer is due, in milliseconds since the Unix epoch; null where none is pending. */
  nextDue(): number | null;
  /** Moves to the next timer and fires it. Throws what it throws. */
  fireNext(): void;
  /** Moves on to a moment before which no timer is due. */
  moveTo(now: number): void;
}

/**
 * What the app's monotonic clocks show as it starts, in milliseconds: those of a process that has been up for a while, in
 * which no code takes 0 for "no time at all" (lru-cache does). Whole seconds.
 */
const startsAtMs = 86_400_000;

type Callback = (...args: unknown[]) => void;

type SetTimer = (callback: Callback, ms?: unknown, ...args: unknown[]) => object;

/** What fake-timers keeps but does not document. */
interface Internals {
  readonly timerHeap?: { peek(): { readonly callAt: number } | undefined };
  setTimeout: SetTimer;
  setInterval: SetTimer;
  clearTimeout: (timer: object) => void;
  readonly performance: { readonly now: () => number };
}

/** Node's own rule: a delay that is no delay is one of a millisecond. */
const delayOf = (ms: unknown): number => (Number(ms) >= 1 ? Math.trunc(Number(ms)) : 1);

/**
 * Puts timers, `Date` and monotonic time on a clock that stands still, for everything in this thread that is loaded from
 * now on. What runs in the event loop of itself stays real: immediates, ticks, microtasks and I/O.
 * @param timerSet called with each timer that is set.
 * @param moved called with the time, in milliseconds since the Unix epoch, before anything happens then.
 * @param looked called whenever the app asks for the time.
 */
export function installFakeTime(
  now: number,
  timerSet: () => void,
  moved: (now: number) => void,
  looked: () => void,
): FakeTime {
  const methods = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "hrtime", "Intl", "Temporal"];
  const clock = install({
    now,
    toFake: methods as FakeMethod[],
    ignoreMissingTimers: true,
    // Node's own modules may still hold timers from before.
    shouldClearNativeTimers: true,
  });
  const internals = clock as unknown as Internals;
  asNodeHasThem(internals, timerSet);
  const monotonic = (): number => {
    looked();
    return startsAtMs + internals.performance.now();
  };
  const { now: dateNow } = Date;
  Date.now = () => {
    looked();
    return dateNow();
  };
  runsSince(startsAtMs, looked);
  tellMonotonic(monotonic, now - startsAtMs);
  AbortSignal.timeout = timeoutSignal;
  moveContexts();
  const wait = (ms: number, options?: { signal?: AbortSignal }): Promise<void> =>
    timersPromises.setTimeout(ms, undefined, options);
  Object.defineProperty(timersPromises.scheduler, "wait", { value: wait, configurable: true, writable: true });
  syncBuiltinESMExports();
  return {
    now: () => clock.now,
    nextDue: () => internals.timerHeap?.peek()?.callAt ?? null,
    fireNext() {
      moved(internals.timerHeap?.peek()?.callAt ?? clock.now);
      clock.next();
    },
    moveTo(to) {
      if (to <= clock.now) return;
      moved(to);
      clock.tick(to - clock.now);
    },
  };
}

/** Delays, async context and methods of a timer as Node has them, where fake-timers differs. */
function asNodeHasThem(clock: Internals, timerSet: () => void): void {
  const { setTimeout, setInterval } = clock;
  const complete = (timer: object): object => {
    timerSet();
    return Object.assign(timer, {
      close(): object {
        clock.clearTimeout(timer);
        return timer;
      },
      [Symbol.dispose]: () => clock.clearTimeout(timer),
    });
  };
  const bound = (callback: Callback): Callback =>
    typeof callback === "function" ? AsyncResource.bind(callback) : callback;
  clock.setTimeout = (callback, ms, ...args) => complete(setTimeout(bound(callback), delayOf(ms), ...args));
  clock.setInterval = (callback, ms, ...args) => complete(setInterval(bound(callback), delayOf(ms), ...args));
  Object.defineProperty(globalThis.setTimeout, promisify.custom, { get: () => timersPromises.setTimeout });
}

/** Monotonic time goes on from there, in `process.hrtime` as well. */
function runsSince(ms: number, looked: () => void): void {
  // oxlint-disable-next-line typescript/unbound-method -- fake-timers, which does without
  const { hrtime } = process;
  // oxlint-disable-next-line typescript/unbound-method -- as well
  const { bigint } = hrtime;
  const baseSeconds = Math.trunc(ms / 1000);
  const moved = (earlier?: [number, number]): [number, number] => {
    looked();
    const [seconds, nanoseconds] = hrtime();
    if (earlier === undefined) return [seconds + baseSeconds, nanoseconds];
    const difference = nanoseconds - earlier[1];
    const borrows = difference < 0 ? 1 : 0;
    return [seconds + baseSeconds - earlier[0] - borrows, difference + borrows * 1e9];
  };
  process.hrtime = Object.assign(moved, { bigint: () => bigint() + BigInt(baseSeconds) * 1_000_000_000n });
}

function timeoutSignal(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")), ms);
  return controller.signal;
}
