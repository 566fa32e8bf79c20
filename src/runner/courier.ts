import type { Clock } from "../clock/clock.js";
import type { Attempt, CallbackRequest } from "../sender/attempt.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import type { CheckContext, SendOptions, Variation } from "./check-context.js";
import type { CheckRecord, Evidence } from "./check-record.js";
import { isAcknowledged, responseHeader } from "./expectations.js";
import { ShortageError } from "../sender/shortage.js";
import { NotRun } from "./interruption.js";
import { connectionOf } from "./kept-connection.js";
import type { Page } from "./ledger.js";
import { answerOfItsOwn, asksForLess, type Particular } from "./limit.js";
import { rateLimitRetries, retryAfterMs } from "./pace.js";
import { hexOf, type SessionBatch } from "./session-ids.js";
import type { Target } from "./target.js";
import { faultFor, vary } from "./vary.js";
import { endedAfter } from "./vitals.js";

export interface CourierOptions {
  readonly target: Target;
  /** Whose callbacks it brings: the id of a check, or what else they are sent for. */
  readonly owner: string;
  /** Does not slow down where the receiver asks for it. */
  readonly floods?: boolean;
  readonly sessions: SessionBatch;
  /** Keeps what is evidence. */
  readonly record: CheckRecord;
  /** Where attempts are entered; null where nobody asks for their effects. */
  readonly page: Page | null;
  readonly signal: AbortSignal;
}

/** Which attempt of a schedule it is, and when. */
export interface Scheduled {
  readonly number: number;
  readonly offsetMs: number;
  readonly clock: Clock;
}

/** Brings callbacks to the receiver, at the pace that it asks for, and keeps the evidence. */
export interface Courier extends Pick<CheckContext, "session" | "randomHex" | "pause"> {
  send(how?: SendOptions, scheduled?: Scheduled): Promise<Attempt>;
  /** Sends the documented callback for a fresh session, to see that effects have settled, and resolves to its id. */
  sendSentinel(): Promise<string>;
  /** Says what else is special about a session's callbacks, in words that go after "a callback". */
  marks(sessionId: string, how: string): void;
  /** Keeps an attempt as evidence that was not to be kept. */
  keep(attempt: Attempt): void;
}

