import { levels, type Outcome, type Report, type ReportCheck } from "./model.js";
import { isMissingShardsNote } from "./shards.js";

/** Reports of one receiver as one; what follows from its checks is still to be judged. */
export type Merged = Omit<Report, "verdict" | "verdictLine" | "summary">;

/** Of outcomes that contradict each other. */
const mostConflictsTold = 20;

/** What was judged counts more than what could not be, and that more than what was not meant to be. */
const weights: Readonly<Record<Outcome, number>> = { passed: 2, failed: 2, "not-run": 1, error: 1, skipped: 0 };

const weightOf = ({ outcome, reasonCode }: ReportCheck): number =>
  reasonCode === "not-selected" ? -1 : weights[outcome];

/**
 * Joins reports of one receiver: the shards of a run, runs of different suites, a run and its repetition. For each check
 * the report counts that judged it; of several, the later one, and a note says so where they differ.
 * @param reports at least one.
 */
export function mergeReports(reports: readonly [Report, ...Report[]]): Merged {
  const parts = withoutCopies(reports).toSorted((a, b) =>
    a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0,
  );
  const last = parts.at(-1) ?? reports[0];
  if (parts.length === 1) return last;
  // Together with the run that it repeats, it stands alone.
  const { repeats: _repeats, ...facts } = last;
  const ids = distinct([last, ...parts].flatMap(({ checks }) => checks.map(({ id }) => id)));
  const merged = ids.map((id) => mergeCheck(id, parts));
  const conflicts = merged.flatMap(({ conflict }) => conflict ?? []);
  const untold = conflicts.length - mostConflictsTold;
  return {
    ...facts,
    target: {
      ...last.target,
      local: parts.every(({ target }) => target.local),
      capabilities: distinct(parts.flatMap(({ target }) => target.capabilities)),
      headers: distinct(parts.flatMap(({ target }) => target.headers)),
    },
    startedAt: (parts[0] ?? last).startedAt,
    durationMs: parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    seed: distinct(parts.map(({ seed }) => seed)).join(", "),
    nonce: distinct(parts.map(({ nonce }) => nonce)).join(", "),
    notes: [
      `Merged from ${parts.length} reports: ${parts.map(({ startedAt, seed }) => `${startedAt} (seed ${seed})`).join(", ")}.`,
      ...conflicts.slice(0, mostConflictsTold),
      ...(untold > 0 ? [`${untold} more checks ended differently in these reports; the later outcome counts.`] : []),
      ...distinct(parts.flatMap(({ notes }) => notes)).filter((note) => !isOutdated(note)),
    ],
    gate: { ...last.gate, levels: levels.filter((level) => parts.some(({ gate }) => gate.levels.includes(level))) },
    checks: merged.map(({ check }) => check),
  };
}

/** What an earlier merge has said of what it had. */
const isOutdated = (note: string): boolean => note.startsWith("Merged from ") || isMissingShardsNote(note);

/**
 * A job that was started twice may hand in the same report twice, and what was merged before may come again with its
 * parts: each run counts once.
 */
function withoutCopies(reports: readonly Report[]): readonly Report[] {
  const judged = ({ checks }: Report): number => checks.filter((check) => weightOf(check) === weights.passed).length;
  const largestFirst = reports.toSorted((a, b) => runsOf(b).length - runsOf(a).length || judged(b) - judged(a));
  const kept: Report[] = [];
  for (const report of largestFirst) {
    const isKnown = kept.some(
      (other) =>
        runsOf(report).every((run) => runsOf(other).includes(run)) &&
        (runsOf(other).length > runsOf(report).length || saysNothingMore(report, other)),
    );
    if (!isKnown) kept.push(report);
  }
  return reports.filter((report) => kept.includes(report));
}

/** Whatever it has judged, the other has judged alike. */
const saysNothingMore = (report: Report, other: Report): boolean =>
  report.checks
    .filter((check) => weightOf(check) === weights.passed)
    .every(({ id, outcome, knownFailure }) =>
      other.checks.some((check) => check.id === id && check.outcome === outcome && check.knownFailure === knownFailure),
    );

/** Of which runs it is: each has a nonce of its own, but for those of the embedded receiver. */
const runsOf = ({ nonce, seed, startedAt }: Report): readonly string[] =>
  nonce === "" ? [`${seed} ${startedAt}`] : nonce.split(", ");

function mergeCheck(id: string, parts: readonly Report[]): { check: ReportCheck; conflict: string | null } {
  const found = parts.flatMap(({ checks, startedAt }) =>
    checks.filter((check) => check.id === id).map((check) => ({ check, startedAt, weight: weightOf(check) })),
  );
  const most = Math.max(...found.map(({ weight }) => weight));
  const heaviest = found.filter(({ weight }) => weight === most);
  const counted = heaviest.at(-1);
  if (counted === undefined) throw new Error(`${id} is in none of the reports`);
  const other = heaviest.findLast(({ check }) => check.outcome !== counted.check.outcome);
  const conflict =
    other === undefined || most < weights.passed
      ? null
      : `${id}: ${other.check.outcome} in the run of ${other.startedAt}, ${counted.check.outcome} in that of ${counted.startedAt}; the later one counts.`;
  return { check: counted.check, conflict };
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
