import { UsageError } from "../errors.js";

/** `Date` may stand still, for nothing here is timed by it. */
const waitedOn = ["setTimeout", "setInterval", "setImmediate", "performance", "queueMicrotask"] as const;

/**
 * Where the timers of this process were put on a clock that stands still, what waits for sockets waits for good.
 * @param who asks, as the user calls it.
 * @throws UsageError `ERR_TIMERS`.
 */
export function assertRealTimers(who: string): void {
  if (!waitedOn.some((name) => isFaked(globalThis[name]))) return;
  throw new UsageError(
    "ERR_TIMERS",
    `${who}: expected real timers, got faked ones, under which no socket is ever waited for: call vi.useRealTimers() first (or Jest's, or what restores those that are in place); a scenario brings a clock of its own, on which its minutes pass in no time`,
  );
}

/**
 * Vitest's, Jest's and Sinon's leave the clock on what they put in place (@sinonjs/fake-timers); those of `node:test` are
 * a method of theirs.
 */
const isFaked = (given: object & { readonly name?: string }): boolean =>
  "clock" in given || given.name?.startsWith("bound #") === true;
