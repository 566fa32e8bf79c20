import { copyableCurl, tooLong } from "./check-details.js";
import { seconds } from "../in-words.js";
import { explainedBy, explainedText } from "./explained.js";
import { groupByText } from "./check-groups.js";
import { capText } from "./evidence.js";
import { codeBlock, codeSpan, markdownLink, markdownText } from "./markdown-text.js";
import { levels, type ClauseStatus, type Outcome, type Report, type ReportCheck, type ReportLevel } from "./model.js";
import { aboutText, completenessText } from "./completeness.js";
import { inTheWay } from "./what-to-do.js";
import { listedThoughPassed, newChecksText, newText, standingOf, unmatchedKnownFailures } from "./standing.js";
import { contractOf, contractsIn, toldApart } from "./contracts.js";

export interface MarkdownOptions {
  /**
   * Bytes that the text may take at most; sections that do not fit are left out, which is said. GitHub drops a step
   * summary of more than 1 MiB as a whole.
   *
   * @default 1_000_000
   */
  readonly maxBytes?: number;
}

const signs = { conformant: "✅", "non-conformant": "❌", inconclusive: "⚠️" } as const;

/** Of one check; the rest is in `report.json`. */
const mostMismatches = 10;
const mostBytesOfAText = 2_000;
/** For the sentence that says what was left out. */
const reservedBytes = 300;

/**
 * `report.md`: GitHub-flavoured Markdown, for the summary of a CI step, a comment or a wiki. Whatever came from outside
 * stands in it as plain words or as code, so that it is read and never obeyed.
 */
export function renderMarkdown(made: Report, { maxBytes = 1_000_000 }: MarkdownOptions = {}): string {
  const report = toldApart(made);
  const sections = [
    [...verdict(report), "", ...levelTable(report)].join("\n"),
    ...toDo(report),
    ...causes(report),
    ...levels.flatMap((level) => failures(report, level)),
    ...listed(report),
    ...unjudged(report, "error", "In error, not charged to the receiver"),
    ...unjudged(report, "not-run", "Not run"),
    ...unjudged(report, "skipped", "Skipped"),
    ...latencies(report),
    ...notes(report),
    clauses(report),
  ];
  return fitted(sections, maxBytes);
}

/** The sections in their order, but for those that would be too much. */
function fitted(sections: readonly string[], maxBytes: number): string {
  const kept: string[] = [];
  let left = maxBytes - reservedBytes;
  for (const section of sections) {
    const bytes = Buffer.byteLength(section, "utf8") + 2;
    if (bytes > left) continue;
    left -= bytes;
    kept.push(section);
  }
  const missing = sections.length - kept.length;
  if (missing > 0) {
    kept.push(
      `**Cut:** ${missing} of ${sections.length} sections are not shown, to stay below ${maxBytes} bytes. ` +
        "All of it is in `report.json`.",
    );
  }
  return `${kept.join("\n\n")}\n`;
}

function verdict(report: Report) {
  const { verdict, verdictLine, gate, target, harness, startedAt, durationMs, seed } = report;
  const declared = [
    ...(target.local ? ["local"] : []),
    ...target.capabilities.map(markdownText),
    ...target.headers.map((name) => `header ${codeSpan(name)}`),
  ];
  const added = newChecksText(report);
  const about = aboutText(report);
  return [
    `## ${signs[verdict]} ${markdownText(verdict)}`,
    "",
    `**${shortText(verdictLine)}**`,
    "",
    `- Gate: **${markdownText(gate.outcome)}** on ${gate.levels.map(markdownText).join(", ")}${added === null ? "" : `, ${markdownText(added)}`}; exit code ${gate.exitCode}`,
    `- Receiver: ${codeSpan(capText(target.url, mostBytesOfAText))}${declared.length === 0 ? "" : ` (${declared.join(", ")})`}`,
    `- Checked: ${codeSpan(startedAt)}, in ${seconds(durationMs)}, by ` +
      `${codeSpan(`${harness.name} ${harness.version}`)}, seed ${codeSpan(seed)}`,
    ...(about === null ? [] : [`- About: ${shortText(about)}`]),
    `- This report is ${shortText(completenessText(report))}`,
    ...(report.command === undefined ? [] : [`- Made by: ${codeSpan(capText(report.command, mostBytesOfAText))}`]),
    ...contractsIn(report).map(
      ({ name, documentUrl }) => `- Contract: ${markdownLink(markdownText(name), documentUrl)}`,
    ),
  ];
}

