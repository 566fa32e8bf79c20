import { counted, seconds } from "../in-words.js";
import { createColors } from "picocolors";
import { copyableCurl, tooLong } from "./check-details.js";
import { capitalized } from "./capitalized.js";
import { aboutText, completenessText } from "./completeness.js";
import { explainedBy, explainedText } from "./explained.js";
import { groupByText, membersOf } from "./check-groups.js";
import { showControlCharacters } from "./control-character.js";
import { mismatchLine } from "./mismatch-line.js";
import { levels, type ClauseStatus, type Outcome, type Report, type ReportCheck, type ReportLevel } from "./model.js";
import { decidesGate, isGated, newChecksText, newText, standingOf, type Standing } from "./standing.js";
import { wrap } from "./wrap.js";
import { toldApart } from "./contracts.js";

export interface TerminalOptions {
  readonly color: boolean;
  /**
   * Columns at which sentences are broken; curl lines never are, so that they can be copied.
   *
   * @default 100
   */
  readonly width?: number;
}

/** Of one check; twenty callbacks that all fail alike need not be read twenty times. */
const mostMismatches = 10;

/** Columns of a histogram's bar that holds everything. */
const longestBar = 40;

type Colors = ReturnType<typeof createColors>;

/** The summary for a person: what failed and how to fix it, what could not be judged and why, the verdict last. */
export function renderTerminal(report: Report, { color, width = 100 }: TerminalOptions): string {
  const shown = withoutEvidence(report);
  const page: Page = { report: shown, colors: createColors(color), width };
  const sections = [
    header(page),
    causes(page),
    ...levels.map((level) => failures(page, level)),
    reasons(page, "error", (count) => `ERROR: ${count}, not charged to the receiver`),
    reasons(page, "not-run", (count) => `NOT RUN: ${count}`),
    reasons(page, "skipped", (count) => `SKIPPED: ${count}`),
    latencies(page),
    remarks(page),
    completeness(page),
    levelTable(page),
    clauses(page),
    conclusion(page),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/**
 * The same for a log that is to be short: whom it is about, what fails the gate or keeps it open, the verdict and the
 * gate.
 */
export function renderQuietly(report: Report, { color }: Pick<TerminalOptions, "color">): string {
  const shown = withoutEvidence(report);
  const page: Page = { report: shown, colors: createColors(color), width: Infinity };
  const { checks, notes, target } = shown;
  const standing = (wanted: Standing): ReportCheck[] => checks.filter((check) => standingOf(check, shown) === wanted);
  const open = checks.filter(
    (check) => isGated(check, shown) && (check.outcome === "not-run" || check.outcome === "error"),
  );
  const lines = [
    target.kind === "embedded" ? `receiver: the embedded one, ${target.url}` : `receiver: ${target.url}`,
    // What turns the gate red although no check failed.
    ...notes.filter((note) => decidesGate.test(note)),
    ...standing("failed-gate").map((check) => page.colors.red(`failed: ${check.id}${firstMismatch(check)}`)),
    ...groupByText(open, ({ reason }) => [reason ?? "no reason given"]).map((group) =>
      page.colors.yellow(`not judged: ${group.checks.map(({ id }) => id).join(", ")}: ${group.text}`),
    ),
    ...conclusion(page),
  ];
  return `${lines.join("\n")}\n`;
}

function firstMismatch({ mismatches }: ReportCheck): string {
  const [first] = mismatches;
  return first === undefined ? "" : `: ${mismatchLine(first)}`;
}

export interface Page {
  readonly report: Report;
  readonly colors: Colors;
  readonly width: number;
}

/** The attempts are for the files; every other string has its control characters written out. */
export function withoutEvidence(report: Report): Report {
  const told = toldApart(report);
  const checks = told.checks.map((check) => ({ ...check, attempts: [] }));
  return harmless({ ...told, checks }) as Report;
}

/** The same of one check. */
export const shownIn = (check: ReportCheck): ReportCheck => harmless({ ...check, attempts: [] }) as ReportCheck;

function harmless(value: unknown): unknown {
  if (typeof value === "string") return showControlCharacters(value);
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, harmless(member)]));
}

