import { blocking } from "./thread-messages.js";

type Wait = typeof Atomics.wait;

/** Whoever waits for a time to pass looks so often whether it has. In milliseconds. */
const looksEveryMs = 1;

/** Has this thread tell when it blocks in `Atomics.wait`, and wait there on the app's time. */
export function tellBlocked(shared: BigInt64Array, now: () => number): void {
  const wait = Atomics.wait as (...args: unknown[]) => ReturnType<Wait>;
  Atomics.wait = (typedArray: unknown, index: unknown, value: unknown, timeoutMs?: unknown) => {
    const ms = timeoutMs === undefined || Number.isNaN(Number(timeoutMs)) ? Infinity : Math.max(0, Number(timeoutMs));
    const until = Math.ceil(now() + ms);
    // In one go: whoever looks now is to see until when.
    Atomics.store(shared, blocking.until, ms === Infinity ? blocking.forGood : BigInt(until));
    try {
      if (ms === Infinity) return wait(typedArray, index, value);
      for (;;) {
        const isOver = until <= now();
        const ended = wait(typedArray, index, value, isOver ? 0 : looksEveryMs);
        if (isOver || ended !== "timed-out") return ended;
      }
    } finally {
      Atomics.store(shared, blocking.until, blocking.notAtAll);
      Atomics.add(shared, blocking.wakes, 1n);
    }
  };
}
