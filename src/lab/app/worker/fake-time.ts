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
  /** Whether a timer is pending that would keep Node's event loop alive. */
  keepsAlive(): boolean;
}

export interface FakeTimeOptions {
  /** When the app was started, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** The time that another thread moves, as above; such a clock is not moved from here. @default its own */
  readonly follows?: () => number;
  /** Called with each timer that is set. */
  readonly timerSet: () => void;
  /** Called with the time, as above, before anything happens then. */
  readonly moved?: (now: number) => void;
  /** Called whenever the app asks for the time. */
  readonly looked?: () => void;
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
  readonly timerHeap?: {
    peek(): { readonly callAt: number } | undefined;
    readonly timers: readonly { readonly id: number }[];
  };
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
 */
export function installFakeTime(options: FakeTimeOptions): FakeTime {
  const { startedAt, follows, timerSet, moved = () => {}, looked = () => {} } = options;
  const methods = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "hrtime", "Intl", "Temporal"];
  const clock = install({
    now: startedAt,
    toFake: methods as FakeMethod[],
    ignoreMissingTimers: true,
    // Node's own modules may still hold timers from before.
    shouldClearNativeTimers: true,
  });
  const internals = clock as unknown as Internals;
  if (follows !== undefined) Object.defineProperty(clock, "now", { get: follows, set() {} });
  const unreferenced = asNodeHasThem(internals, timerSet);
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
  tellMonotonic(monotonic, startedAt - startsAtMs);
  AbortSignal.timeout = timeoutSignal;
  moveContexts();
  moveAtomicWaits();
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
    keepsAlive: () => internals.timerHeap?.timers.some(({ id }) => !unreferenced.has(id)) === true,
  };
}

/**
 * Delays, async context and methods of a timer as Node has them, where fake-timers differs.
 * @returns the ids of those that do not keep the event loop alive.
 */
function asNodeHasThem(clock: Internals, timerSet: () => void): ReadonlySet<number> {
  const { setTimeout, setInterval } = clock;
  const unreferenced = new Set<number>();
  const complete = (timer: object): object => {
    timerSet();
    const { ref, unref } = timer as Record<"ref" | "unref", (this: object) => object>;
    return Object.assign(timer, {
      ref(): object {
        unreferenced.delete(Number(timer));
        return ref.call(timer);
      },
      unref(): object {
        unreferenced.add(Number(timer));
        return unref.call(timer);
      },
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
  return unreferenced;
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

type Wait = "not-equal" | "timed-out" | "ok";

type WaitAsync = (
  typedArray: Int32Array,
  index: number,
  value: number,
  timeout?: number,
) => { readonly async: boolean; readonly value: Wait | Promise<Wait> };

/** The timeouts of `Atomics.waitAsync`, which waits for other threads. */
function moveAtomicWaits(): void {
  const atomics = Atomics as unknown as { waitAsync?: WaitAsync };
  const { waitAsync } = atomics;
  if (waitAsync === undefined) return;
  atomics.waitAsync = (typedArray, index, value, timeout = Infinity) => {
    const waits = waitAsync(typedArray, index, value, timeout > 0 ? Infinity : timeout);
    if (!waits.async || timeout === Infinity) return waits;
    const late = new Promise<Wait>((resolve) => void setTimeout(() => resolve("timed-out"), timeout).unref());
    return { async: true, value: Promise.race([waits.value, late]) };
  };
}
