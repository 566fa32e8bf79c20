import { mismatchSummary } from "./check-details.js";
import { showControlCharacters } from "./control-character.js";
import { capText } from "./evidence.js";
import type { Report, ReportCheck } from "./model.js";
import { isGated, listedThoughPassed, newText, standingOf, unmatchedKnownFailures } from "./standing.js";
import { contractOf, toldApart } from "./contracts.js";
import { explainedBy } from "./explained.js";

/** GitHub shows so many errors and so many warnings of a step; more are dropped without a word. */
const mostOfAKind = 10;
/** GitHub shows the beginning of a longer one. */
const mostBytes = 4_000;

type Kind = "error" | "warning";

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * Workflow commands of GitHub Actions, one a line: what fails the gate as errors, what else failed or could not be judged
 * at a gated level as warnings, of failures that are not gated one for each cause. Where there are more of a kind than
 * GitHub shows, the last one names the others.
 * @param most of each kind.
 */
export function githubAnnotations(made: Report, most = mostOfAKind): readonly string[] {
  const report = toldApart(made);
  const together = ungatedByCause(report);
  const joined = new Map(together.map(({ checks, annotation }) => [checks[0], annotation] as const));
  const told = new Set(together.flatMap(({ checks }) => checks));
  const found = [
    ...unmatchedKnownFailures(report).map((note): Annotation => {
      return { kind: "error", title: "known failures", lines: [note] };
    }),
    ...report.checks.flatMap(
      (check) => joined.get(check) ?? (told.has(check) ? [] : annotationOf(check, report)) ?? [],
    ),
  ];
  return (["error", "warning"] as const).flatMap((kind) =>
    capped(
      kind,
      found.filter((annotation) => annotation.kind === kind),
      most,
    ).map(command),
  );
}

/** Several failures that do not decide the gate and have one cause are one thing to look at. */
function ungatedByCause(report: Report) {
  return (report.causes ?? []).flatMap((cause) => {
    const checks = explainedBy(cause, report).filter((check) => standingOf(check, report) === "failed-ungated");
    const [first] = checks;
    if (first === undefined || checks.length === 1) return [];
    const annotation: Annotation = {
      kind: "warning",
      title: `${first.id} and ${checks.length - 1} more (not gated)`,
      lines: [`${cause.says}: ${checks.map(({ id }) => id).join(", ")}`, cause.fix],
    };
    return [{ checks, annotation }];
  });
}

function annotationOf(check: ReportCheck, report: Report): Annotation | null {
  const { id, title, hint, clause, reason, knownFailure = "" } = check;
  const fix = [
    ...(hint === null ? [] : [hint]),
    ...(clause === null
      ? []
      : [`Clause ${clause}, ${contractOf(report, check)?.documentUrl ?? "of which no page is known"}`]),
  ];
  const found = `${title}: ${mismatchSummary(check)}`;
  switch (standingOf(check, report)) {
    case "failed-gate":
      return { kind: "error", title: id, lines: [found, ...fix] };
    case "passed-though-listed":
      return { kind: "error", title: id, lines: [listedThoughPassed(knownFailure)] };
    case "failed-ungated":
      return { kind: "warning", title: `${id} (${check.level}, not gated)`, lines: [found, ...fix] };
    case "failed-new":
      return { kind: "warning", title: `${id} (${newText(check)})`, lines: [found, ...fix] };
    case "failed-known":
      return { kind: "warning", title: `${id} (known failure)`, lines: [knownFailure, found] };
    case "not-run":
    case "error": {
      if (!isGated(check, report)) return null;
      const what = check.outcome === "error" ? "in error, not charged to the receiver" : "not run";
      return { kind: "warning", title: `${id} (${what})`, lines: [reason ?? title] };
    }
    case "passed":
    case "skipped":
      return null;
  }
}

function capped(kind: Kind, annotations: readonly Annotation[], most: number): readonly Annotation[] {
  if (annotations.length <= most) return annotations;
  const shown = annotations.slice(0, most - 1);
  const others = annotations.slice(most - 1).map(({ title }) => title);
  return [...shown, { kind, title: `${others.length} ${shown.length === 0 ? `${kind}s` : "more"}`, lines: others }];
}

function command({ kind, title, lines }: Annotation): string {
  const message = capText(lines.map(showControlCharacters).join("\n"), mostBytes);
  return `::${kind} title=${escapedProperty(showControlCharacters(title))}::${escapedData(message)}`;
}

/** As the runner reads them back: https://github.com/actions/toolkit, packages/core/src/command.ts. */
const escapedData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const escapedProperty = (text: string): string => escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
