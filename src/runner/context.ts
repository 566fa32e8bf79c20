import type { Clock } from "../clock/clock.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { scheduledOffsetsMs } from "../contract/contract.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import { isGloballyReachable } from "../sender/address-classes.js";
import type { Attempt, CallbackRequest } from "../sender/attempt.js";
import { classifyHost } from "../sender/callback-host.js";
import type { Check } from "./check.js";
import { suiteOf, type Ledger } from "./ledger.js";
import { settle, type Watch } from "./settle.js";
import { connectionOf, keptConnection } from "./kept-connection.js";
import type { CheckContext, ScheduleOptions, SendOptions, Variation } from "./check-context.js";
import { isAcknowledged, responseHeader } from "./expectations.js";
import { NotRun } from "./interruption.js";
import { answerOfItsOwn, asksForLess, type Particular } from "./limit.js";
import { rateLimitRetries, retryAfterMs } from "./pace.js";
import type { ResultsFault } from "./results-api.js";
import { hexOf, type SessionBatch } from "./session-ids.js";
import { sideBySide } from "./side-by-side.js";
import type { Target } from "./target.js";
import { faultFor, vary } from "./vary.js";

/** One attempt that a check made, with what was special about it. */
export interface Evidence {
  readonly attempt: Attempt;
  readonly label: string;
  /** One of the attempts of a schedule, so that number and virtual time mean something. */
  readonly scheduled: boolean;
  /** One curl line shows the same: no retry, nothing odd on the wire, no connection that was used before. */
  readonly fitsCurl: boolean;
  /** How it was changed; null for the documented callback. */
  readonly variation: Variation | null;
}

export interface Finding {
  readonly expected: string;
  readonly actual: string;
  readonly where: Attempt | string;
  /** What to do about just this; null where the check says it of all. */
  readonly fix: string | null;
}

/** What one run of a check left behind. */
export interface CheckRecord {
  /** In the order of sending; null where the attempt was interrupted. */
  readonly evidence: (Evidence | null)[];
  readonly findings: Finding[];
  readonly notes: string[];
  /** Milliseconds that answers took, where the check measures them. */
  readonly latenciesMs: number[];
}

export interface ContextOptions {
  readonly target: Target;
  readonly check: Check;
  /** Null for what sends no callback, or the first one. */
  readonly baseline: Attempt | null;
  readonly sessions: SessionBatch;
  readonly confirming: boolean;
  /** Observes effects; null where nothing can be observed. */
  readonly watch: Omit<Watch, "sendSentinel"> | null;
  /** Where its attempts are entered; null where nobody asks for their effects. */
  readonly ledger: Ledger | null;
  /** Ends everything under way: the time budget is spent, or the user interrupts. */
  readonly signal: AbortSignal;
}

/** Retries that a second run spaces out in wall time: attempts that should be minutes apart, at most this far. */
const confirmingDelayMs = 5000;

const conditionPollMs = 50;

const waitsSkipped =
  "The waits between attempts were skipped, and the receiver's clock did not move: what it forgets with time does not show.";

const nothingShows =
  "of the sessions that were sent later none was processed, though each was acknowledged, so that this one has no effect says nothing";

