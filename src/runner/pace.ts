import type { Clock } from "../clock/clock.js";
import { parseTime } from "../clock/timestamps.js";

/** How often one request is sent again before a rate limit counts as standing in the way. */
export const rateLimitRetries = 4;

/** A receiver may ask for an hour; a run that has minutes waits no longer than this. */
const longestWaitMs = 30_000;

/** nginx, for one, answers 503 without Retry-After beyond its limit_req. */
const easedIntervalMs = 500;
const easedWaitMs = 2000;

/** A run that was slowed down is quicker again by and by, until the limit is met once more. */
const recoversAfter = 10;
const recovery = 0.8;
/** Less is as good as nothing. */
const noIntervalMs = 10;

/** Spaces requests: at most the user's rate, and slower once the receiver has asked for it. */
export interface Pace {
  /**
   * Waits for this request's turn.
   * @param floods goes without the spacing that the receiver has asked for; the user's rate holds all the same.
   */
  turn(signal: AbortSignal, floods?: boolean): Promise<void>;
  /** The receiver asked to slow down, after `retryAfterMs` if it said so. */
  slowDown(retryAfterMs: number | null): void;
  readonly slowed: boolean;
  /** Waits, and spaces requests well apart from now on, in case a limit does not say that it is one; returns the undoing. */
  ease(): () => void;
  /** An answer came that asks for nothing of the kind. */
  went(isAcknowledged: boolean): void;
  /** Whether anything was acknowledged yet. */
  readonly wasAcknowledged: boolean;
  /** One input got what looks like a limit, while others were acknowledged: it is an answer, and not looked at twice. */
  refusesInputs: boolean;
  /** The same of one session, after what it asked to be waited for. */
  refusesSessions: boolean;
  /** A session that was known stayed refused for as long as the schedule leaves at least until the next attempt. */
  refusesForGood: boolean;
  /** A rate limit stood in the way of a request to its last try, and of every one since: no use in waiting again. */
  blocked: boolean;
}

/** @param maxRate requests a second; null for no ceiling. */
export function createPace(clock: Clock, maxRate: number | null): Pace {
  const leastIntervalMs = maxRate === null ? 0 : 1000 / maxRate;
  let intervalMs = leastIntervalMs;
  let nextAt = 0;
  let notBefore = 0;
  let limits = 0;
  /** Limits since the last answer that was none. */
  let inARow = 0;
  let wentSince = 0;
  let wasAcknowledged = false;
  let sentSinceSlowDown = true;
  return {
    blocked: false,
    refusesInputs: false,
    refusesSessions: false,
    refusesForGood: false,
    get wasAcknowledged() {
      return wasAcknowledged;
    },
    went(isAcknowledged) {
      wasAcknowledged ||= isAcknowledged;
      inARow = 0;
      wentSince += 1;
      if (wentSince % recoversAfter !== 0) return;
      intervalMs = intervalMs > noIntervalMs ? Math.max(intervalMs * recovery, leastIntervalMs) : leastIntervalMs;
    },
    async turn(signal, floods = false) {
      do {
        const now = clock.now();
        const at = Math.max(now, nextAt);
        nextAt = at + (floods ? leastIntervalMs : intervalMs);
        if (at > now) await clock.sleep(at - now, signal);
        // Who had its turn before the receiver asked to slow down lines up again.
      } while (clock.now() < notBefore);
      sentSinceSlowDown = true;
    },
    slowDown(retryAfterMs) {
      // Refusals of requests that were under way together are one limit, and not a reason to slow down once for each.
      const again = sentSinceSlowDown;
      sentSinceSlowDown = false;
      if (again) {
        limits += 1;
        inARow += 1;
        wentSince = 0;
      }
      const waitMs = Math.min(retryAfterMs ?? 500 * 2 ** Math.min(inARow, 4), longestWaitMs);
      notBefore = Math.max(notBefore, clock.now() + waitMs);
      nextAt = Math.max(nextAt, notBefore);
      if (again) intervalMs = Math.min(Math.max(intervalMs * 2, 100), 2000);
    },
    ease() {
      const before = intervalMs;
      intervalMs = Math.max(intervalMs, easedIntervalMs);
      notBefore = Math.max(notBefore, clock.now() + easedWaitMs);
      nextAt = Math.max(nextAt, notBefore);
      return () => {
        intervalMs = before;
      };
    },
    get slowed() {
      return limits > 0;
    },
  };
}

/** Milliseconds of a Retry-After value (RFC 9110 §10.2.3), seconds or a date; null where it is neither. */
export function retryAfterMs(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  // Each form of an HTTP date names a day; without that a lenient parser takes "-1" and "1.5" for dates long past.
  const date = /[a-z]{3}/i.test(value) ? parseTime(value) : null;
  return date === null ? null : Math.max(0, date - now);
}
