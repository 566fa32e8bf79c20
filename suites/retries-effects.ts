import { timesInWords } from "../src/contract/figures.js";
import { notApplicable, type Check } from "../src/runner/check.js";
import { isAcknowledged } from "../src/runner/expectations.js";
import { lostAnswers, lostAnswersText, retryAfterLosing } from "./lost-answers.js";
import { once } from "./templates.js";

const duplicatesAtOnce = 5;
const distinctSessions = 10;
/** Of the sessions that met a failure of the receiver's own: enough to show what becomes of their retries. */
const mostRetried = 20;

/** Ids that look the same to whoever keeps only a part of them. */
const siblingsOf = (sessionId: string): string[] =>
  Array.from({ length: distinctSessions }, (_, digit) => sessionId.slice(0, -1) + digit);

const effectsCheck = (check: Omit<Check, "level" | "builds" | "judgesEffects">): Check => ({
  ...check,
  level: "recommended",
  needs: ["effects", ...(check.needs ?? [])],
  builds: "on-baseline",
  judgesEffects: true,
});

const leaseFix =
  "Claim the session in the same transaction as the work (or as handing it to the queue), or with a lease that a failure releases; skip only what is done.";

/** The checks of the retries suite that ask how often a session was really processed. */
export const retriesEffects: readonly Check[] = [
  effectsCheck({
    id: "retries/processes-a-duplicate-once",
    fits: once,
    title: "does the work once for a session that comes twice",
    clause: "retry/on-failure",
    spansMinutes: true,
    collects: { misdeeds: ["doubled-by-retry"], from: "any-suite" },
    sessions: 1,
    requests: 2,
    explain: {
      sends: "The documented callback twice for one session, a (virtual) minute apart.",
      expects: "The session is processed once.",
      why: "An acknowledgement can be lost on its way, and then the sender retries what was already done.",
      fix: "Mark the session as done and enqueue its work in one transaction, under a unique key; or claim it with a lease that a failure releases. Skip only what is done: a mark that is set before the work, and stays when the work fails, loses the session.",
    },
    async run(context) {
      await context.schedule({ attempts: 2 });
    },
  }),
  effectsCheck({
    id: "retries/processes-concurrent-duplicates-once",
    fits: once,
    title: "does the work once for a session that comes several times at once",
    clause: null,
    source: "good practice",
    collects: { misdeeds: ["doubled-at-once"], from: "any-suite" },
    sessions: 1,
    requests: 5,
    explain: {
      sends: "Five documented callbacks for one session at the same time.",
      expects: "The session is processed once.",
      why: "Looking a session up and then storing it leaves a gap through which a second one slips.",
      fix: "Let the database decide who does the work: one insert with a unique key, in the transaction that enqueues the work, not a look-up and an insert.",
    },
    async run(context) {
      const sessionId = context.session();
      const sends = Array.from({ length: duplicatesAtOnce }, () => context.send({ sessionId, judgesRateLimit: true }));
      const attempts = await Promise.all(sends);
      // Where all but none were turned away as busy, the retry does the work.
      if (attempts.every(({ outcome }) => outcome.kind === "failed")) {
        await context.betweenRetries();
        await context.send({ sessionId });
      }
    },
  }),
  effectsCheck({
    id: "retries/processes-once-after-a-lost-acknowledgement",
    fits: once,
    title: "does the work once when its answer was lost",
    clause: "retry/on-failure",
    pace: "rough",
    spansMinutes: true,
    collects: { misdeeds: ["doubled-after-lost-answer", "lost-after-lost-answer"], from: "any-suite" },
    sessions: lostAnswers.length,
    requests: 4,
    explain: {
      sends: lostAnswersText,
      expects: "Once its retry is acknowledged, each session is processed once.",
      why: "The receiver believes that it has answered, the sender has seen nothing: the commonest origin of duplicates. And many a framework cancels the handler whose caller has gone: what it had marked by then is taken for done.",
      fix: "Mark the session in the transaction that enqueues its work, before answering, and treat the retry as a duplicate of what is done; let the work go on when the caller hangs up (do not tie it to the request's abort signal or context).",
    },
    async run(context) {
      for (const lost of lostAnswers) await retryAfterLosing(context, lost);
    },
  }),
  effectsCheck({
    id: "retries/processes-the-retry-of-an-aborted-request",
    title: "does the work for the retry of a request that was cut off",
    clause: "retry/on-failure",
    pace: "rough",
    spansMinutes: true,
    collects: { misdeeds: ["lost-after-cut", "doubled-after-cut"], from: "any-suite" },
    sessions: 1,
    requests: 2,
    explain: {
      sends: "An attempt that is cut in the middle of its body, and the whole request a (virtual) minute later.",
      expects: "Once the retry is acknowledged, the session is processed {once}.",
      why: "A receiver that marks a session as seen, by its header, before the body has arrived takes the retry for a duplicate: it is acknowledged and never processed.",
      fix: "Mark a session only once its request is complete and valid, together with handing it to the work.",
    },
    async run(context) {
      const [, retry] = await context.schedule({ attempts: 2, onTheWay: ["cut"] });
      if (retry !== undefined && !isAcknowledged(retry)) {
        return notApplicable("the retry was not acknowledged, which acknowledges-after-an-aborted-request judges");
      }
    },
  }),
  {
    ...effectsCheck({
      id: "retries/processes-the-retry-of-a-failed-attempt",
      title: "does the work for the retry of an attempt that it failed itself",
      clause: "retry/on-failure",
      collects: { misdeeds: ["lost-after-failure", "doubled-after-failure"], from: "any-suite" },
      sessions: 0,
      explain: {
        sends:
          "Whatever documented callback of this run the receiver itself answered with a 429 or 5XX, once more, as the schedule would.",
        expects:
          "Once the retry is acknowledged, the session is processed {once}; an effect of the failed attempt counts, too.",
        why: "A receiver that marks a session and then fails takes the retry for a duplicate: it is acknowledged and never processed.",
        fix: leaseFix,
      },
      async run(context) {
        const failed = context.unacknowledged().slice(0, mostRetried);
        for (const sessionId of failed) {
          await context.betweenRetries();
          const retry = await context.send({ sessionId });
          // One that fails again is retried again, and then it is the acknowledgement's checks that judge it.
          if (!isAcknowledged(retry)) await context.send({ sessionId });
        }
        if (failed.length === 0) {
          return notApplicable(
            "no session of this run was left without an acknowledgement by a 429 or 5XX of the receiver's own",
          );
        }
      },
    }),
    // When all else that is polite has been sent.
    pace: "alone",
  },
  effectsCheck({
    id: "retries/processes-once-across-the-schedule",
    fits: once,
    title: "does the work once over the whole schedule",
    clause: "retry/schedule",
    needs: ["elapsed-time"],
    spansMinutes: true,
    collects: { misdeeds: ["doubled-by-retry"], from: "any-suite" },
    sessions: 1,
    explain: {
      sends: "All attempts of the schedule for one session, at their real times.",
      expects: "The session is processed once.",
      why: "A receiver that forgets sessions after ten minutes does the work again at {late}.",
      fix: "Remember sessions for longer than the whole schedule: a day is safe.",
    },
    async run(context) {
      await context.schedule({ attempts: context.contract.retry.delaysMs.length + 1 });
    },
  }),
  effectsCheck({
    id: "retries/processes-every-session",
    title: "does the work of every session",
    clause: "practice/unique-session-ids",
    collects: { misdeeds: ["lost", "doubled"], from: "any-suite" },
    sessions: distinctSessions,
    explain: {
      sends:
        "Documented callbacks for ten sessions at the same time, whose ids differ in their last character alone; and whatever else of this run was acknowledged is looked at.",
      expects: "Each session that was acknowledged is processed {once}.",
      why: "Deduplication by the wrong key (a column too short, an id read as a number), or work lost in the background, drops sessions that were acknowledged.",
      fix: "Deduplicate by the session id alone, and acknowledge only once the work is stored where a restart does not lose it and all that comes together has room; what cannot be stored is to be refused with 503, never dropped.",
    },
    async run(context) {
      const ids = context.inventsSessions
        ? siblingsOf(context.session())
        : Array.from({ length: distinctSessions }, () => context.session());
      await Promise.all(ids.map((sessionId) => context.send({ sessionId })));
    },
  }),
  {
    id: "retries/processes-nothing-from-an-aborted-request",
    title: "does no work for a request that was cut off",
    level: "hardening",
    clause: "request/body",
    needs: ["effects"],
    builds: "on-baseline",
    pace: "rough",
    sessions: 1,
    requests: 2,
    explain: {
      sends: "One attempt that is cut in the middle of its body.",
      expects: "The session is not processed.",
      why: "Half a body may hold a whole session id; what was not received whole was not received.",
      fix: "Start the work only once the request is complete and valid.",
    },
    async run(context) {
      const sessionId = context.session();
      const attempt = await context.send({ sessionId, onTheWay: "cut" });
      const times = (await context.effects([sessionId])).get(sessionId) ?? 0;
      if (times > 0) context.mismatch("no effect", `processed ${timesInWords(times)}`, attempt);
    },
  },
];
