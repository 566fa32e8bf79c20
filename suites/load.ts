import { notApplicable, type Suite } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";
import { busyStatuses, expectAcknowledged, isAcknowledged, whatCame } from "../src/runner/expectations.js";
import { asksForLess } from "../src/runner/limit.js";
import type { Attempt } from "../src/sender/attempt.js";

const sessionsAtOnce = 50;
const stormSessions = 100;
const stormDuplicates = 20;
const retriedLater = 20;

/** Judges every attempt, keeps the failures as evidence, and reports how long answers took. */
function judge(context: CheckContext, attempts: readonly Attempt[]): void {
  const limited = attempts.filter((attempt) => asksForLess(attempt, context.url, { wasAcknowledged: true }));
  const [first] = limited;
  if (first !== undefined) {
    const through = attempts.length - limited.length;
    context.mismatch(
      `a 2XX for each of ${attempts.length} callbacks that come together`,
      `${whatCame(first)} for ${limited.length} of them: a limit that lets about ${through} through at once`,
      first,
      limitFix(context, through),
    );
  }
  expectAcknowledged(context, ...attempts.filter((attempt) => !limited.includes(attempt)));
  context.latencies(attempts.flatMap(({ timings }) => timings.headersMs ?? []));
}

/** What a limit costs where callbacks come together, and what it would have to let through. */
function limitFix({ contract }: CheckContext, through: number): string {
  const tries = contract.retry.delaysMs.length + 1;
  const lost = stormSessions - tries * through;
  const outcome =
    lost <= 0
      ? `those that it turns away come again together, up to ${tries} times`
      : `those that it turns away come again together, and after ${tries} attempts about ${lost} of ${stormSessions} sessions are lost`;
  return `A limit is right to have, but this one is met by callbacks alone: ${outcome}. After an outage the retries of ${stormSessions} sessions come in the same second, so let a burst of at least ${stormSessions + stormDuplicates} through on this path (nginx: limit_req … burst=${stormSessions + stormDuplicates} nodelay), or exempt the sender's addresses.`;
}

/** A lock is a receiver's right: one of two that come together may be turned away, where the other is acknowledged. */
const isTurnedAwayAsDuplicate = ({ request, response }: Attempt, attempts: readonly Attempt[]): boolean =>
  busyStatuses.has(response?.status ?? 0) &&
  attempts.some((other) => other.request.sessionId === request.sessionId && isAcknowledged(other));

const callbacksAt = (rate: number, durationMs: number): number => Math.max(1, Math.round((rate * durationMs) / 1000));

export const load: Suite = {
  id: "load",
  title: "Many callbacks at once",
  separate: true,
  publicOnlyByName: true,
  checks: [
    {
      id: "load/acknowledges-concurrent-callbacks",
      title: "acknowledges fifty sessions at once",
      level: "recommended",
      clause: "endpoint/online",
      builds: "on-baseline",
      pace: "rough",
      floods: true,
      sessions: sessionsAtOnce,
      explain: {
        sends: "Documented callbacks for fifty sessions at the same time, each on a connection of its own.",
        expects: "A 2XX within the deadline for each; the report shows how long they took.",
        why: "Jobs that were queued together end together.",
        fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; let the server accept more connections than it works on.",
      },
      async run(context) {
        const sends = Array.from({ length: sessionsAtOnce }, () =>
          context.send({ judgesRateLimit: true, evidence: "failures" }),
        );
        judge(context, await Promise.all(sends));
      },
    },
    {
      id: "load/acknowledges-a-retry-storm",
      title: "acknowledges the retries that come together after an outage",
      level: "recommended",
      clause: "retry/schedule",
      builds: "on-baseline",
      pace: "rough",
      floods: true,
      sessions: stormSessions,
      requests: stormSessions + stormDuplicates,
      explain: {
        sends: "Retries of a hundred sessions in the same second, twenty of them twice.",
        expects:
          "A 2XX within the deadline for each, or 409, 425 or 429 for one of two that come together; the report shows how long they took.",
        why: "After an outage every callback that failed is retried on the same schedule, so they all come at once.",
        fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; keep deduplication off the critical path, or make it one insert.",
      },
      async run(context) {
        const ids = Array.from({ length: stormSessions }, () => context.session());
        const all = [...ids, ...ids.slice(0, stormDuplicates)];
        const sends = all.map((sessionId) => context.send({ sessionId, judgesRateLimit: true, evidence: "failures" }));
        const attempts = await Promise.all(sends);
        for (const first of attempts.filter(isAcknowledged)) {
          const { sessionId } = first.request;
          if (attempts.some((other) => other.request.sessionId === sessionId && !isAcknowledged(other))) {
            context.keep(first);
          }
        }
        judge(
          context,
          attempts.filter((attempt) => !isTurnedAwayAsDuplicate(attempt, attempts)),
        );
      },
    },
    {
      id: "load/sustains-a-rate",
      title: "keeps up with a steady rate of callbacks",
      level: "recommended",
      clause: "endpoint/online",
      builds: "on-baseline",
      pace: "rough",
      floods: true,
      sessions: 0,
      requests: ({ rate, durationMs }) => (rate === null ? 0 : callbacksAt(rate, durationMs)),
      explain: {
        sends: "Documented callbacks at the rate given by --rate, for the time given by --duration.",
        expects: "A 2XX within the deadline for each; the report shows how long they took.",
        why: "A receiver that is slower than its callbacks come falls behind without end.",
        fix: "Store each session in a queue that a restart does not lose, acknowledge it, and work from there; watch how the latencies grow over the run.",
      },
      async run(context) {
        const { rate, durationMs } = context.settings;
        if (rate === null) return notApplicable("no rate was asked for; pass --rate and --duration");
        if (!context.inventsSessions) return notApplicable("it takes invented session ids, and they are supplied");
        const count = callbacksAt(rate, durationMs);
        const startedAt = context.now();
        const sends: Promise<Attempt>[] = [];
        for (let sent = 0; sent < count; sent += 1) {
          const dueMs = startedAt + (sent * 1000) / rate - context.now();
          if (dueMs > 0) await context.pause(dueMs);
          sends.push(context.send({ judgesRateLimit: true, evidence: "failures" }));
        }
        judge(context, await Promise.all(sends));
      },
    },
    {
      id: "load/processes-every-acknowledged-session",
      title: "loses and repeats no session of those it acknowledged under load",
      level: "recommended",
      clause: "practice/unique-session-ids",
      needs: ["effects"],
      builds: "on-baseline",
      // Last, behind those whose sessions it looks at.
      pace: "rough",
      collects: {
        misdeeds: [
          "lost",
          "lost-after-failure",
          "doubled",
          "doubled-by-retry",
          "doubled-at-once",
          "doubled-after-failure",
        ],
        from: "its-suite",
      },
      sessions: 0,
      requests: retriedLater,
      explain: {
        sends:
          "The retry of twenty sessions that came first in this suite, more than a hundred sessions ago; and every session that the checks of this suite sent is looked at.",
        expects: "Each session that was acknowledged is processed {once}, also where it came twice.",
        why: "A queue that is full, a cache that is too small or a lock that times out loses work just when there is most of it, and the sender believes that it was taken.",
        fix: "Answer 503 when a callback cannot be taken (the sender comes again); keep accepted work in a queue that is not bounded by memory, and deduplicate by a unique key and not by a cache.",
      },
      async run(context) {
        const first = context.acknowledged().slice(0, retriedLater);
        for (const sessionId of first) await context.send({ sessionId });
        if (first.length === 0) return notApplicable("no session of this suite was acknowledged");
      },
    },
  ],
};
