/**
 * What became of a session that should have been processed once, by what its callback met before: the rows that a
 * receiver answers for apart, since each has a cause of its own.
 */
export type Misdeed =
  | "lost"
  | "lost-after-cut"
  | "lost-after-refusal"
  | "lost-after-failure"
  | "lost-after-lost-answer"
  | "doubled"
  | "doubled-by-retry"
  | "doubled-after-cut"
  /** The refused request had an effect: that is judged where it is refused. */
  | "doubled-after-refusal"
  | "doubled-after-failure"
  | "doubled-after-lost-answer"
  | "doubled-at-once";

/** Where a misdeed goes whose special case is not the cause. */
export const plainOf = (misdeed: Misdeed): "lost" | "doubled" => (misdeed.startsWith("lost") ? "lost" : "doubled");
