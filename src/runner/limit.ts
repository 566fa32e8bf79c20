import type { Clock } from "../clock/clock.js";
import { answerOf } from "../diagnosis/answer.js";
import { isFromAProxy } from "../diagnosis/proxies.js";
import type { Attempt } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { isRateLimited, responseHeader } from "./expectations.js";
import { retryAfterMs, type Pace } from "./pace.js";

/** What could have a limit of its own: a request that differs from the documented one, or a session that came before. */
export type Particular = "input" | "session" | null;

/** A limiter that lets one request a second through has let the next one through by then. */
const secondLookMs = 1000;
/** The documented sender comes again after a minute, whatever Retry-After says (decision 6). */
const longestSessionWaitMs = 60_000;

/** nginx answers so beyond limit_req and limit_conn, and asks for no delay. */
const nginxLimit = /<center><h1>503 Service Temporarily Unavailable<\/h1><\/center>/;

/** 429, or 503 with Retry-After, or nginx's 503 to one that was acknowledged before; a proxy's own error is no limit. */
export function asksForLess(attempt: Attempt, url: CallbackUrl, pace: Pick<Pace, "wasAcknowledged">): boolean {
  if (attempt.response?.status !== 503) return isRateLimited(attempt);
  const answer = answerOf(attempt, url);
  if (isFromAProxy(answer)) return false;
  return isRateLimited(attempt) || (pace.wasAcknowledged && nginxLimit.test(answer.body));
}

export interface Limited {
  /** The answer that asks for less. */
  readonly attempt: Attempt;
  readonly particular: Exclude<Particular, null>;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isLimited: (attempt: Attempt) => boolean;
  readonly again: () => Promise<Attempt>;
  /** Whether a documented callback for a fresh session is acknowledged; null where there is none to send. */
  readonly control: () => Promise<boolean | null>;
}

/**
 * Tells a limit on all requests from the answer that one input, or one session, gets: others are acknowledged, and it
 * still stands when it was waited for. What is the receiver's limit after all is not judged here.
 * @returns the answer to judge; null where it is a limit on all.
 */
export async function answerOfItsOwn(limited: Limited): Promise<Attempt | null> {
  const { attempt, particular, pace, clock, signal, isLimited, again, control } = limited;
  if ((await control()) !== true) return null;
  const isKnown = particular === "session" ? pace.refusesSessions : pace.refusesInputs && !pace.slowed;
  if (isKnown && particular === "input") return attempt;
  const waitMs = isKnown || particular === "input" ? secondLookMs : sessionWaitMs(attempt, clock);
  await clock.sleep(waitMs, signal);
  const second = await again();
  if (!isLimited(second)) return second;
  if ((await control()) !== true) return null;
  if (particular === "session") pace.refusesSessions = true;
  else pace.refusesInputs = true;
  if (waitMs === longestSessionWaitMs) pace.refusesForGood = true;
  return second;
}

function sessionWaitMs(attempt: Attempt, clock: Clock): number {
  const asked = retryAfterMs(responseHeader(attempt, "retry-after"), clock.now());
  return Math.min(asked ?? secondLookMs, longestSessionWaitMs);
}
