/** What a figure should be: the ratio of ours to the peer's, or our own figure. */
export interface Goal {
  readonly of: "ratio" | "ours";
  readonly bound: "at-least" | "at-most";
  readonly value: number;
}

type Unit = "per second" | "s" | "ms" | "µs" | "MiB";

/** One line of the table: a figure of ours beside a peer's, measured in the same rounds. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly unit: Unit;
  /** Median of the rounds; null where it could not be measured, and `note` says why. */
  readonly ours: number | null;
  readonly peer: string;
  readonly peers: number | null;
  /** Ours to the peer's: the median of the rounds' ratios, since a busy machine slows both of a round alike. */
  readonly ratio: number | null;
  /** Null where the figure is shown for comparison alone. */
  readonly goal: Goal | null;
  /** Null where there is no goal, or no figure. */
  readonly met: boolean | null;
  /** Of each round, in the order played. */
  readonly ratios: readonly number[];
  readonly note?: string;
  /** What else was seen, by name with its unit. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** How much is measured; a smaller plan is quicker and noisier. */
export interface Plan {
  readonly rounds: number;
  /** Multiplies the requests and deliveries of a round. */
  readonly scale: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

type Compared = Pick<Row, "id" | "what" | "unit" | "peer" | "goal" | "note" | "figures">;

/** The row of two contenders that were measured in the same rounds. */
export function row(compared: Compared, ours: readonly number[], peers: readonly number[]): Row {
  const ratios = ours.map((value, round) => value / peers[round]!);
  const [own, ratio] = [median(ours), median(ratios)];
  const { goal } = compared;
  return {
    ...compared,
    ours: own,
    peers: median(peers),
    ratio,
    met: goal === null ? null : isMet(goal, goal.of === "ratio" ? ratio : own),
    ratios,
  };
}

export function unmeasured(compared: Compared, note: string): Row {
  return { ...compared, ours: null, peers: null, ratio: null, met: null, ratios: [], note };
}

function isMet({ bound, value }: Goal, figure: number): boolean {
  switch (bound) {
    case "at-least":
      return figure >= value;
    case "at-most":
      return figure <= value;
  }
}
