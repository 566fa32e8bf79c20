import type { Suite } from "../src/runner/check.js";
import { expectAcknowledged, isAcknowledged, isBusy, isTimeout, whatCame } from "../src/runner/expectations.js";
import { lostAnswers, lostAnswersText, retryAfterLosing } from "./lost-answers.js";
import { retriesEffects } from "./retries-effects.js";
import { retriesInstances } from "./retries-instances.js";

const duplicatesAtOnce = 5;
/** How long whoever is turned away by a lock stays away, in milliseconds. */
const lockPauseMs = 5000;

export const retries: Suite = {
  id: "retries",
  title: "The same session comes again, on the documented schedule",
  checks: [
    {
      id: "retries/acknowledges-a-duplicate",
      title: "acknowledges a session that it has acknowledged before",
      level: "required",
      clause: "retry/on-failure",
      builds: "on-baseline",
      spansMinutes: true,
      sessions: 1,
      requests: 2,
      explain: {
        sends: "The documented callback twice for one session, a (virtual) minute apart.",
        expects: "A 2XX for both.",
        why: "An answer can be lost on its way, and then the sender retries: a refusal keeps it retrying to the end.",
        fix: "Answer a session you know with the same 2XX{duplicate}.",
      },
      async run(context) {
        expectAcknowledged(context, ...(await context.schedule({ attempts: 2 })));
      },
    },
    {
      id: "retries/acknowledges-every-scheduled-attempt",
      title: "acknowledges each attempt of the whole schedule",
      level: "required",
      clause: "retry/schedule",
      builds: "on-baseline",
      spansMinutes: true,
      sessions: 1,
      requests: 6,
      explain: {
        sends: "All attempts of the schedule for one session, byte for byte the same, whatever is answered.",
        expects: "A 2XX for each.",
        why: "When every answer is lost, the receiver meets one session {attempts} times within {span}.",
        fix: "Answer a session you know with the same 2XX{duplicate}.",
      },
      async run(context) {
        const attempts = context.contract.retry.delaysMs.length + 1;
        expectAcknowledged(context, ...(await context.schedule({ attempts })));
      },
    },
    {
      id: "retries/acknowledges-after-a-lost-acknowledgement",
      title: "acknowledges the retry after its first answer was lost",
      level: "required",
      clause: "retry/on-failure",
      builds: "on-baseline",
      pace: "rough",
      spansMinutes: true,
      sessions: lostAnswers.length,
      requests: 4,
      explain: {
        sends: lostAnswersText,
        expects:
          "A 2XX for each retry; where the connection was closed, 409, 425, 429 or 503 too as long as the first attempt may be under way.",
        why: "The receiver believes that it has answered, the sender has seen nothing: the commonest origin of duplicates.",
        fix: "Treat the retry as a duplicate: answer it with a 2XX{duplicate}.",
      },
      async run(context) {
        for (const lost of lostAnswers) expectAcknowledged(context, await retryAfterLosing(context, lost));
      },
    },
    {
      id: "retries/acknowledges-after-an-aborted-request",
      title: "acknowledges the retry after its first request was cut off",
      level: "recommended",
      clause: "retry/on-failure",
      builds: "on-baseline",
      pace: "rough",
      spansMinutes: true,
      sessions: 1,
      requests: 2,
      explain: {
        sends: "An attempt that is cut in the middle of its body, and the whole request a (virtual) minute later.",
        expects: "A 2XX for the retry.",
        why: "A receiver that takes note of a session before it has the whole request may refuse the retry.",
        fix: "Take note of a session only once its request is complete and valid.",
      },
      async run(context) {
        const [, retry] = await context.schedule({ attempts: 2, onTheWay: ["cut"] });
        if (retry !== undefined) expectAcknowledged(context, retry);
      },
    },
    {
      id: "retries/acknowledges-concurrent-duplicates",
      title: "copes with one session coming several times at once",
      level: "recommended",
      clause: null,
      source: "good practice",
      builds: "on-baseline",
      sessions: 1,
      requests: 6,
      explain: {
        sends: "Five documented callbacks for one session at the same time, and one more when all are answered.",
        expects: "For each a 2XX, or 409, 425 or 429 while the first is under way; for the last a 2XX.",
        why: "The documented sender never overlaps attempts, but proxies and load balancers repeat requests.",
        fix: "Treat a conflict of the unique key as a duplicate and not as an error: answer it with a 2XX, or with 409 as long as the first is still under way.",
      },
      async run(context) {
        const sessionId = context.session();
        const attempts = await Promise.all(
          Array.from({ length: duplicatesAtOnce }, () => context.send({ sessionId, judgesRateLimit: true })),
        );
        for (const attempt of attempts) {
          if (!isAcknowledged(attempt) && !isBusy(attempt)) {
            context.mismatch("a 2XX, 409, 425 or 429", whatCame(attempt), attempt);
          }
        }
        expectAcknowledged(context, await context.send({ sessionId, lockMs: lockPauseMs }));
      },
    },
    {
      id: "retries/acknowledges-interleaved-sessions",
      title: "keeps sessions apart whose retries interleave",
      level: "recommended",
      clause: "practice/unique-session-ids",
      builds: "on-baseline",
      sessions: 3,
      requests: 7,
      explain: {
        sends: "Callbacks and retries of three sessions out of order: A, B, A, C, B, C, A.",
        expects: "A 2XX for each.",
        why: "Several jobs are under way at once; what a receiver remembers must be by session.",
        fix: "Key whatever you remember by the session id; expect no order between sessions.",
      },
      async run(context) {
        const [a, b, c] = [context.session(), context.session(), context.session()];
        const met = new Set<string>();
        for (const sessionId of [a, b, a, c, b, c, a]) {
          if (met.has(sessionId)) await context.betweenRetries();
          met.add(sessionId);
          const attempt = await context.send({ sessionId });
          expectAcknowledged(context, attempt);
          // A hang is not asked for twice.
          if (isTimeout(attempt)) return;
        }
      },
    },
    ...retriesEffects,
    ...retriesInstances,
  ],
};
