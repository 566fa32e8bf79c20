import { createColors } from "picocolors";
import { groupByText, membersOf } from "./check-groups.js";
import { aboutText, completenessText } from "./completeness.js";
import { explainedBy } from "./explained.js";
import { cutTo } from "../cut.js";
import { mismatchLine } from "./mismatch-line.js";
import type { Report, ReportCheck, ReportLevel } from "./model.js";
import { decidesGate } from "./standing.js";
import { inTheWay } from "./what-to-do.js";
import { conclusion, counted, shownIn, withoutEvidence } from "./terminal.js";

const levels: readonly ReportLevel[] = ["required", "recommended", "hardening"];

/** Characters of a line: a log is no page, and what is longer stands in the files. */
const longestLine = 240;
const mostCauses = 4;
/** Of the others: what is wrong with the list of known failures decides the gate, and is told whole. */
const mostNotes = { conformant: 2, "non-conformant": 2, inconclusive: 4 } as const;
const mostGroups = 2;
/** Of checks of a receiver that fails at everything. */
export const mostFailures = 36;

interface LogOptions {
  readonly color: boolean;
  /** The checks that failed too, where they were not told as they ended. @default false */
  readonly failures?: boolean;
}

/**
 * A report for the log of a job, a line each thing: whom it is about, what is behind the failures and how to mend it,
 * what was not judged, the verdict and the gate. The checks that failed were told before it, as they ended.
 */
export function renderLog(report: Report, { color, failures = false }: LogOptions): string {
  const shown = withoutEvidence(report);
  const { harness, target, seed, durationMs, notes, clauses } = shown;
  const colors = createColors(color);
  const count = (status: string): number => clauses.filter((clause) => clause.status === status).length;
  const about = aboutText(shown);
  const deciding = notes.filter((note) => decidesGate.test(note));
  const others = notes.filter((note) => !decidesGate.test(note));
  const most = mostNotes[shown.verdict];
  const failed = failures ? shown.checks.filter(({ outcome }) => outcome === "failed") : [];
  const lines = [
    colors.bold(`${harness.name} ${harness.version}: ${target.url}`) +
      `, ${(durationMs / 1000).toFixed(1)} s, seed ${seed}${about === null ? "" : `, about ${about}`}`,
    ...failed.slice(0, mostFailures).map((check) => colors.red(failureLine(check))),
    ...(failed.length > mostFailures ? [`and ${failed.length - mostFailures} more failed, in the report`] : []),
    ...causes(shown).map((line) => (line.startsWith(" ") ? colors.yellow(line) : colors.bold(line))),
    ...inTheWay(shown)
      .slice(0, mostGroups)
      .flatMap(({ remedy }) => (remedy === null ? [] : [`to do: ${remedy}`])),
    ...unjudged(shown, "error", "in error"),
    ...unjudged(shown, "not-run", "not run"),
    ...[...deciding, ...others.slice(0, most)].map((note) => oneLine(`note: ${note}`)),
    ...(others.length > most ? [`and ${counted(others.length - most, "more note")}, in the report`] : []),
    [
      ...levels.map((level) => levelCounts(shown, level)),
      `clauses: ${count("verified")} verified, ${count("violated")} violated, ${count("not-verified")} not verified`,
    ].join("; "),
    `report: ${completenessText(shown)}`,
    ...conclusion({ report: shown, colors, width: Infinity }),
  ];
  return `${lines.join("\n")}\n`;
}

/** One failure in a line: what was expected, what came, and how much more. */
export function failureLine(check: ReportCheck): string {
  const { id, outcome, mismatches, reason, knownFailure } = shownIn(check);
  const [first] = mismatches;
  const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : "";
  const what = first === undefined ? (reason ?? "") : mismatchLine(first);
  const known = knownFailure === undefined ? "" : ` (known: ${knownFailure})`;
  return cutTo(longestLine - more.length, `${outcome} ${id}${known}: ${oneLine(what)}`) + more;
}

function causes(report: Report): readonly string[] {
  const { causes: all = [] } = report;
  const lines = all.slice(0, mostCauses).flatMap((cause, index) => {
    const { says, fix } = cause;
    const behind = membersOf({ text: says, checks: explainedBy(cause, report) });
    return [oneLine(`cause ${index + 1}: ${says}; behind ${behind}`), `  fix: ${oneLine(fix)}`];
  });
  const unshown = all.length - mostCauses;
  return unshown > 0 ? [...lines, `and ${counted(unshown, "more cause")}, in the report`] : lines;
}

function unjudged({ checks }: Report, outcome: ReportCheck["outcome"], word: string): readonly string[] {
  const groups = groupByText(
    checks.filter((check) => check.outcome === outcome),
    ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"],
  );
  const lines = groups
    .slice(0, mostGroups)
    .map((group) => oneLine(`${word}: ${group.checks.length} × ${group.text} (${membersOf(group)})`));
  return groups.length > mostGroups
    ? [...lines, `${word}: for ${counted(groups.length - mostGroups, "more reason")}`]
    : lines;
}

function levelCounts({ summary }: Report, level: ReportLevel): string {
  const { passed, failed, skipped, notRun, error } = summary[level];
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
    ...(error > 0 ? [`${error} in error`] : []),
  ];
  return `${level} ${parts.join(", ")}`;
}

const oneLine = (text: string): string => cutTo(longestLine, text.replaceAll(/\s*\n\s*/g, " "));