export function createCourier(options: CourierOptions): Courier {
  const { target, owner, sessions, record, page, signal } = options;
  const { url } = target;
  /** Attempts that are kept only when a mismatch points at them. */
  const unkept = new WeakMap<Attempt, Evidence>();
  const marked = new Map<string, string>();
  /** What stopped this owner: whatever else it was about to send is not sent. */
  let rateLimited: NotRun | null = null;

  async function attempt(request: CallbackRequest, label: string, how: SendOptions, at?: Scheduled): Promise<Attempt> {
    const keeps = how.evidence ?? "all";
    // Set aside before the attempt ends, so that evidence stands in the order of sending.
    const slot = keeps === "all" ? record.evidence.push(null) - 1 : null;
    target.resultsApi?.register(request.sessionId);
    const isRetry = target.calledBack.has(request.sessionId);
    const special = label || (marked.get(request.sessionId) ?? (isRetry ? "for a session that it knew" : ""));
    target.calledBack.add(request.sessionId);

    async function once(): Promise<Attempt> {
      await target.pace.turn(signal, options.floods);
      if (rateLimited !== null) throw rateLimited;
      const ended = target.vitals.sends({ check: owner, label: special });
      const hold = at?.clock.hold();
      const fault = faultFor(request, url, how.onTheWay ?? "pass", how.variation?.framing ?? "content-length");
      const to = how.instance === undefined ? null : instanceAt(how.instance);
      const made = await (to ?? target).sender
        .attempt(request, {
          number: at?.number ?? 1,
          offsetMs: at?.offsetMs ?? 0,
          signal,
          ...(how.connection !== undefined && { connection: connectionOf(how.connection) }),
          ...(how.lastOnConnection === true && { lastOnConnection: true }),
          ...(how.lingerMs !== undefined && { lingerMs: how.lingerMs }),
          ...(fault !== undefined && { fault }),
          ...(target.ignoresBodies() && { stopAtHeaders: true }),
        })
        .catch((error: unknown) => {
          ended(null);
          return withoutFinding(error);
        })
        .finally(() => hold?.release());
      signal.throwIfAborted();
      ended(made);
      const isOnItsOwn = how.connection === undefined && how.lastOnConnection !== true;
      const isPlain =
        label === "" && isOnItsOwn && !isRetry && options.floods !== true && !marked.has(request.sessionId);
      target.tally.counts(made, isPlain ? null : owner);
      const scheduled = at !== undefined;
      const isPlainlySent = fault === undefined && isOnItsOwn && to === null;
      const entry: Evidence = {
        attempt: made,
        label,
        scheduled,
        fitsCurl: !scheduled && !isRetry && isPlainlySent && options.floods !== true,
        variation: how.variation ?? null,
        ...(how.onTheWay !== undefined && { onTheWay: how.onTheWay }),
        ...(to !== null && { to: to.url }),
      };
      if (slot !== null) record.evidence[slot] = entry;
      else if (keeps === "failures" && made.outcome.kind === "failed") record.evidence.push(entry);
      else unkept.set(made, entry);
      if (keeps !== "none" || how.variation === undefined) {
        const { onTheWay = "pass", variation } = how;
        const entitles = variation === undefined || variation.harmless === true;
        page?.enter(request.sessionId, { attempt: made, label, onTheWay, entitles });
        if (how.leavesEffectOpen === true) page?.leaveOpen(request.sessionId);
      }
      if (!isLimited(made)) {
        target.pace.blocked = false;
        target.pace.went(isAcknowledged(made));
      }
      if (options.floods !== true && fault === undefined) target.lanes.answered(made);
      return made;
    }

    const particular: Particular = isRetry ? "session" : how.variation === undefined ? null : "input";
    for (let tries = 0; ; tries += 1) {
      const made = await once();
      if (!isLimited(made) || how.judgesRateLimit === true) return made;
      if (particular !== null && !target.pace.blocked && (tries === 0 || tries === rateLimitRetries)) {
        const { pace } = target;
        const own = { attempt: made, particular, pace, clock: target.clock, signal, isLimited, again: once, control };
        const answer = await answerOfItsOwn(own);
        if (answer !== null) return answer;
      }
      if (tries === rateLimitRetries || target.pace.blocked) {
        target.pace.blocked = true;
        rateLimited = new NotRun("rate-limited", rateLimitedSentence(made, target.pace.wasAcknowledged));
        throw rateLimited;
      }
      target.pace.slowDown(retryAfterMs(responseHeader(made, "retry-after"), target.clock.now()));
    }
  }

  const isLimited = (made: Attempt): boolean => asksForLess(made, url, target.pace);

  /** Whether others are acknowledged while one request is not. */
  async function control(): Promise<boolean | null> {
    const sessionId = target.sessions.take(`${owner} control`, 1)?.();
    if (sessionId === undefined) return null;
    target.resultsApi?.register(sessionId);
    await target.pace.turn(signal);
    const attempt = target.sender.attempt(documented(sessionId), { number: 1, offsetMs: 0, signal });
    return isAcknowledged(await attempt.catch(withoutFinding));
  }

  const documented = (sessionId: string, instance?: number): CallbackRequest =>
    (instance === undefined ? target : instanceAt(instance)).sender.callback(sessionId);

  /** Signed over the bytes that are sent, unless the variation is about the signature. */
  function variedBy(variation: Variation | undefined, request: CallbackRequest): CallbackRequest {
    if (variation === undefined) return request;
    const varied = vary(request, variation, target.contract.request);
    return target.sender.signedAnew(varied, request, variation.signature);
  }

  function instanceAt(position: number): Target["instances"][number] {
    const instance = target.instances[position];
    if (instance === undefined) throw new Error(`${owner} asks for an instance that is not there`);
    return instance;
  }

  return {
    async send(how = {}, scheduled) {
      const request = documented(how.sessionId ?? sessions(), how.instance);
      return attempt(variedBy(how.variation, request), labelOf(how), how, scheduled);
    },
    async sendSentinel() {
      const sessionId = target.sessions.take(`${owner} sentinel`, 1)?.();
      if (sessionId === undefined) throw new NotRun("sessions-used-up", "no session id is left to see effects settle");
      const label = "to see that effects have settled";
      const sentinel = await attempt(documented(sessionId), label, { leavesEffectOpen: true });
      if (isAcknowledged(sentinel)) return sessionId;
      const { death } = target.vitals;
      if (death !== null) throw new NotRun("receiver-unhealthy", endedAfter(death));
      throw new NotRun("effects-not-settled", "the session that was sent to see effects settle was not acknowledged");
    },
    marks: (sessionId, how) => void marked.set(sessionId, how),
    keep(made) {
      const entry = unkept.get(made);
      if (entry === undefined || record.evidence.includes(entry)) return;
      // In the order of sending, where no place is taken by one that is under way.
      const next = record.evidence.includes(null)
        ? -1
        : record.evidence.findIndex((other) => (other?.attempt.startedAt ?? 0) >= made.startedAt);
      record.evidence.splice(next < 0 ? record.evidence.length : next, 0, entry);
    },
    session: sessions,
    randomHex: (length) => hexOf(length, target.seed, owner),
    pause: (ms) => target.clock.sleep(ms, signal),
  };
}

function rateLimitedSentence(attempt: Attempt, wasAcknowledged: boolean): string {
  if (!wasAcknowledged) {
    return `the receiver answered ${attempt.response?.status} to the first callback, and again after ${rateLimitRetries} waits: no pace of this run is behind that. It may be down for maintenance, or a limit is used up by others: try again once that is over`;
  }
  return `the receiver still answers ${attempt.response?.status} after the run slowed down ${rateLimitRetries} times; pass a lower --max-rate, or raise the limit for the test`;
}

const labels: Readonly<Record<OnTheWay, string>> = {
  pass: "",
  "lost-ack": "answer lost on its way back",
  "hang-up": "connection closed before its answer",
  cut: "cut in the middle of the body",
};

function labelOf({ variation, onTheWay = "pass", instance }: SendOptions): string {
  if (variation !== undefined) return variation.label;
  return instance === undefined ? labels[onTheWay] : `to instance ${instance + 1}`;
}

/** What could not be sent for want of something on this side shows nothing of the receiver. */
function withoutFinding(error: unknown): never {
  throw error instanceof ShortageError ? new NotRun("machine-exhausted", error.message) : error;
}
