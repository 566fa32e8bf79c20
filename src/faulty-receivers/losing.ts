import type { Timer } from "../clock/clock.js";
import type { FaultyReceiver } from "./faulty-receiver.js";
import { ok, type Refusal, type ValidCallback } from "./plain-receiver.js";
import type { WireHabits } from "./plain-server.js";
import { remembersBy, sessionIn, working, worksWhere, type Workshop } from "./working-receiver.js";

const apart = "payload/keeps-session-ids-apart";
const unspent = {
  afterCut: "retries/processes-the-retry-of-an-aborted-request",
  afterFailure: "retries/processes-the-retry-of-a-failed-attempt",
  afterRefusal: "authentication/refusal-leaves-the-session-unspent",
  afterBadInput: "bad-input/leaves-the-session-unspent",
};

/** Deduplicates by what it makes of the id. */
const keyedBy = (id: string, title: string, keyOf: (sessionId: string) => string): FaultyReceiver =>
  working({ id, title, fails: [apart], habits: remembersBy(({ sessionId }) => keyOf(sessionId)) });

/** Acknowledges whatever is valid, and works only where it understands it. */
const workingOnlyOn = (
  id: string,
  title: string,
  fails: string,
  understands: (callback: ValidCallback) => boolean,
): FaultyReceiver =>
  working({
    id,
    title,
    fails: [fails],
    habits: worksWhere((callback) => !callback.isDuplicate && understands(callback)),
  });

/** Marks what it refuses for such a reason, and takes the callback that comes after it for a duplicate. */
const marksWhere =
  (isMarked: (why: Refusal) => boolean) =>
  (workshop: Workshop): WireHabits => {
    const refused = new Set<string>();
    return {
      refuse(why, { headers }) {
        if (isMarked(why)) refused.add(sessionIn(headers));
        return null;
      },
      ...worksWhere(({ sessionId, isDuplicate }) => !isDuplicate && !refused.has(sessionId))(workshop),
    };
  };

/** Receivers that acknowledge sessions which they never process. */
export const losing: readonly FaultyReceiver[] = [
  working({
    id: "marks-a-session-before-it-has-the-body",
    title: "Marks the session that the header names before the body has come, and takes the retry for a duplicate.",
    fails: [unspent.afterCut, unspent.afterRefusal, unspent.afterBadInput],
    habits({ work }) {
      const seen = new Set<string>();
      const worked = new Set<string>();
      return {
        beforeBody({ headers }) {
          const sessionId = sessionIn(headers);
          if (sessionId !== "" && seen.has(sessionId) && !worked.has(sessionId)) return ok;
          seen.add(sessionId);
          return null;
        },
        accept({ sessionId, isDuplicate }) {
          if (!isDuplicate) work(sessionId);
          worked.add(sessionId);
          return ok;
        },
      };
    },
  }),
  working({
    id: "marks-a-session-before-it-checks-the-key",
    title: "Marks a session before it has looked at the key, and takes the real callback for a duplicate.",
    fails: [unspent.afterRefusal],
    habits: marksWhere((why) => why === "credential"),
  }),
  working({
    id: "marks-a-session-whose-body-it-refuses",
    title: "Marks the session that the header names, and refuses the body afterwards.",
    fails: [unspent.afterBadInput],
    habits: marksWhere((why) => why !== "credential" && why !== "path"),
  }),
  working({
    id: "marks-a-session-and-then-has-no-time-for-it",
    title: "Marks a session, and answers 429 to it now and then: the retry is a duplicate.",
    fails: [unspent.afterFailure],
    habits({ work }) {
      let sessions = 0;
      return {
        accept({ sessionId, isDuplicate }) {
          if (isDuplicate) return ok;
          sessions += 1;
          if (sessions === 5) return { status: 429, headers: { "Retry-After": "1" } };
          work(sessionId);
          return ok;
        },
      };
    },
  }),
  ...[32, 64, 127].map((length) =>
    keyedBy(`cuts-ids-after-${length}-characters`, `Keeps ids in a column of ${length} characters.`, (sessionId) =>
      sessionId.slice(0, length),
    ),
  ),
  keyedBy("trims-ids", "Takes ids without the punctuation around them.", (sessionId) =>
    sessionId.replaceAll(/^[-_.~]+|[-_.~]+$/g, ""),
  ),
  keyedBy("folds-the-case-of-ids", "Compares ids without regard to case.", (sessionId) => sessionId.toLowerCase()),
  keyedBy("reads-ids-as-numbers", "Takes an id of digits for a number, which cannot hold as many.", (sessionId) =>
    /^\d+$/.test(sessionId) ? String(Number(sessionId)) : sessionId,
  ),
  workingOnlyOn(
    "works-only-on-a-body-with-a-length",
    "Takes a chunked body for an empty one, and answers 200 all the same.",
    "payload/accepts-a-chunked-body",
    ({ headers }) => headers["content-length"] !== undefined,
  ),
  workingOnlyOn(
    "works-only-on-zoom-id",
    "Reads zoom_id alone, and answers 200 where there is none.",
    "payload/accepts-a-body-without-zoom-id",
    ({ json }) => "zoom_id" in json,
  ),
  workingOnlyOn(
    "works-only-on-the-bare-content-type",
    "Reads a body only where the content type is application/json to the letter, and answers 200 to the rest.",
    "payload/accepts-content-type-parameters",
    ({ headers }) => headers["content-type"] === "application/json",
  ),
  working({
    id: "remembers-a-hundred-sessions",
    title: "Keeps the sessions it knows in a cache of a hundred.",
    fails: ["load/processes-every-acknowledged-session"],
    habits({ work }) {
      const known = new Set<string>();
      return {
        accept({ sessionId }) {
          if (!known.delete(sessionId)) work(sessionId);
          known.add(sessionId);
          const [oldest] = known;
          if (known.size > 100 && oldest !== undefined) known.delete(oldest);
          return ok;
        },
      };
    },
  }),
  working({
    id: "loses-its-queue-when-it-restarts",
    title:
      "Marks a session for good and keeps its work in memory; a body that is no JSON takes it down for two seconds.",
    fails: [
      "retries/processes-every-session",
      "bad-input/refuses-malformed-json",
      "bad-input/survives-invalid-utf-8",
      "bad-input/survives-control-characters",
      "bad-input/stays-healthy-after-bad-input",
    ],
    habits({ clock, work }) {
      let queue: Timer[] = [];
      return {
        restartsAfterMs: 2000,
        accept({ sessionId, isDuplicate }) {
          if (!isDuplicate) queue.push(clock.timer(500, () => work(sessionId)));
          return ok;
        },
        refuse(why, { crash }) {
          if (why !== "malformed-json") return null;
          for (const timer of queue) timer.cancel();
          queue = [];
          return crash();
        },
      };
    },
  }),
];