function levelTable({ summary, gate }: Report): string[] {
  const rows = levels.map((level) => {
    const { passed, failed, skipped, notRun, error } = summary[level];
    const gated = gate.levels.includes(level) ? "yes" : "no";
    return [level, passed, failed, skipped, notRun, error, gated];
  });
  const head = ["level", "passed", "failed", "skipped", "not run", "error", "gated"];
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), "|---|--:|--:|--:|--:|--:|---|", ...rows.map(line)];
}

/** Where nothing could be concluded. */
function toDo(report: Report): string[] {
  const all = inTheWay(report);
  if (all.length === 0) return [];
  const lines = all.map(
    (group) =>
      `- ${shortText(group.remedy ?? "See the checks that were not run.")} (${shortText(group.text)}: ${idList(group.checks)})`,
  );
  return [["## What to do", "", ...lines].join("\n")];
}

/** What is behind the failures, before the failures. */
function causes(report: Report): string[] {
  const { causes: all = [] } = report;
  if (all.length === 0) return [];
  const lines = all.map((cause, index) =>
    [
      `${index + 1}. **${shortText(cause.says)}**`,
      `   - **What to do:** ${shortText(cause.fix)}`,
      `   - **Behind:** ${idList(explainedBy(cause, report))}`,
    ].join("\n"),
  );
  return [[`## Causes: ${all.length}, of ${explainedText(report)}`, "", ...lines].join("\n")];
}

function failures(report: Report, level: ReportLevel): string[] {
  const failed = report.checks.filter((check) => check.outcome === "failed" && check.level === level);
  const gated = report.gate.levels.includes(level) ? "" : ", not gated";
  if (failed.length === 0) return [];
  return [`## Failed, ${level}: ${failed.length}${gated}`, ...failed.map((check) => failure(check, report))];
}

function failure(check: ReportCheck, report: Report): string {
  const { mismatches, hint, clause, source, notes, knownFailure, reproduce } = check;
  const found = mismatches
    .slice(0, mostMismatches)
    .map(({ where, expected, actual }) =>
      [
        ...(where === "" ? [] : [oneLine(where)]),
        `  expected: ${oneLine(expected)}`,
        `  got:      ${oneLine(actual)}`,
      ].join("\n"),
    );
  const unshown = mismatches.length - found.length;
  const facts = [
    ...(check.isNew === true ? [`- **Gate:** ${shortText(newText(check))}`] : []),
    ...(knownFailure === undefined ? [] : [`- **Known failure:** ${shortText(knownFailure)}`]),
    ...(hint === null ? [] : [`- **What to do:** ${shortText(hint)}`]),
    ...(clause === null ? [] : [`- **Clause:** ${clauseText(clause, report)}`]),
    ...(source === null ? [] : [`- **Source:** ${shortText(source)}`]),
    ...notes.map((note) => `- **Note:** ${shortText(note)}`),
  ];
  return [
    `### ${codeSpan(check.id)}`,
    `**${shortText(check.title)}**`,
    ...(found.length === 0 ? [] : [codeBlock("text", found.join("\n"))]),
    ...(unshown > 0 ? [`${unshown} more in \`report.json\`.`] : []),
    ...(facts.length === 0 ? [] : [facts.join("\n")]),
    ...(reproduce === null ? [] : [curl(reproduce)]),
  ].join("\n\n");
}

