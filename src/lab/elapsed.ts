import type { LabReceiver } from "./lab-receiver.js";
import { counted, listed } from "../in-words.js";
import { arrivesAfterMs } from "./leads-to.js";
import type { DeliveredSession } from "./play-delivery.js";

/** What did not pass on the receiver's side of the time that passed on the scenario's. */
export interface Elapsed {
  /** The longest time between two arrivals of one session, in milliseconds of the scenario's. */
  readonly gapMs: number;
  /** Its clock moved with the scenario's. */
  readonly isMoved: boolean;
  /** What kept a time of its own meanwhile, a name each; empty where all of it moved, or nothing came twice. */
  readonly stood: readonly string[];
  /** Why nobody can tell what the receiver makes of that time, a clause; null where it was seen, or hardly matters. */
  readonly unseen: string | null;
  /** Sentences on what was hardly seen. */
  readonly caveats: readonly string[];
}

/**
 * Memories are made to last minutes: whoever meets a session again within less is not told from a better one by a clock
 * that does not move, and a scenario that takes longer is about just that. The shortest that a common queue has is that
 * of Amazon SQS's FIFO queues, five minutes. In milliseconds.
 */
const aboutTimeMs = 300_000;

/** @param isReal the scenario's time is that of the wall, so that nothing has to be moved. */
export function elapsedOn(receiver: LabReceiver, sessions: readonly DeliveredSession[], isReal: boolean): Elapsed {
  const gapMs = Math.max(0, ...sessions.map(gapOf));
  const isMoved = receiver.sharesTime || receiver.travelTo !== undefined;
  const nothing = { gapMs, isMoved, stood: [], unseen: null, caveats: [] };
  if (isReal || gapMs === 0 || receiver.kind === "embedded" || receiver.movesAll === true) return nothing;
  if (isMoved) {
    const met = receiver.ownTime?.() ?? [];
    if (met.length === 0) return nothing;
    const names = listed(met);
    const keeps = met.length === 1 ? "keeps its own time" : "keep a time of their own";
    return { ...nothing, stood: met, unseen: `${names} ${keeps}, which did not move while ${span(gapMs)} passed here` };
  }
  const stood = "the receiver's clock did not move";
  if (gapMs >= aboutTimeMs) {
    return {
      ...nothing,
      stood: ["the receiver"],
      unseen: `${stood}: what came to it ${span(gapMs)} apart in the scenario, it got within moments`,
    };
  }
  return {
    ...nothing,
    stood: ["the receiver"],
    caveats: [`${stood}: what is up to ${span(gapMs)} apart in the scenario came to it within moments`],
  };
}

/** Between the first and the last arrival of a session, whole or in part. */
function gapOf({ attempts }: DeliveredSession): number {
  const arrivals = attempts.flatMap(({ token, attempt }) => {
    const afterMs = arrivesAfterMs(token);
    return afterMs === null ? [] : [attempt.offsetMs + afterMs];
  });
  return arrivals.length < 2 ? 0 : Math.max(...arrivals) - Math.min(...arrivals);
}

/** `53 minutes`, `90 seconds`. */
function span(ms: number): string {
  return ms % 60_000 === 0 ? counted(ms / 60_000, "minute") : counted(Number((ms / 1000).toFixed(3)), "second");
}
