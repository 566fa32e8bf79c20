import type { LikelyCause } from "../report/model.js";
import { anyOf, isSpecial, type Sent } from "./vitals.js";

/** A session that was acknowledged and looked for. */
export interface Looked {
  /** All that was sent for it. */
  readonly sent: readonly Sent[];
  /** When the first of that began, and the last had its answer. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly isProcessed: boolean;
}

/** So many of each show that the work went on before, and does not now. */
const least = 3;

/** The probe was tried on the callback that came before all of these, and saw it processed. */
const onlyTheFirst: LikelyCause = {
  id: "only-the-first-is-processed",
  says: "of all that was acknowledged only what came first was processed",
  fix: "Look at what is the same for all sessions: a cache in front that answers a POST by its URL (nginx: proxy_cache_methods without POST; Varnish: return(pass)), or a key that tells sessions apart by something that is not there, and not by the session id. Where it is neither, the worker ended over the first: look in its log, and let a supervisor start it again.",
};

/**
 * What is behind it where sessions were processed up to some moment, and none since: whatever does the work has ended, or
 * waits without end. Null where what was lost stands between what was not.
 */
export function stoppedWork(looked: readonly Looked[]): LikelyCause | null {
  const done = looked.filter(({ isProcessed }) => isProcessed);
  const lost = looked.filter(({ isProcessed }) => !isProcessed).toSorted((a, b) => a.startedAt - b.startedAt);
  const [first] = lost;
  if (done.length === 0 && lost.length >= least) return onlyTheFirst;
  // Where only odd ones are processed, it is not when they were sent that tells them apart.
  const usual = done.filter(({ sent }) => !sent.some(isSpecial));
  if (first === undefined || usual.length < least) return null;
  const lastDoneAt = Math.max(...done.map(({ startedAt }) => startedAt));
  // What ran side by side reaches a queue in any order.
  const isMixed = lost.some(({ endedAt }) => endedAt < lastDoneAt);
  if (isMixed || lost.filter(({ startedAt }) => startedAt > lastDoneAt).length < least) return null;
  const together = lost.filter(({ startedAt }) => startedAt <= first.endedAt).flatMap(({ sent }) => sent);
  const special = together.filter(isSpecial);
  return {
    id: "work-stopped",
    says: `the work has stopped: what was acknowledged is processed no more, and the first that was not was ${anyOf(special.length > 0 ? special : together)}`,
    fix: "Look in the log of whatever works through the queue for what it threw then, or waits for: a job that fails must neither end the worker nor stand in the way of the next. Try it again a few times and put it aside, and let a supervisor start the worker again whenever it ends.",
  };
}
