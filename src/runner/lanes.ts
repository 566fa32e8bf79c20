import type { Attempt } from "../sender/attempt.js";

/** What requests side by side may wait for one another, should the receiver work on one at a time: half a deadline. */
const queueBudgetMs = 10_000;
/** More side by side are tried while these would wait for no more than a quarter. */
const roomMs = queueBudgetMs / 2;

/** How many requests may be under way at once: it follows the receiver. */
export interface Lanes {
  readonly width: number;
  /** Takes the first answer: how many go side by side at first. */
  startAt(baseline: Attempt | null): void;
  /** Takes an answer that came while no more than `width` requests were under way. */
  answered(attempt: Attempt): void;
}

/** Milliseconds that the receiver took to answer its first callback; 0 where it did not. */
export const answerMsOf = (baseline: Attempt | null): number => baseline?.timings.headersMs ?? 0;

/**
 * Half as many once an answer has taken half a deadline; one more after as many answers in a row that leave room for it,
 * up to what the user allows.
 */
export function createLanes(most: number): Lanes {
  let width = most;
  let withRoom = 0;
  return {
    get width() {
      return width;
    },
    startAt(baseline) {
      width = Math.max(1, Math.min(most, Math.floor(queueBudgetMs / Math.max(1, answerMsOf(baseline)))));
      withRoom = 0;
    },
    answered({ timings: { headersMs } }) {
      // A hang is the deed of what was sent, and is judged as such.
      if (headersMs === null) return;
      if (headersMs >= queueBudgetMs) {
        width = Math.max(1, Math.floor(width / 2));
        withRoom = 0;
        return;
      }
      const hasRoom = (headersMs * (width + 1)) / width <= roomMs;
      withRoom = hasRoom ? withRoom + 1 : 0;
      if (width < most && withRoom >= width) {
        width += 1;
        withRoom = 0;
      }
    },
  };
}
