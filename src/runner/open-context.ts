import { virtualClock } from "../clock/virtual-clock.js";
import { scheduledOffsetsMs } from "../contract/contract.js";
import { idOf, subjectOf } from "../contract/subject.js";
import { isGloballyReachable } from "../sender/address-classes.js";
import type { Attempt } from "../sender/attempt.js";
import { classifyHost } from "../sender/callback-host.js";
import type { CheckContext, ScheduleOptions, SendOptions } from "./check-context.js";
import { emptyRecord, type CheckRecord } from "./check-record.js";
import { createCourier, type Scheduled } from "./courier.js";
import { isAcknowledged, isLocked, responseHeader, whatCame } from "./expectations.js";
import { NotRun } from "./interruption.js";
import { keptConnection } from "./kept-connection.js";
import { suiteOf } from "./ledger.js";
import { retryAfterMs } from "./pace.js";
import type { ResultsFault } from "./results-api.js";
import type { Turn } from "./check-turn.js";
import type { SessionBatch } from "./session-ids.js";
import { nextLookMs, settle } from "./settle.js";

/** Retries that a second run spaces out in wall time: attempts that should be minutes apart, at most this far. */
const confirmingDelayMs = 5000;

/** Less often would be no less than the lock asks for. */
const lockPollMs = 10_000;

const longestConditionPollMs = 50;

const waitsSkipped =
  "The waits between attempts were skipped, and the receiver's clock did not move: what it forgets with time does not show.";

const lifted = (first: Attempt): string =>
  `A retry that came within seconds got ${whatCame(first)}, and was acknowledged before the documented sender would have come again.`;

const nothingShows =
  "of the sessions that were sent later none was processed, though each was acknowledged, so that this one has no effect says nothing";

