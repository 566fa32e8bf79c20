import { answerOf } from "../diagnosis/answer.js";
import type { Cause } from "../diagnosis/cause.js";
import { causeOf } from "../diagnosis/causes.js";
import { otherContract } from "../diagnosis/other-contract.js";
import type { Attempt } from "../sender/attempt.js";
import type { CheckContext } from "./check-context.js";
import { isAcknowledged, isTimeout, whatCame } from "./expectations.js";
import type { Target } from "./target.js";

/** What the first exchange tells about everything that builds on it. */
export type Baseline = {
  readonly attempt: Attempt;
  /** Sentences for the whole run. */
  readonly notes: readonly string[];
} & (
  | { readonly kind: "acknowledged" }
  /** Nothing listens or the name is unknown: nothing can be said about the receiver. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** It may be right to refuse a sender without credentials, or a session that it never started. */
  | { readonly kind: "rightly-refused"; readonly reason: string }
  | { readonly kind: "rate-limited"; readonly reason: string }
  | { readonly kind: "not-acknowledged"; readonly reason: string }
);

/** An acknowledgement that took longer may be a cold start, and is asked for again. */
const coldStartMs = 5000;
/** Before a failed baseline is repeated, for what passes by itself: a restart, a deployment. */
const secondTryMs = 1000;

type Asks = Pick<CheckContext, "send" | "pause">;

/** Sends the documented callback until it is clear what to make of the answer: once, twice at most. */
export async function takeBaseline(ask: Asks, target: Target, sibling: (path: string) => string): Promise<Baseline> {
  const first = await ask.send();
  if (isAcknowledged(first)) {
    if ((first.timings.headersMs ?? 0) <= coldStartMs) return { kind: "acknowledged", attempt: first, notes: [] };
    const warm = await ask.send();
    const note = `The first callback took ${seconds(first)} s; it was sent again, in case that was a cold start.`;
    return isAcknowledged(warm) || isTimeout(warm)
      ? judge(warm, [note])
      : { ...judge(first, [note]), kind: "acknowledged" };
  }
  const early = judge(first, []);
  if (early.kind === "unreachable" || isTimeout(first)) return early;
  const cause = causeOf(answerOf(first, target.url));
  if (await isRightRefusal(first, cause, ask, target, sibling)) return rightlyRefused(first, cause, target);
  await ask.pause(secondTryMs);
  const second = await ask.send();
  if (!isAcknowledged(second)) return judge(first, []);
  return judge(second, [`The first callback got ${whatCame(first)}; sent again, it was acknowledged.`]);
}

function judge(attempt: Attempt, notes: readonly string[]): Baseline {
  const { outcome } = attempt;
  if (outcome.kind === "acknowledged") return { kind: "acknowledged", attempt, notes };
  const unconnected = outcome.phase === "dns" || outcome.phase === "connect";
  if (unconnected && outcome.reason !== "reset") {
    return { kind: "unreachable", attempt, notes, reason: `the receiver is unreachable: ${outcome.message}` };
  }
  const reason = `the first callback was not acknowledged: ${outcome.message}`;
  return { kind: "not-acknowledged", attempt, notes, reason };
}

/**
 * 401 and 403 where no credentials were given; 403, 404, 409, 410 and 422 to an invented session, unless that is what
 * any path here answers. What a login, CSRF protection or a bot wall answers is no receiver's own refusal.
 */
async function isRightRefusal(
  attempt: Attempt,
  cause: Cause | null,
  ask: Asks,
  target: Target,
  sibling: (path: string) => string,
): Promise<boolean> {
  if (cause?.wall !== undefined || cause?.noRoute === true) return false;
  if (cause?.mayBeRight === true) return true;
  if (cause?.unread === true && !namesItsSession(attempt)) return false;
  const status = attempt.response?.status ?? 0;
  if (wantsCredentials(status, target)) return true;
  if (!target.sessions.invents || ![403, 404, 409, 410, 422].includes(status)) return false;
  const elsewhere = await ask.send({ variation: { label: "to a path beside the configured one", path: sibling } });
  return !isSameAnswer(attempt, elsewhere);
}

const namesItsSession = ({ response, request }: Attempt): boolean =>
  response?.body.includes(request.sessionId) === true;

const wantsCredentials = (status: number, target: Target): boolean =>
  (status === 401 || status === 403) &&
  target.credentials.length === 0 &&
  target.secret === null &&
  target.urlSecrets.length === 0 &&
  target.url.userinfo === null;

function rightlyRefused(attempt: Attempt, cause: Cause | null, target: Target): Baseline {
  const reason = whyRight(attempt, cause, target);
  return { kind: "rightly-refused", attempt, reason, notes: [`${reason[0]?.toUpperCase()}${reason.slice(1)}.`] };
}

function whyRight(attempt: Attempt, cause: Cause | null, target: Target): string {
  const came = whatCame(attempt);
  const status = attempt.response?.status ?? 0;
  if (cause?.mayBeRight === true) {
    const fix = cause.fix.slice(0, 1).toLowerCase() + cause.fix.slice(1, -1);
    return `the receiver answered ${came}, and says that ${cause.says}, which may be right: ${fix}`;
  }
  if (cause?.id === otherContract.id)
    return `the receiver answered ${came}: ${cause.says}; if those are what it takes, say so with --contract`;
  const keyOr = status === 403 ? "to credentials that it does not expect, or " : "";
  return wantsCredentials(status, target)
    ? `the receiver answered ${came}, and no credentials were given: pass the headers that are configured with the webhook, as in -H 'Name: value'`
    : `the receiver answered ${came} ${keyOr}to a session that it never started, which may be right: give it sessions that it knows with --session-ids or --session-command`;
}

/** The same status and body, but for what belongs to the request: its path, its session id, times and other numbers. */
function isSameAnswer(a: Attempt, b: Attempt): boolean {
  const own = [a, b].flatMap(({ request }) => [...spellingsOf(request.path), request.sessionId]);
  return a.response?.status === b.response?.status && bodyOf(a, own) === bodyOf(b, own);
}

/** How an answer may repeat the path: with and without query and leading slash, with its slashes escaped in JSON. */
function spellingsOf(path: string): string[] {
  const [pathname = "/"] = path.split("?");
  return [path, pathname, pathname.slice(1)].flatMap((text) => [text, text.replaceAll("/", String.raw`\/`)]);
}

const uuidsHexAndNumbers = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|\d+/gi;

function bodyOf({ response }: Attempt, own: readonly string[]): string {
  let text = response?.body.toString() ?? "";
  for (const word of own.toSorted((a, b) => b.length - a.length)) {
    if (word.length > 1) text = text.replaceAll(word, "");
  }
  return text.replaceAll(uuidsHexAndNumbers, "");
}

const seconds = (attempt: Attempt): string => ((attempt.timings.headersMs ?? 0) / 1000).toFixed(1);
