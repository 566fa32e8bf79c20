import type { Attempt } from "../sender/attempt.js";
import { whatCame } from "./expectations.js";

/** How often documented callbacks for fresh sessions fail, of a whole run: what every other failure is to be held against. */
export interface Tally {
  /** @param check its id, for what was varied or had come before; null for the documented callback of a fresh session. */
  counts(attempt: Attempt, check: string | null): void;
  /** How often documented callbacks got what this attempt got; null where it is not often enough to explain it. */
  asOften(attempt: Attempt, check: string): AsOften | null;
  /** The last documented callback of a fresh session that failed; null where none did. */
  readonly lastFailed: Attempt | null;
}

interface AsOften {
  readonly failed: number;
  readonly of: number;
  /** How many failed in all, with whatever they got. */
  readonly failedInAll: number;
  /** None was acknowledged since the first of them failed: it does not come and go. */
  readonly forGood: boolean;
}

interface Count {
  of: number;
  readonly failed: Map<string, number>;
}

/** Fewer say nothing. */
const leastCallbacks = 8;
const leastFailures = 2;
const leastShare = 0.05;
/** One that nearly always fails is not flaky. */
const mostShare = 0.9;
/** Where what was varied fails so much more often than the rest, that is no chance. */
const chance = 0.02;

export function createTally(): Tally {
  const plain: Count = { of: 0, failed: new Map() };
  /** When it was known that a plain one has failed; others may have been under way. */
  let failedAtMs = Infinity;
  let acknowledgedSince = false;
  let lastFailed: Attempt | null = null;
  const varied = new Map<string, Count>();
  return {
    counts(attempt, check) {
      const count = check === null ? plain : (varied.get(check) ?? { of: 0, failed: new Map() });
      if (check !== null) varied.set(check, count);
      count.of += 1;
      if (attempt.outcome.kind === "acknowledged") {
        acknowledgedSince ||= check === null && attempt.startedAt > failedAtMs;
        return;
      }
      if (check === null) {
        failedAtMs = Math.min(failedAtMs, attempt.startedAt + attempt.timings.endMs);
        lastFailed = attempt;
      }
      const what = whatCame(attempt);
      count.failed.set(what, (count.failed.get(what) ?? 0) + 1);
    },
    asOften(attempt, check) {
      const what = whatCame(attempt);
      const failed = plain.failed.get(what) ?? 0;
      if (
        plain.of < leastCallbacks ||
        failed < leastFailures ||
        failed / plain.of < leastShare ||
        failed / plain.of > mostShare
      )
        return null;
      const forGood = !acknowledgedSince;
      const failedInAll = [...plain.failed.values()].reduce((sum, count) => sum + count, 0);
      const own = varied.get(check);
      // Once nothing is acknowledged any more, what comes fails whatever it is.
      const isAfter = forGood && attempt.startedAt + attempt.timings.endMs > failedAtMs;
      const isChance =
        isAfter || own === undefined || atLeast(own.failed.get(what) ?? 0, own.of, failed / plain.of) >= chance;
      return isChance ? { failed, of: plain.of, failedInAll, forGood } : null;
    },
    get lastFailed() {
      return lastFailed;
    },
  };
}

/** Probability of at least so many of so many, each with a probability of `share` (binomial). */
function atLeast(failed: number, of: number, share: number): number {
  let sum = 0;
  let term = (1 - share) ** of;
  for (let k = 0; k <= of; k += 1) {
    if (k >= failed) sum += term;
    term *= (((of - k) / (k + 1)) * share) / (1 - share);
  }
  return sum;
}
