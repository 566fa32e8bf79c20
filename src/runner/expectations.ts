import type { Attempt } from "../sender/attempt.js";
import { notObservable, type Skip } from "./check.js";
import type { CheckContext } from "./check-context.js";

/** What came, in words that go after "got": `503 Service Unavailable`, or `no answer` and why. */
export function whatCame(attempt: Attempt): string {
  const { outcome, response } = attempt;
  if (response !== null) return `${response.status} ${response.statusText}`.trimEnd();
  return outcome.kind === "failed" ? `no answer: ${outcome.message}` : String(outcome.status);
}

export const isAcknowledged = (attempt: Attempt): boolean => attempt.outcome.kind === "acknowledged";

/** What a receiver may answer to a duplicate that comes while the first is still under way. */
export const busyStatuses: ReadonlySet<number> = new Set([409, 425, 429]);

/** As a duplicate of what is under way may be told to wait. */
export const isBusy = (attempt: Attempt): boolean =>
  busyStatuses.has(attempt.response?.status ?? 0) || isRateLimited(attempt);

/** Turned away for now, by a lock or by a limit. */
export const isLocked = (attempt: Attempt): boolean => isBusy(attempt) || attempt.response?.status === 423;

export const isTimeout = ({ outcome }: Attempt): boolean => outcome.kind === "failed" && outcome.reason === "timeout";

/** A 4XX within the deadline; a 5XX, a 3XX or silence is no refusal. */
export const isRefused = (attempt: Attempt): boolean =>
  attempt.response !== null && attempt.response.status >= 400 && attempt.response.status <= 499;

export function expectAcknowledged(context: CheckContext, ...attempts: readonly Attempt[]): void {
  for (const attempt of attempts) {
    if (!isAcknowledged(attempt)) context.mismatch("a 2XX", whatCame(attempt), attempt);
  }
}

/**
 * Expects of each a 4XX or, where effects are observed, a 2XX that had none: a receiver may validate after it has
 * answered. Effects are waited for once for all of them.
 */
export async function expectRefused(
  context: CheckContext,
  attempts: readonly Attempt[],
  preferred = "a 4XX",
): Promise<Skip | void> {
  const acknowledged = context.observesEffects ? attempts.filter(isAcknowledged) : [];
  const seen = acknowledged.filter(namesItsSession);
  const counts =
    seen.length === 0 ? new Map<string, number>() : await context.effects(seen.map(({ request }) => request.sessionId));
  for (const attempt of attempts) {
    if (isRefused(attempt) || (acknowledged.includes(attempt) && !seen.includes(attempt))) continue;
    const times = counts.get(attempt.request.sessionId);
    if (times === undefined) context.mismatch(preferred, whatCame(attempt), attempt);
    else if (times > 0) {
      context.mismatch(`${preferred}, or no effect`, `${whatCame(attempt)}, and the session was processed`, attempt);
    }
  }
  if (seen.length < acknowledged.length) {
    return notObservable(
      "a request that names no session was answered with a 2XX, and no probe by session id shows what was made of it; answer it with a 4XX to be judged",
    );
  }
}

/** Whether the session id stands in what was sent, so that an effect would be one of that session. */
const namesItsSession = ({ request: { sessionId, headers, body } }: Attempt): boolean =>
  body.includes(sessionId) || headers.some(([, value]) => value.includes(sessionId));

/** Expects a 2XX or a 4XX: whatever the receiver makes of it, it does not fail over it. */
export function expectNoFailure(context: CheckContext, attempt: Attempt): void {
  if (!isAcknowledged(attempt) && !isRefused(attempt)) {
    context.mismatch("a 2XX or a 4XX", whatCame(attempt), attempt);
  }
}

/** Header of a response by name, in any letter case; the first one where there are several. */
export function responseHeader(attempt: Attempt, name: string): string | null {
  const wanted = name.toLowerCase();
  return attempt.response?.headers.find(([header]) => header.toLowerCase() === wanted)?.[1] ?? null;
}

/** 429, or 503 with Retry-After: the receiver is there, and asks to be asked later. */
export function isRateLimited(attempt: Attempt): boolean {
  const status = attempt.response?.status;
  return status === 429 || (status === 503 && responseHeader(attempt, "retry-after") !== null);
}
