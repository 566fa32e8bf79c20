import type { createColors } from "picocolors";
import { counted } from "../../in-words.js";
import { verdicts } from "../model.js";
import type { Matrix, MatrixCheck, MatrixTarget } from "./matrix.js";

/** A receiver has failed its gate before one that could not be judged, and that before one that passed. */
const gates = ["failed", "inconclusive", "passed"];

/** The receivers that somebody has to look at first; else in the order in which they were given. */
export function worstFirst({ targets }: Matrix): readonly MatrixTarget[] {
  const rank = ({ gate, verdict }: MatrixTarget): number =>
    gates.indexOf(gate.outcome) * verdicts.length + verdicts.indexOf(verdict);
  return targets.toSorted((a, b) => rank(a) - rank(b));
}

/** The columns of a matrix: the checks, suite by suite. */
export function suitesOf({
  checks,
}: Matrix): readonly { readonly id: string; readonly checks: readonly MatrixCheck[] }[] {
  const ids = [...new Set(checks.map(({ suite }) => suite))];
  return ids.map((id) => ({ id, checks: checks.filter(({ suite }) => suite === id) }));
}

/**
 * The same with what failed for most receivers first, suites and their checks; what failed for none keeps its order, before
 * what was not looked at for any.
 */
export function failingFirst(matrix: Matrix): ReturnType<typeof suitesOf> {
  const failures = new Map(failedChecks(matrix).map(({ check, targets }) => [check.id, targets.length] as const));
  const of = ({ id }: MatrixCheck): number => failures.get(id) ?? 0;
  const most = (checks: readonly MatrixCheck[]): number => Math.max(0, ...checks.map(of));
  const isLookedAt = (checks: readonly MatrixCheck[]): boolean =>
    checks.some(({ id }) => matrix.targets.some(({ outcomes }) => (outcomes[id] ?? "skipped") !== "skipped"));
  return suitesOf(matrix)
    .map(({ id, checks }) => ({ id, checks: checks.toSorted((a, b) => of(b) - of(a)) }))
    .sort((a, b) => most(b.checks) - most(a.checks) || Number(isLookedAt(b.checks)) - Number(isLookedAt(a.checks)));
}

/** Receivers of which each check ended alike, worst first. */
export function alikeRows(matrix: Matrix): readonly (readonly [MatrixTarget, ...MatrixTarget[]])[] {
  const rows = new Map<string, [MatrixTarget, ...MatrixTarget[]]>();
  for (const target of worstFirst(matrix)) {
    const outcomes = matrix.checks.map(({ id }) => target.outcomes[id] ?? null);
    const key = JSON.stringify([target.verdict, target.gate.outcome, outcomes]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [target]);
    else row.push(target);
  }
  return [...rows.values()];
}

export interface FailedCheck {
  readonly check: MatrixCheck;
  /** The receivers that failed it. */
  readonly targets: readonly MatrixTarget[];
}

/** The checks that failed, with where; those that fail a gate first, then those that failed most often. */
export function failedChecks(matrix: Matrix): readonly FailedCheck[] {
  const deciding = new Set(matrix.targets.flatMap(({ failed = [] }) => failed));
  const decides = ({ check }: FailedCheck): number => Number(deciding.has(check.id));
  return matrix.checks
    .map((check) => ({
      check,
      targets: matrix.targets.filter(({ outcomes }) => outcomes[check.id] === "failed"),
    }))
    .filter(({ targets }) => targets.length > 0)
    .sort((a, b) => decides(b) - decides(a) || b.targets.length - a.targets.length);
}

/** Remarks with the receivers that they are on; the most frequent first. */
export function remarksOf(
  matrix: Matrix,
): readonly { readonly text: string; readonly cause?: string; readonly targets: readonly MatrixTarget[] }[] {
  const groups = new Map<string, [MatrixTarget, ...MatrixTarget[]]>();
  for (const target of worstFirst(matrix)) {
    if (target.remark === null) continue;
    const key = JSON.stringify([target.remark, target.cause]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [target]);
    else group.push(target);
  }
  return [...groups.values()].map((targets) => {
    const [{ remark, cause }] = targets;
    return { text: remark ?? "", targets, ...(cause !== undefined && { cause }) };
  });
}

/** `a, b, c and 7 more` */
export function namesOf(targets: readonly MatrixTarget[], most: number): string {
  const names = targets.slice(0, most).map(({ name }) => name);
  const more = targets.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** `180 conformant, 10 non-conformant, 10 inconclusive` */
export function summaryLine({ summary, targets }: Matrix): string {
  const parts = (["conformant", "non-conformant", "inconclusive"] as const).filter((verdict) => summary[verdict] > 0);
  const receivers = counted(targets.length, "receiver");
  return parts.length === 0
    ? receivers
    : `${receivers}: ${parts.map((verdict) => `${summary[verdict]} ${verdict}`).join(", ")}`;
}

/** The last line of whatever is printed of it. */
export function gateLine(matrix: Matrix, colors: ReturnType<typeof createColors>): string {
  const { gate } = matrix;
  const verdict = { passed: colors.green, failed: colors.red, inconclusive: colors.yellow }[gate.outcome];
  return colors.bold(verdict(`gate: ${gate.outcome}; ${summaryLine(matrix)}; exit code ${gate.exitCode}`));
}