function curl(line: string): string {
  const copyable = copyableCurl(line);
  return copyable === null ? markdownText(tooLong(line)) : codeBlock("sh", copyable);
}

function clauseText(id: string, report: Report): string {
  const clause = report.clauses.find((other) => other.id === id);
  const contract = contractOf(report, clause ?? {});
  const link = contract === null ? codeSpan(id) : markdownLink(codeSpan(id), contract.documentUrl);
  return clause === undefined ? link : `${link} (${shortText(clause.section)}): ${shortText(clause.statement)}`;
}

/** What the list of known failures says of this run, and what is wrong with it. */
function listed(report: Report): string[] {
  const known = report.checks.filter(({ knownFailure }) => knownFailure !== undefined);
  const unmatched = unmatchedKnownFailures(report);
  if (known.length + unmatched.length === 0) return [];
  const lines = known.map((check) => {
    const reason = check.knownFailure ?? "";
    const isStale = standingOf(check, report) === "passed-though-listed";
    return `- ${codeSpan(check.id)} ${shortText(isStale ? listedThoughPassed(reason) : `${check.outcome}: ${reason}`)}`;
  });
  const title = `## Known failures: ${known.length}`;
  return [[title, "", ...lines, ...unmatched.map((note) => `- ${shortText(note)}`)].join("\n")];
}

/** What was not verified, and why, with the ids of the checks. */
function unjudged({ checks }: Report, outcome: Outcome, title: string): string[] {
  const left = checks.filter((check) => check.outcome === outcome);
  if (left.length === 0) return [];
  const groups = groupByText(left, ({ reason, reasonCode }) => [reason ?? reasonCode ?? "no reason given"]);
  const lines = groups.map(
    ({ text, checks: members }) => `- ${members.length} × ${shortText(text)}\n  - ${idList(members)}`,
  );
  return [[`## ${title}: ${left.length}`, "", ...lines].join("\n")];
}

function latencies({ checks }: Report): string[] {
  const lines = checks.flatMap(({ id, latencies }) =>
    latencies === undefined
      ? []
      : [
          `- ${codeSpan(id)}: ${latencies.count} answers, p50 ${latencies.p50Ms} ms, p95 ${latencies.p95Ms} ms, ` +
            `p99 ${latencies.p99Ms} ms, max ${latencies.maxMs} ms`,
        ],
  );
  return lines.length === 0 ? [] : [["## Latencies", "", ...lines].join("\n")];
}

/** On the run, and on checks that passed. */
function notes({ notes, checks }: Report): string[] {
  const passed = checks.filter(({ outcome }) => outcome === "passed");
  const lines = [
    ...notes.map((note) => `- ${shortText(note)}`),
    ...groupByText(passed, (check) => check.notes).map(
      ({ text, checks: members }) => `- ${shortText(text)}\n  - ${idList(members)}`,
    ),
  ];
  return lines.length === 0 ? [] : [["## Notes", "", ...lines].join("\n")];
}

function clauses({ clauses }: Report): string {
  const line = (title: string, status: ClauseStatus): string => {
    const own = clauses.filter((clause) => clause.status === status);
    return `- ${title}: ${own.length}${own.length === 0 ? "" : ` (${idList(own)})`}`;
  };
  return [
    `## Clauses: ${clauses.length}`,
    "",
    line("Violated", "violated"),
    line("Verified", "verified"),
    line("Not verified", "not-verified"),
    ...clauses.flatMap(({ id, note }) => (note === undefined ? [] : [`- ${codeSpan(id)} ${shortText(note)}`])),
  ].join("\n");
}

const idList = (items: readonly { readonly id: string }[]): string => items.map(({ id }) => codeSpan(id)).join(", ");
const shortText = (text: string): string => markdownText(capText(text, mostBytesOfAText));
/** A line end inside a fact is written out, so that one fact is one line of the block. */
const oneLine = (text: string): string =>
  capText(text, mostBytesOfAText).replaceAll("\r", "\\r").replaceAll("\n", "\\n");