function header({ report, colors }: Page): string[] {
  const { harness, target, seed, durationMs } = report;
  const facts = [seconds(durationMs), `seed ${seed}`, ...(target.local ? ["local target"] : [])];
  return [colors.bold(`${harness.name} ${harness.version}: ${target.url}`), colors.dim(facts.join(", "))];
}

/** How long answers took, for the checks that measure it, with a bar for each bucket. */
function latencies({ report, colors }: Page): string[] {
  const measured = report.checks.flatMap((check) => (check.latencies ? [[check.id, check.latencies] as const] : []));
  if (measured.length === 0) return [];
  const lines = measured.flatMap(([id, { count, p50Ms, p95Ms, p99Ms, maxMs, histogram }]) => [
    `  ${id}: ${count} answers, p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms`,
    ...histogram.map(({ upToMs, count: inBucket }) => {
      const bar = "#".repeat(Math.ceil((inBucket / count) * longestBar));
      return colors.dim(
        `    up to ${String(upToMs).padStart(6)} ms  ${String(inBucket).padStart(5)}  ${bar}`.trimEnd(),
      );
    }),
  ]);
  return [colors.bold("LATENCIES"), ...lines];
}

/** What is behind the failures, before the failures: whoever mends them reads no further. */
function causes({ report, colors, width }: Page): string[] {
  const { causes: all = [] } = report;
  if (all.length === 0) return [];
  const lines = all.flatMap((cause, index) => {
    const { says, fix } = cause;
    const explained = explainedBy(cause, report);
    const members = membersOf({ text: says, checks: explained });
    return [
      ...wrap(`${index + 1}. ${capitalized(says)}`, width, "  ", "     ").map(colors.bold),
      ...wrap(`${counted(explained.length, "check")}: ${members}`, width, "     ", "       ").map(colors.dim),
      ...wrap(`fix: ${fix}`, width, "     ", "       ").map(colors.yellow),
    ];
  });
  const title = `${counted(all.length, "CAUSE", "CAUSES")} of ${explainedText(report)}`;
  return [colors.bold(colors.red(title)), ...lines];
}

function failures(page: Page, level: ReportLevel): string[] {
  const { report, colors } = page;
  const failed = report.checks.filter((check) => check.outcome === "failed" && check.level === level);
  if (failed.length === 0) return [];
  const gated = report.gate.levels.includes(level) ? "" : ", not gated";
  const title = colors.bold(colors.red(`FAILED, ${level}: ${failed.length}${gated}`));
  return [title, ...failed.flatMap((check) => ["", ...failure(page, check)])];
}

function failure({ colors, width }: Page, check: ReportCheck): string[] {
  const labelled = (label: string, text: string): string[] => wrap(`${label}: ${text}`, width, "    ", "      ");
  const basis = check.clause === null ? check.source : `clause ${check.clause}`;
  const lines = [
    `  ${colors.red("✗")} ${colors.bold(check.id)}`,
    ...wrap(basis === null ? check.title : `${check.title} (${basis})`, width, "    ", "    ").map(colors.dim),
    ...check.mismatches
      .slice(0, mostMismatches)
      .flatMap((mismatch) => wrap(mismatchLine(mismatch), width, "    ", "      ")),
  ];
  const unshown = check.mismatches.length - mostMismatches;
  if (unshown > 0) lines.push(`    and ${unshown} more, in the report`);
  if (check.hint !== null) lines.push(...labelled("hint", check.hint).map(colors.yellow));
  lines.push(...check.notes.flatMap((note) => labelled("note", note)));
  if (check.isNew === true) lines.push(`    ${newText(check)}`);
  if (check.knownFailure !== undefined) lines.push(...labelled("known failure", check.knownFailure));
  if (check.reproduce !== null) lines.push(`    ${copyableCurl(check.reproduce) ?? tooLong(check.reproduce)}`);
  return lines;
}

