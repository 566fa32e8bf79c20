import { createColors } from "picocolors";
import { groupByText, membersOf } from "./check-groups.js";
import { aboutText, completenessText } from "./completeness.js";
import { explainedBy } from "./explained.js";
import { fewestLines, fitted, type LogPart } from "./log-parts.js";
import { cutTo } from "../cut.js";
import { mismatchLine } from "./mismatch-line.js";
import { levels, type Report, type ReportCheck, type ReportLevel } from "./model.js";
import { decidesGate, standingOf } from "./standing.js";
import { inTheWay } from "./what-to-do.js";
import { counted, seconds } from "../in-words.js";
import { conclusion, shownIn, withoutEvidence } from "./terminal.js";

/** Characters of a line: a log is no page, and what is longer stands in the files. */
export const longestLine = 240;
const mostCauses = 4;
/** Of those that decide nothing. */
const mostNotes = { conformant: 2, "non-conformant": 2, inconclusive: 4 } as const;
const mostGroups = 2;

/** Lines that the log of a job has at most: of a run that is green, and of any other. */
export const mostLines = { green: 25, other: 80 } as const;

/** Whether nobody has to look at it. */
export const isGreen = ({ verdict, gate }: Pick<Report, "verdict" | "gate">): boolean =>
  verdict === "conformant" && gate.outcome === "passed" && gate.exitCode === 0;

interface LogOptions {
  readonly color: boolean;
  /**
   * Lines that it has at most; what is left out for want of them is counted in one, which it always has.
   * @default what a log has at most
   */
  readonly lines?: number;
}

/**
 * A report for the log of a job, a line each thing: whom it is about, what failed, what is behind it and how to mend it,
 * what was not judged, the verdict and the gate.
 */
export function renderLog(report: Report, { color, lines = mostLines.other }: LogOptions): string {
  const shown = withoutEvidence(report);
  const { harness, target, seed, durationMs, clauses } = shown;
  const colors = createColors(color);
  const count = (status: string): number => clauses.filter((clause) => clause.status === status).length;
  const about = aboutText(shown);
  const first =
    colors.bold(`${harness.name} ${harness.version}: ${target.url}`) +
    `, ${seconds(durationMs)}, seed ${seed}${about === null ? "" : `, about ${about}`}`;
  const last = [
    [
      ...levels.map((level) => levelCounts(shown, level)),
      `clauses: ${count("verified")} verified, ${count("violated")} violated, ${count("not-verified")} not verified`,
    ].join("; "),
    `report: ${completenessText(shown)}`,
    ...conclusion({ report: shown, colors, width: Infinity }),
  ];
  const parts = partsOf(shown, colors);
  const room = Math.max(lines - 1 - last.length, fewestLines(parts));
  return `${[first, ...fitted(parts, room), ...last].join("\n")}\n`;
}

/** What failed, each in a line, in no more lines than a log has. */
export function renderFailures(report: Report, { color }: Pick<LogOptions, "color">): string {
  return fitted([failures(withoutEvidence(report), createColors(color))], mostLines.other).join("\n");
}

/** What fails the gate first. */
function failures(report: Report, colors: ReturnType<typeof createColors>): LogPart {
  const standsBehind = (check: ReportCheck): boolean => standingOf(check, report) !== "failed-gate";
  const failed = report.checks
    .filter(({ outcome }) => outcome === "failed")
    .sort((a, b) => Number(standsBehind(a)) - Number(standsBehind(b)));
  return {
    // Nothing is as much worth a line where all is well; elsewhere the causes say more in fewer.
    rank: isGreen(report) ? 0 : 5,
    units: failed.map((check) => [colors.red(failureLine(check))]),
    more: (left) => oneLine(`and ${left} more failed: ${membersOf({ text: "", checks: failed.slice(-left) })}`),
  };
}

/** What a log tells if there is room, in the order in which it is told. */
function partsOf(report: Report, colors: ReturnType<typeof createColors>): readonly LogPart[] {
  const { notes, causes: all = [] } = report;
  const deciding = notes.filter((note) => decidesGate.test(note));
  const others = notes.filter((note) => !decidesGate.test(note));
  const note = (text: string): readonly string[] => [oneLine(`note: ${text}`)];
  const moreNotes = (left: number): string => `and ${counted(left, "more note")}, in the report`;
  const groups = [...unjudged(report, "error", "in error"), ...unjudged(report, "not-run", "not run")];
  return [
    failures(report, colors),
    {
      rank: 2,
      units: all.map((cause, index) => [
        colors.bold(oneLine(`cause ${index + 1}: ${cause.says}; behind ${behind(cause, report)}`)),
        colors.yellow(`  fix: ${oneLine(cause.fix)}`),
      ]),
      most: mostCauses,
      more: (left) => `and ${counted(left, "more cause")}, in the report`,
    },
    {
      rank: 1,
      units: inTheWay(report).flatMap(({ remedy }) => (remedy === null ? [] : [[`to do: ${remedy}`]])),
      most: mostGroups,
      more: () => null,
    },
    {
      rank: 3,
      units: groups.map((text) => [text]),
      most: 2 * mostGroups,
      more: (left) => `and ${counted(left, "more reason")} why checks were not judged, in the report`,
    },
    { rank: 0, units: deciding.map(note), more: moreNotes },
    { rank: 4, units: others.map(note), most: mostNotes[report.verdict], more: moreNotes },
  ];
}

const behind = (cause: NonNullable<Report["causes"]>[number], report: Report): string =>
  membersOf({ text: cause.says, checks: explainedBy(cause, report) });

/** One failure in a line: what was expected, what came, and how much more. */
function failureLine(check: ReportCheck): string {
  const { id, outcome, mismatches, reason, knownFailure } = shownIn(check);
  const [first] = mismatches;
  const more = mismatches.length > 1 ? ` (and ${mismatches.length - 1} more)` : "";
  const what = first === undefined ? (reason ?? "") : mismatchLine(first);
  const known = knownFailure === undefined ? "" : ` (known: ${knownFailure})`;
  return cutTo(longestLine - more.length, `${outcome} ${id}${known}: ${oneLine(what)}`) + more;
}

function unjudged({ checks }: Report, outcome: ReportCheck["outcome"], word: string): readonly string[] {
  return groupByText(
    checks.filter((check) => check.outcome === outcome),
    ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"],
  ).map((group) => oneLine(`${word}: ${group.checks.length} × ${group.text} (${membersOf(group)})`));
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
