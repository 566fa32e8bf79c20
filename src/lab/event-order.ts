import type { Clock } from "../clock/clock.js";
import type { LabEvent, LabListener } from "./events.js";

/** What is sent stands before what the receiver does, and that before how it ended. */
const rank: Record<LabEvent["kind"], number> = {
  restarted: 4,
  "attempt-started": 0,
  printed: 1,
  "answered-late": 1,
  crashed: 1,
  "companion-ended": 1,
  killed: 1,
  "attempt-ended": 2,
  "copy-ended": 3,
  "delivered-late": 3,
  "retry-due": 2,
  acknowledged: 2,
  abandoned: 2,
};

/** A restart comes before the first attempt, and else at the end of the one before. */
function rankOf(event: LabEvent): number {
  if (event.kind === "restarted" && event.number === 1) return -1;
  return event.kind === "killed" && event.answered ? 3 : rank[event.kind];
}

const deliveryOf = (event: LabEvent): number => ("delivery" in event && event.delivery !== null ? event.delivery : -1);

export interface OrderedEvents {
  add(event: LabEvent): void;
  /** Tells what is left, and everything so far. */
  end(): readonly LabEvent[];
}

/** Runs of events with one time. */
export function momentsOf(events: readonly LabEvent[]): readonly (readonly LabEvent[])[] {
  const moments: LabEvent[][] = [];
  for (const event of events) {
    const last = moments.at(-1);
    if (last?.[0]?.offsetMs === event.offsetMs) last.push(event);
    else moments.push([event]);
  }
  return moments;
}

/**
 * Puts the events of one moment in an order that does not depend on which socket was read first, so that two runs tell
 * the same. A moment is told once the clock has moved on.
 */
export function orderedEvents(clock: Clock, startedAt: number, tell: LabListener): OrderedEvents {
  const told: LabEvent[] = [];
  let pending: LabEvent[] = [];
  let isSet = false;

  function flush(beforeMs: number): void {
    const due = pending.filter(({ offsetMs }) => offsetMs < beforeMs);
    pending = pending.filter(({ offsetMs }) => offsetMs >= beforeMs);
    due.sort((a, b) => a.offsetMs - b.offsetMs || rankOf(a) - rankOf(b) || deliveryOf(a) - deliveryOf(b));
    told.push(...due);
    for (const moment of momentsOf(due)) tell(moment);
  }

  return {
    add(event) {
      pending.push(event);
      if (isSet) return;
      isSet = true;
      clock.timer(1, () => {
        isSet = false;
        flush(clock.now() - startedAt);
      });
    },
    end() {
      flush(Infinity);
      return told;
    },
  };
}
