import type { Check } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";
import type { Attempt } from "../src/sender/attempt.js";

const duplicatesAtOnce = 5;
const distinctSessions = 10;

/** Expects a session to be processed exactly once; `blamed` is the attempt after which it must not be again. */
async function expectOnce(context: CheckContext, sessionId: string, blamed: Attempt | undefined): Promise<void> {
  const times = (await context.effects.settled([sessionId])).get(sessionId) ?? 0;
  if (times !== 1) context.mismatch("processed once", `processed ${times} times`, blamed ?? "after all attempts");
}

const sessionsOf = (context: CheckContext): string[] =>
  Array.from({ length: distinctSessions }, () => context.session());

/** Ids that look the same to whoever keeps only a part of them. */
const siblingsOf = (sessionId: string): string[] =>
  Array.from({ length: distinctSessions }, (_, digit) => sessionId.slice(0, -1) + digit);

/** The checks of the retries suite that ask how often a session was really processed. */
export const retriesEffects: readonly Check[] = [
  {
    id: "retries/processes-a-duplicate-once",
    title: "does the work once for a session that comes twice",
    level: "recommended",
    clause: "retry/on-failure",
    needs: ["effects"],
    builds: "on-baseline",
    spansMinutes: true,
    sessions: 1,
    explain: {
      sends: "The documented callback twice for one session, a (virtual) minute apart.",
      expects: "The session is processed once.",
      why: "An acknowledgement can be lost on its way, and then the sender retries what was already done.",
      fix: "Mark the session as done and enqueue its work in one transaction, under a unique key; or claim it with a lease that a failure releases. Skip only what is done: a mark that is set before the work, and stays when the work fails, loses the session.",
    },
    async run(context) {
      const sessionId = context.session();
      const attempts = await context.schedule({ sessionId, attempts: 2 });
      await expectOnce(context, sessionId, attempts.at(-1));
    },
  },
  {
    id: "retries/processes-concurrent-duplicates-once",
    title: "does the work once for a session that comes several times at once",
    level: "recommended",
    clause: null,
    source: "good practice",
    needs: ["effects"],
    builds: "on-baseline",
    sessions: 1,
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
      await expectOnce(context, sessionId, attempts.at(-1));
    },
  },
  {
    id: "retries/processes-once-after-a-lost-acknowledgement",
    title: "does the work once when its answer was lost",
    level: "recommended",
    clause: "retry/on-failure",
    needs: ["effects"],
    builds: "on-baseline",
    pace: "rough",
    spansMinutes: true,
    sessions: 1,
    explain: {
      sends:
        "An attempt whose connection is reset at the first byte of the answer, and the retry a (virtual) minute later.",
      expects: "The session is processed once.",
      why: "The receiver believes that it has answered, the sender has seen nothing: the commonest origin of duplicates.",
      fix: "Mark the session in the transaction that enqueues its work, before answering, and treat the retry as a duplicate of what is done.",
    },
    async run(context) {
      const sessionId = context.session();
      const attempts = await context.schedule({ sessionId, attempts: 2, onTheWay: ["lost-ack"] });
      await expectOnce(context, sessionId, attempts.at(-1));
    },
  },
  {
    id: "retries/processes-once-across-the-schedule",
    title: "does the work once over the whole schedule",
    level: "recommended",
    clause: "retry/schedule",
    needs: ["effects", "elapsed-time"],
    builds: "on-baseline",
    spansMinutes: true,
    sessions: 1,
    explain: {
      sends: "All attempts of the schedule for one session, at their real times.",
      expects: "The session is processed once.",
      why: "A receiver that forgets sessions after ten minutes does the work again at 23 and at 53 minutes.",
      fix: "Remember sessions for longer than the whole schedule: a day is safe.",
    },
    async run(context) {
      const sessionId = context.session();
      const attempts = await context.schedule({ sessionId, attempts: context.contract.retry.delaysMs.length + 1 });
      await expectOnce(context, sessionId, attempts.at(-1));
    },
  },
  {
    id: "retries/processes-every-session",
    title: "does the work of every session",
    level: "recommended",
    clause: "practice/unique-session-ids",
    needs: ["effects"],
    builds: "on-baseline",
    sessions: distinctSessions,
    explain: {
      sends: "Documented callbacks for ten sessions at the same time, whose ids differ in their last character alone.",
      expects: "Each is processed once.",
      why: "Deduplication by the wrong key (a column too short, an id read as a number), or work lost in the background, drops sessions that were acknowledged.",
      fix: "Deduplicate by the session id alone, and keep accepted work where a restart does not lose it.",
    },
    async run(context) {
      const ids = context.inventsSessions ? siblingsOf(context.session()) : sessionsOf(context);
      const attempts = await Promise.all(ids.map((sessionId) => context.send({ sessionId })));
      const counts = await context.effects.awaited(attempts.map(({ request }) => request.sessionId));
      for (const attempt of attempts) {
        const times = counts.get(attempt.request.sessionId) ?? 0;
        if (times !== 1) context.mismatch("processed once", `processed ${times} times`, attempt);
      }
    },
  },
  {
    id: "retries/processes-nothing-from-an-aborted-request",
    title: "does no work for a request that was cut off",
    level: "hardening",
    clause: "request/body",
    needs: ["effects"],
    builds: "on-baseline",
    pace: "rough",
    sessions: 1,
    explain: {
      sends: "One attempt that is cut in the middle of its body.",
      expects: "The session is not processed.",
      why: "Half a body may hold a whole session id; what was not received whole was not received.",
      fix: "Start the work only once the request is complete and valid.",
    },
    async run(context) {
      const sessionId = context.session();
      const attempt = await context.send({ sessionId, onTheWay: "cut" });
      const times = (await context.effects.settled([sessionId])).get(sessionId) ?? 0;
      if (times > 0) context.mismatch("no effect", `processed ${times} times`, attempt);
    },
  },
];
