import { type Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { expect, onTestFinished } from "vitest";
import type { Clock, Timer } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import { virtualClock, type VirtualClock } from "../clock/virtual-clock.js";
import type { ArrivedConnection, ArrivedRequest } from "../receivers/journal.js";
import { createRecordingServer, type RecordingServer } from "../receivers/recording-server.js";
import type { Attempt, AttemptOutcome } from "./attempt.js";
import { createSender, type AttemptOptions, type Sender, type SenderOptions } from "./sender.js";

export const sessionId = "1b8a70f1000001000002d1a37b";
/** A public-looking name that the kit routes to loopback. */
export const host = "hooks.example.com";
export const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/** Bytes, one character each, after which the connection is left open; or whatever a function does. */
export type Answer = string | ((socket: Socket, request: ArrivedRequest) => void | Promise<void>);

export interface WireServer extends RecordingServer {
  /** Resolves when every connection that was accepted so far has closed, as this server sees it. */
  gone(): Promise<void>;
  /** Resolve with the first connection and the first whole request. */
  readonly connected: Promise<void>;
  readonly requested: Promise<void>;
}

export interface ServerOptions {
  readonly clock?: Clock;
  readonly tls?: SecureContextOptions;
  readonly host?: string;
  readonly accept?: (socket: Socket, connection: ArrivedConnection) => void;
}

/** Answers each attempt in turn, the last answer for ever. */
export const inTurn = (...answers: readonly string[]) => {
  let met = 0;
  return (socket: { write(bytes: string): unknown }): void => {
    socket.write(answers[Math.min(met++, answers.length - 1)]!);
  };
};

/** A virtual clock that ends with the test. */
export function testClock(): VirtualClock {
  const clock = virtualClock();
  onTestFinished(() => clock.close());
  return clock;
}

/** A recording server that ends with the test. */
export async function listen(answer: Answer, { clock, accept, ...rest }: ServerOptions = {}): Promise<WireServer> {
  const open = new Set<Socket>();
  const [connected, connects] = signal();
  const [requested, requests] = signal();
  const server = await createRecordingServer({
    ...rest,
    clock: clock ?? testClock(),
    accept(socket, connection) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      connects();
      accept?.(socket, connection);
    },
    answer(socket, request) {
      requests();
      if (typeof answer !== "string") return answer(socket, request);
      socket.write(answer, "latin1");
    },
  });
  onTestFinished(() => server.close());
  const gone = async (): Promise<void> => {
    await Promise.all(Array.from(open, (socket) => new Promise((closed) => socket.once("close", closed))));
  };
  return { ...server, gone, connected, requested };
}

function signal(): [arrived: Promise<void>, arrive: () => void] {
  let arrive = (): void => {};
  const arrived = new Promise<void>((done) => (arrive = done));
  return [arrived, arrive];
}

/** A sender to the server, on one clock for schedule and deadline, that ends with the test. */
export function senderTo(server: { readonly origin: string }, options: Partial<SenderOptions> = {}): Sender {
  const clock = options.clock ?? testClock();
  const sender = createSender({ url: `${server.origin}/hook`, clock, deadlineClock: clock, ...options });
  onTestFinished(() => sender.close());
  return sender;
}

/**
 * Wall time that only the test moves. A jump fires what it finds due, at once and late by the rest of the jump, as a
 * busy event loop does. A timer of a few milliseconds that is set then takes real turns of the loop instead.
 */
export function manualClock(): { readonly clock: Clock; jump(ms: number): void } {
  let now = 0;
  const timers = new Set<{ readonly due: number; fire(): void }>();
  const clock: Clock = {
    kind: "system",
    now: () => now,
    timer(ms, fire) {
      if (ms <= 10) return afterReading(fire);
      const timer = { due: now + ms, fire };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    sleep: () => Promise.reject(new Error("not for sleeping")),
    stall: () => Promise.reject(new Error("not for stalling")),
    hold: () => systemClock.hold(),
  };
  const jump = (ms: number): void => {
    now += ms;
    for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
      if (timer.due <= now && timers.delete(timer)) timer.fire();
    }
  };
  return { clock, jump };
}

/** Sends every connection to a port on loopback. */
export const routed = (port: number) => ({ route: () => ({ host: "127.0.0.1", port }) });

export interface MeetOptions extends Omit<ServerOptions, "clock"> {
  readonly sender?: Partial<SenderOptions>;
  readonly attempt?: AttemptOptions;
}

export interface Meeting {
  readonly attempt: Attempt;
  readonly server: WireServer;
  readonly clock: VirtualClock;
}

/**
 * One attempt on a fresh connection that meets the answer, on one virtual clock. Afterwards every connection has closed
 * and no hold is out, whatever came.
 */
export async function meet(
  answer: string | ((socket: Socket, request: ArrivedRequest, clock: VirtualClock) => void | Promise<void>),
  { sender: senderOptions, attempt: attemptOptions, ...serverOptions }: MeetOptions = {},
): Promise<Meeting> {
  const clock = testClock();
  const met: Answer = typeof answer === "string" ? answer : (socket, request) => answer(socket, request, clock);
  const server = await listen(met, { ...serverOptions, clock });
  const sender = senderTo(server, { clock, ...senderOptions });
  const attempt = await sender.attempt(sender.callback(sessionId), attemptOptions);
  await server.gone();
  expect(clock.holdsOut()).toBe(0);
  return { attempt, server, clock };
}

/** Stalls on behalf of the request's connection. */
export function stall(clock: Clock, request: ArrivedRequest, ms: number): Promise<void> {
  return clock.stall(request.connection.remotePort, ms);
}

/** Reason, phase and code of a failure, to compare at one look; the status of an acknowledgement. */
export function gist(outcome: AttemptOutcome): string {
  return outcome.kind === "acknowledged"
    ? `acknowledged ${outcome.status}`
    : `${outcome.reason} ${outcome.phase} ${outcome.code}`;
}

/** One real turn of the event loop. */
export const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Once the loop has looked for I/O again: a first immediate comes before that. */
function afterReading(fire: () => void): Timer {
  let handle = setImmediate(() => (handle = setImmediate(fire)));
  return { cancel: () => clearImmediate(handle) };
}