/** The world as one run of one check sees it, and what it left behind. */
export function createContext(options: ContextOptions): {
  readonly context: CheckContext;
  readonly record: CheckRecord;
  /** Sends the documented callback for a fresh session, to see that effects have settled, and resolves to its id. */
  readonly sendSentinel: () => Promise<string>;
} {
  const { target, check, signal } = options;
  const { contract, url } = target;
  const record: CheckRecord = { evidence: [], findings: [], notes: [], latenciesMs: [] };
  const page = options.ledger?.open(check, record) ?? null;

  /** Attempts that are kept only when a mismatch points at them. */
  const unkept = new WeakMap<Attempt, Evidence>();
  const sentSessions = new Set<string>();
  /** How the results API misbehaves towards a session, in words that go after "a callback". */
  const faults = new Map<string, string>();
  /** What stopped this check: whatever else it was about to send is not sent. */
  let rateLimited: NotRun | null = null;

  async function attempt(
    request: CallbackRequest,
    label: string,
    how: { number?: number; offsetMs?: number } & SendOptions,
    clock?: Clock,
  ): Promise<Attempt> {
    const keeps = how.evidence ?? "all";
    // Set aside before the attempt ends, so that evidence stands in the order of sending.
    const slot = keeps === "all" ? record.evidence.push(null) - 1 : null;
    target.resultsApi?.register(request.sessionId);
    const isRetry = sentSessions.has(request.sessionId);
    sentSessions.add(request.sessionId);

    async function once(): Promise<Attempt> {
      await target.pace.turn(signal, check.floods);
      if (rateLimited !== null) throw rateLimited;
      const ended = target.vitals.sends({ check: check.id, label: label || (faults.get(request.sessionId) ?? "") });
      const hold = clock?.hold();
      const fault = faultFor(request, url, how.onTheWay ?? "pass", how.variation?.framing ?? "content-length");
      const made = await target.sender
        .attempt(request, {
          number: how.number ?? 1,
          offsetMs: how.offsetMs ?? 0,
          signal,
          ...(how.connection !== undefined && { connection: connectionOf(how.connection) }),
          ...(how.lastOnConnection === true && { lastOnConnection: true }),
          ...(how.lingerMs !== undefined && { lingerMs: how.lingerMs }),
          ...(fault !== undefined && { fault }),
          ...(target.ignoresBodies() && { stopAtHeaders: true }),
        })
        .finally(() => hold?.release());
      signal.throwIfAborted();
      ended(made);
      const scheduled = clock !== undefined;
      const fitsCurl = !scheduled && !isRetry && fault === undefined && how.connection === undefined;
      const entry: Evidence = { attempt: made, label, scheduled, fitsCurl, variation: how.variation ?? null };
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
        rateLimited = new NotRun("rate-limited", rateLimitedSentence(made));
        throw rateLimited;
      }
      target.pace.slowDown(retryAfterMs(responseHeader(made, "retry-after"), target.clock.now()));
    }
  }

  const isLimited = (made: Attempt): boolean => asksForLess(made, url, target.pace);

  /** Whether others are acknowledged while one request is not. */
  async function control(): Promise<boolean | null> {
    const sessionId = target.sessions.take(`${check.id} control`, 1)?.();
    if (sessionId === undefined) return null;
    target.resultsApi?.register(sessionId);
    await target.pace.turn(signal);
    return isAcknowledged(await target.sender.attempt(documented(sessionId), { number: 1, offsetMs: 0, signal }));
  }

  async function sendSentinel(): Promise<string> {
    const sessionId = target.sessions.take(`${check.id} sentinel`, 1)?.();
    if (sessionId === undefined) throw new NotRun("sessions-used-up", "no session id is left to see effects settle");
    const sentinel = await attempt(documented(sessionId), "to see that effects have settled", {
      leavesEffectOpen: true,
    });
    if (isAcknowledged(sentinel)) return sessionId;
    throw new NotRun("effects-not-settled", "the session that was sent to see effects settle was not acknowledged");
  }

  const documented = (sessionId: string): CallbackRequest => target.sender.callback(sessionId);

  const context: CheckContext = {
    contract,
    url,
    host: classifyHost(url, contract),
    reachability: isGloballyReachable,
    get baseline() {
      if (options.baseline === null) throw new Error(`${check.id} asks for the baseline, but does not declare it`);
      return options.baseline;
    },
    credentials: target.credentials,
    network: target.networkProbe,
    confirming: options.confirming,
    inventsSessions: target.sessions.invents,
    session: options.sessions,
    randomHex: (length) => hexOf(length, target.seed, check.id),
    async send(how = {}) {
      const request = documented(how.sessionId ?? options.sessions());
      const varied = how.variation === undefined ? request : vary(request, how.variation);
      return attempt(varied, labelOf(how.variation, how.onTheWay), how);
    },
    async schedule(plan) {
      const request = documented(plan.sessionId ?? options.sessions());
      return playSchedule(plan, (number, offsetMs, onTheWay, clock) =>
        attempt(request, labelOf(undefined, onTheWay), { number, offsetMs, onTheWay }, clock),
      );
    },
    connection: () => keptConnection(target, signal),
    sideBySide: sideBySide(target.concurrency, options.baseline),
    settings: target,
    observesEffects: options.watch !== null,
    async effects(sessionIds) {
      if (options.watch === null) throw new Error(`${check.id} asks about effects, but does not declare the need`);
      const { seen, isSure } = await settle({ ...options.watch, sendSentinel }, sessionIds);
      if (!isSure) throw new NotRun("effects-not-settled", nothingShows);
      return new Map([...seen].map(([id, { processed }]) => [id, processed]));
    },
    acknowledged: () => options.ledger?.acknowledged(suiteOf(check)) ?? [],
    unacknowledged: () => options.ledger?.unacknowledged() ?? [],
    get results() {
      const { resultsApi } = target;
      if (resultsApi === null) throw new Error(`${check.id} asks for the results API, but does not declare the need`);
      return {
        ...resultsApi,
        fault(sessionId: string, fault: ResultsFault, times?: number): void {
          faults.set(sessionId, `whose results the API would not give (${fault.kind})`);
          page?.leaveOpen(sessionId);
          resultsApi.fault(sessionId, fault, times);
        },
      };
    },
    async waitFor(condition) {
      const until = target.clock.now() + target.settleMs;
      while (!condition() && target.clock.now() < until) await target.clock.sleep(conditionPollMs, signal);
    },
    latencies(ms) {
      record.latenciesMs.push(...ms);
    },
    async betweenRetries() {
      if (target.elapse === "skipped" && !record.notes.includes(waitsSkipped)) record.notes.push(waitsSkipped);
      if (options.confirming && target.elapse === "skipped") await context.pause(confirmingDelayMs);
    },
    pause: (ms) => target.clock.sleep(ms, signal),
    now: () => target.clock.now(),
    mismatch(expected, actual, where, fix) {
      record.findings.push({ expected, actual, where, fix: fix ?? null });
      if (typeof where === "string" || where === options.baseline) return;
      const entry = unkept.get(where);
      if (entry !== undefined && !record.evidence.includes(entry)) record.evidence.push(entry);
    },
    note(text) {
      record.notes.push(text);
    },
  };

  async function playSchedule(
    { attempts: count, onTheWay = [] }: ScheduleOptions,
    send: (number: number, offsetMs: number, onTheWay: OnTheWay, clock: Clock) => Promise<Attempt>,
  ): Promise<readonly Attempt[]> {
    const offsets = scheduledOffsetsMs(contract).slice(0, count);
    const { elapse } = target;
    if (count > 1 && check.spansMinutes !== true)
      throw new Error(`${check.id} lets minutes pass, but does not declare it`);
    const virtual = elapse === "real" ? null : virtualClock();
    const clock = virtual ?? target.clock;
    const startedAt = clock.now();
    const made: Attempt[] = [];
    try {
      for (const [index, offsetMs] of offsets.entries()) {
        const waitMs = Math.max(0, startedAt + offsetMs - clock.now());
        await clock.sleep(waitMs, signal);
        if (index > 0) await context.betweenRetries();
        if (typeof elapse === "object" && waitMs > 0) await elapse.advance(waitMs, signal);
        made.push(await send(index + 1, offsetMs, onTheWay[index] ?? "pass", clock));
      }
      return made;
    } finally {
      virtual?.close();
    }
  }

  return { context, record, sendSentinel };
}

function rateLimitedSentence(attempt: Attempt): string {
  return `the receiver still answers ${attempt.response?.status} after the run slowed down ${rateLimitRetries} times; pass a lower --max-rate, or raise the limit for the test`;
}

function labelOf(variation: Variation | undefined, onTheWay: OnTheWay | undefined): string {
  if (variation !== undefined) return variation.label;
  switch (onTheWay) {
    case "lost-ack":
      return "answer lost on its way back";
    case "cut":
      return "cut in the middle of the body";
    case "pass":
    case undefined:
      return "";
  }
}