function reasons({ report, colors, width }: Page, outcome: Outcome, title: (count: number) => string): string[] {
  const checks = report.checks.filter((check) => check.outcome === outcome);
  if (checks.length === 0) return [];
  const groups = groupByText(checks, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]);
  return [
    colors.bold(title(checks.length)),
    ...groups.flatMap((group) => [
      ...wrap(`${group.checks.length} × ${group.text}`, width, "  ", "      "),
      ...wrap(membersOf(group), width, "      ", "      ").map(colors.dim),
    ]),
  ];
}

/** Notes on checks that passed, and those on the whole run. */
function remarks({ report, colors, width }: Page): string[] {
  const passed = report.checks.filter(({ outcome }) => outcome === "passed");
  const stale = passed.filter(({ knownFailure }) => knownFailure !== undefined);
  const lines = [
    ...report.notes.flatMap((note) => wrap(note, width, "  ", "  ")),
    ...stale.flatMap(({ id }) =>
      wrap(`${id} passed, but is listed as a known failure: take it off.`, width, "  ", "    "),
    ),
    ...groupByText(passed, ({ notes }) => notes).flatMap((group) => [
      ...wrap(group.text, width, "  ", "  "),
      ...wrap(membersOf(group), width, "      ", "      ").map(colors.dim),
    ]),
  ];
  return lines.length === 0 ? [] : [colors.bold("NOTES"), ...lines];
}

function levelTable({ report, colors }: Page): string[] {
  const row = (name: string, cells: readonly (string | number)[]): string =>
    name.padEnd(12) + cells.map((cell) => String(cell).padStart(9)).join("");
  return [
    colors.dim(row("", ["passed", "failed", "skipped", "not run", "error"])),
    ...levels.map((level) => {
      const { passed, failed, skipped, notRun, error } = report.summary[level];
      return row(level, [passed, failed, skipped, notRun, error]);
    }),
  ];
}

function clauses({ report, colors, width }: Page): string[] {
  const idsOf = (status: ClauseStatus): string[] =>
    report.clauses.filter((clause) => clause.status === status).map(({ id }) => id);
  const violated = idsOf("violated");
  const counts = `${idsOf("verified").length} verified, ${violated.length} violated, ${idsOf("not-verified").length} not verified`;
  const named =
    violated.length === 0 ? [] : wrap(`violated: ${violated.join(", ")}`, width, "  ", "    ").map(colors.red);
  const notes = report.clauses.flatMap(({ id, note }) =>
    note === undefined ? [] : wrap(`${id} ${note}`, width, "  ", "    "),
  );
  return [`clauses: ${counts}`, ...named, ...notes.map(colors.dim)];
}

function completeness({ report, width }: Page): string[] {
  const about = aboutText(report);
  return [
    ...(about === null ? [] : wrap(`about: ${about}`, width, "", "  ")),
    ...wrap(`report: ${completenessText(report)}`, width, "", "  "),
  ];
}

/** The table of exit codes as a person needs it; the command line keeps to the same one. */
const exitCodes: Readonly<Record<number, string>> = {
  0: "the gate passed",
  1: "the gate failed",
  2: "usage or configuration error",
  3: "inconclusive: a gated check could not be judged, or none was",
  70: "internal error of the harness",
  130: "interrupted",
};

export function conclusion({ report, colors, width }: Page): string[] {
  const { verdict, verdictLine, gate } = report;
  const added = newChecksText(report);
  const paint = { conformant: colors.green, "non-conformant": colors.red, inconclusive: colors.yellow }[verdict];
  const meaning = exitCodes[gate.exitCode];
  const code = meaning === undefined ? `exit code ${gate.exitCode}` : `exit code ${gate.exitCode} (${meaning})`;
  return [
    ...wrap(`verdict: ${verdictLine}`, width, "", "  ").map((line) => colors.bold(paint(line))),
    `gate: ${gate.outcome} on ${gate.levels.join(", ")}${added === null ? "" : `, ${added}`}; ${code}`,
  ];
}
