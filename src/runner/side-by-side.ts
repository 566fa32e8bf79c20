import type { Attempt } from "../sender/attempt.js";

/** What requests side by side may wait for one another, should the receiver work on one at a time: half a deadline. */
const queueBudgetMs = 10_000;

/** Milliseconds that the receiver took to answer its first callback; 0 where it did not. */
export const answerMsOf = (baseline: Attempt | null): number => baseline?.timings.headersMs ?? 0;

/** How many requests may be under way at once, so that none waits too long behind the others. */
export const sideBySide = (most: number, baseline: Attempt | null): number =>
  Math.max(1, Math.min(most, Math.floor(queueBudgetMs / Math.max(1, answerMsOf(baseline)))));
