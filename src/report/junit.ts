import { mismatchLine } from "./mismatch-line.js";
import type { Report, ReportCheck } from "./model.js";
import { xmlAttribute, xmlText } from "./xml-text.js";

/**
 * `junit.xml`, as Jenkins' junit-10.xsd has it: one suite a suite, one case a check. Only what fails the gate is a
 * failure, so that a CI server and the exit code say the same; all else that did not pass is skipped and says why.
 */
export function renderJUnit(report: Report): string {
  const results = report.checks.map((check) => ({ check, result: resultOf(check, report) }));
  const suites = [...new Set(report.checks.map(({ suite }) => suite))];
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  const runTime = { time: seconds(report.durationMs) };
  const { skipped: _, ...totals } = countsOf(results);
  lines.push(`<testsuites${attributes({ name: report.harness.name, ...totals, ...runTime })}>`);
  for (const suite of suites) {
    const cases = results.filter(({ check }) => check.suite === suite);
    const durationMs = cases.reduce((sum, { check }) => sum + check.durationMs, 0);
    const timing = { time: seconds(durationMs), timestamp: report.startedAt };
    lines.push(`  <testsuite${attributes({ name: suite, ...countsOf(cases), ...timing })}>`);
    lines.push("    <properties>");
    for (const [name, value] of Object.entries(propertiesOf(report))) {
      lines.push(`      <property${attributes({ name, value })}/>`);
    }
    lines.push("    </properties>");
    for (const { check, result } of cases) lines.push(...testcase(check, result));
    lines.push("  </testsuite>");
  }
  lines.push("</testsuites>");
  return `${lines.join("\n")}\n`;
}

type Result =
  | { readonly kind: "passed" }
  | { readonly kind: "failure" | "error"; readonly message: string; readonly type: string; readonly text: string }
  | { readonly kind: "skipped"; readonly message: string };

function resultOf(check: ReportCheck, report: Report): Result {
  switch (check.outcome) {
    case "passed":
      return check.knownFailure === undefined ? { kind: "passed" } : staleKnownFailure(check, check.knownFailure);
    case "failed": {
      const summary = mismatchSummary(check);
      if (check.knownFailure !== undefined) {
        return { kind: "skipped", message: `failed, known (${check.knownFailure}): ${summary}` };
      }
      if (!report.gate.levels.includes(check.level))
        return { kind: "skipped", message: `failed, not gated: ${summary}` };
      return { kind: "failure", message: summary, type: check.level, text: detailsOf(check) };
    }
    case "error": {
      const message = check.reason ?? "the harness failed";
      return { kind: "error", message, type: check.reasonCode ?? "harness-error", text: detailsOf(check) };
    }
    case "skipped":
      return { kind: "skipped", message: `skipped${because(check)}` };
    case "not-run":
      return { kind: "skipped", message: `not run${because(check)}` };
  }
}

/** A list of known failures that is out of date fails the gate. */
function staleKnownFailure(check: ReportCheck, reason: string): Result {
  const message = `passed, but listed as a known failure (${reason}): take it off the list`;
  return { kind: "failure", message, type: "known-failure", text: detailsOf(check) };
}

function because({ reasonCode, reason }: ReportCheck): string {
  const code = reasonCode === null ? "" : `, ${reasonCode.replaceAll("-", " ")}`;
  return reason === null ? code : `${code}: ${reason}`;
}

function mismatchSummary({ mismatches }: ReportCheck): string {
  const [first, ...others] = mismatches;
  if (first === undefined) return "failed";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${mismatchLine(first)}${more}`;
}

function detailsOf(check: ReportCheck): string {
  const lines = [check.title, ...check.mismatches.map(mismatchLine)];
  if (check.reason !== null) lines.push(check.reason);
  if (check.hint !== null) lines.push(`hint: ${check.hint}`);
  lines.push(...check.notes.map((note) => `note: ${note}`));
  if (check.clause !== null) lines.push(`clause: ${check.clause}`);
  if (check.source !== null) lines.push(`source: ${check.source}`);
  if (check.reproduce !== null) lines.push(`reproduce: ${check.reproduce}`);
  return lines.join("\n");
}

function testcase(check: ReportCheck, result: Result): string[] {
  const opening = `    <testcase${attributes({ name: check.id, classname: check.suite, time: seconds(check.durationMs) })}`;
  switch (result.kind) {
    case "passed":
      return [`${opening}/>`];
    case "skipped":
      return [`${opening}>`, `      <skipped${attributes({ message: result.message })}/>`, "    </testcase>"];
    case "failure":
    case "error": {
      const { kind, message, type, text } = result;
      return [
        `${opening}>`,
        `      <${kind}${attributes({ message, type })}>${xmlText(text)}</${kind}>`,
        "    </testcase>",
      ];
    }
  }
}

function countsOf(results: readonly { readonly result: Result }[]) {
  const count = (kind: Result["kind"]): string => String(results.filter(({ result }) => result.kind === kind).length);
  return {
    tests: String(results.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

function propertiesOf({ verdict, gate, seed, harness, target }: Report): Record<string, string> {
  return { verdict, gate: gate.outcome, seed, harness: `${harness.name} ${harness.version}`, target: target.url };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`)
    .join("");
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