/** The world as a check sees it in one turn of its own, and what that turn leaves behind. */
export function openContext(
  { target, check, watch, ledger, confirming, signal, ...turn }: Turn,
  sessions: SessionBatch,
): { readonly context: CheckContext; readonly record: CheckRecord } {
  const { contract, url } = target;
  const baseline = turn.baseline?.attempt ?? null;
  const record = emptyRecord();
  const page = ledger?.open(check, record) ?? null;
  const floods = check.floods === true;
  const courier = createCourier({ target, owner: check.id, floods, sessions, record, page, signal });

  const hurries = confirming && target.elapse === "skipped";
  let hasStoodAside = false;
  const context: CheckContext = {
    ...courier,
    contract,
    url,
    host: classifyHost(url, contract),
    reachability: isGloballyReachable,
    get baseline() {
      if (baseline === null) throw new Error(`${check.id} asks for the baseline, but does not declare it`);
      return baseline;
    },
    credentials: target.credentials,
    urlSecrets: target.urlSecrets,
    network: target.networkProbe,
    confirming,
    inventsSessions: target.sessions.invents,
    send: (how = {}) => sendPastLocks(how),
    schedule: playSchedule,
    connection: () => keptConnection(target, signal),
    get sideBySide() {
      return target.lanes.width;
    },
    settings: target,
    instances: target.instances.length,
    observesEffects: watch !== null,
    tellsDocumentsApart: watch?.observer.probe.tellsApart?.includes("documentId") ?? false,
    anotherDocument: (sessionId) => idOf(subjectOf(contract, sessionId).sessionId, `doc-${courier.session()}`),
    async effects(sessionIds) {
      if (watch === null) throw new Error(`${check.id} asks about effects, but does not declare the need`);
      const { seen, isSure } = await settle({ ...watch, sendSentinel: () => courier.sendSentinel() }, sessionIds);
      if (!isSure) throw new NotRun("effects-not-settled", nothingShows);
      return new Map([...seen].map(([id, { processed }]) => [id, processed]));
    },
    acknowledged: () => ledger?.acknowledged(suiteOf(check)) ?? [],
    unacknowledged: () => ledger?.unacknowledged() ?? [],
    get results() {
      const { resultsApi } = target;
      if (resultsApi === null) throw new Error(`${check.id} asks for the results API, but does not declare the need`);
      return {
        ...resultsApi,
        fault(sessionId: string, fault: ResultsFault, times?: number): void {
          courier.marks(sessionId, `whose results the API would not give (${fault.kind})`);
          page?.leaveOpen(sessionId);
          resultsApi.fault(sessionId, fault, times);
        },
      };
    },
    async waitFor(condition) {
      const startedAt = target.clock.now();
      const until = startedAt + target.settleMs;
      for (let now = startedAt; !condition() && now < until; now = target.clock.now()) {
        await target.clock.sleep(Math.min(nextLookMs(now - startedAt), longestConditionPollMs, until - now), signal);
      }
    },
    latencies(ms) {
      record.latenciesMs.push(...ms);
    },
    async betweenRetries() {
      if (target.elapse === "skipped") noteOnce(waitsSkipped);
      if (hurries && !target.pace.refusesForGood) await context.pause(confirmingDelayMs);
    },
    now: () => target.clock.now(),
    async idle(ms) {
      const startedAt = target.clock.now();
      const aside = hasStoodAside ? undefined : turn.aside;
      hasStoodAside = true;
      const wait = (): Promise<void> => courier.pause(ms);
      await (aside?.(wait) ?? wait());
      return target.clock.now() - startedAt;
    },
    mismatch(expected, actual, where, fix) {
      record.findings.push({ expected, actual, where, fix: fix ?? null });
      if (typeof where !== "string") courier.keep(where);
    },
    keep: (attempt) => courier.keep(attempt),
    note(text) {
      record.notes.push(text);
    },
  };

  function noteOnce(text: string): void {
    if (!record.notes.includes(text)) record.notes.push(text);
  }

  /**
   * A retry that comes without the minutes before it may meet a lock that the documented sender would not: before that is
   * held against the receiver, it is sent again until these have passed.
   */
  async function sendPastLocks(how: SendOptions, scheduled?: Scheduled): Promise<Attempt> {
    const isRetry = how.sessionId !== undefined && target.calledBack.has(how.sessionId);
    const first = await courier.send(how, scheduled);
    if (!isRetry) return first;
    const gapMs =
      hurries && how.judgesRateLimit !== true ? Math.min(...contract.retry.delaysMs) - confirmingDelayMs : 0;
    const until = target.clock.now() + Math.max(gapMs, how.lockMs ?? 0);
    let made = first;
    while (isLocked(made) && !target.pace.refusesForGood) {
      const now = target.clock.now();
      if (now >= until && gapMs > 0) target.pace.refusesForGood = true;
      if (now >= until) break;
      const askedMs = retryAfterMs(responseHeader(made, "retry-after"), now) ?? lockPollMs;
      await context.pause(Math.min(Math.max(askedMs, lockPollMs), until - now));
      made = await courier.send({ ...how, judgesRateLimit: true, evidence: "none" }, scheduled);
    }
    if (made !== first) courier.keep(made);
    if (made !== first && gapMs > 0 && isAcknowledged(made)) noteOnce(lifted(first));
    return made;
  }

  async function playSchedule(plan: ScheduleOptions): Promise<readonly Attempt[]> {
    const { attempts: count, onTheWay = [], instances = [], sessionId = context.session(), lockMs = 0 } = plan;
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
        if (virtual === null && waitMs > 0) {
          turn.onWait?.({ id: check.id, attempt: index + 1, of: offsets.length, untilMs: clock.now() + waitMs });
        }
        await clock.sleep(waitMs, signal);
        if (index > 0) await context.betweenRetries();
        if (typeof elapse === "object" && waitMs > 0) await elapse.advance(waitMs, signal);
        const instance = instances[index];
        const how = {
          sessionId,
          lockMs,
          onTheWay: onTheWay[index] ?? "pass",
          ...(instance !== undefined && { instance }),
        };
        made.push(await sendPastLocks(how, { number: index + 1, offsetMs, clock }));
      }
      return made;
    } finally {
      virtual?.close();
    }
  }

  return { context, record };
}
