import { detailsOf, mismatchSummary } from "./check-details.js";
import type { Report, ReportCheck } from "./model.js";
import { flakyNote, listedThoughPassed, newText, standingOf, unmatchedKnownFailures } from "./standing.js";
import { xmlAttribute, xmlText } from "./xml-text.js";

/**
 * `junit.xml`, as Jenkins' junit-10.xsd has it: one suite a suite, one case a check. Only what fails the gate is a
 * failure, so that a CI server and the exit code say the same; all else that did not pass is skipped and says why.
 */
export function renderJUnit(report: Report): string {
  const results = [
    ...report.checks.map((check) => ({ ...check, result: resultOf(check, report) })),
    ...unmatchedKnownFailures(report).map(unmatched),
  ];
  const suites = [...new Set(results.map(({ suite }) => suite))].map((name) => ({
    name,
    timestamp: report.startedAt,
    properties: propertiesOf(report),
    cases: results.filter((result) => result.suite === name),
  }));
  return junitDocument(report.harness.name, report.durationMs, suites);
}

export interface JUnitSuite {
  readonly name: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly JUnitCase[];
}

/** @param durationMs of the whole of it. */
export function junitDocument(name: string, durationMs: number, suites: readonly JUnitSuite[]): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  const { skipped: _, ...totals } = countsOf(suites.flatMap(({ cases }) => cases));
  lines.push(`<testsuites${attributes({ name, ...totals, time: seconds(durationMs) })}>`);
  for (const suite of suites) {
    const time = seconds(suite.cases.reduce((sum, each) => sum + each.durationMs, 0));
    const facts = { name: suite.name, ...countsOf(suite.cases), time, timestamp: suite.timestamp };
    lines.push(`  <testsuite${attributes(facts)}>`);
    lines.push("    <properties>");
    for (const [property, value] of Object.entries(suite.properties)) {
      lines.push(`      <property${attributes({ name: property, value })}/>`);
    }
    lines.push("    </properties>");
    for (const each of suite.cases) lines.push(...testcase(each));
    lines.push("  </testsuite>");
  }
  lines.push("</testsuites>");
  return `${lines.join("\n")}\n`;
}

type Result =
  /** With what it met when it failed, before it was repeated; Surefire's word for it, which Jenkins and GitLab know. */
  | { readonly kind: "passed"; readonly flaky?: string }
  | { readonly kind: "failure" | "error"; readonly message: string; readonly type: string; readonly text: string }
  | { readonly kind: "skipped"; readonly message: string; readonly type?: string };

export interface JUnitCase {
  readonly id: string;
  readonly suite: string;
  /** Where the report is of several. */
  readonly contract?: string;
  readonly durationMs: number;
  readonly result: Result;
}

function resultOf(check: ReportCheck, report: Report): Result {
  const { knownFailure = "" } = check;
  switch (standingOf(check, report)) {
    case "passed": {
      const flaky = flakyNote(check);
      return { kind: "passed", ...(flaky !== null && { flaky }) };
    }
    case "passed-though-listed": {
      const message = listedThoughPassed(knownFailure);
      return { kind: "failure", message, type: "known-failure", text: detailsOf(check) };
    }
    case "failed-known":
      return {
        kind: "skipped",
        type: "xfail",
        message: `failed, known (${knownFailure}): ${mismatchSummary(check)}`,
      };
    case "failed-ungated":
      return { kind: "skipped", message: `failed, not gated: ${mismatchSummary(check)}` };
    case "failed-new":
      return { kind: "skipped", message: `failed, ${newText(check)}: ${mismatchSummary(check)}` };
    case "failed-gate":
      return { kind: "failure", message: mismatchSummary(check), type: check.level, text: detailsOf(check) };
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

/** Belongs to no check, but fails the gate: a CI server must not be green where the exit code is red. */
function unmatched(note: string): JUnitCase {
  const result = { kind: "failure", message: note, type: "known-failure", text: note } as const;
  return { id: note, suite: "known-failures", durationMs: 0, result };
}

function because({ reasonCode, reason }: ReportCheck): string {
  const words = reasonCode?.replaceAll("-", " ") ?? "";
  if (reason === null) return words === "" ? "" : `, ${words}`;
  // Many a reason begins with the very words of its code.
  const isSaid = words === "" || reason.toLowerCase().startsWith(words);
  return isSaid ? `, ${reason}` : `, ${words}: ${reason}`;
}

function testcase({ id, suite, contract = suite, durationMs, result }: JUnitCase): string[] {
  const opening = `    <testcase${attributes({ name: id, classname: contract, time: seconds(durationMs) })}`;
  switch (result.kind) {
    case "passed": {
      const { flaky } = result;
      if (flaky === undefined) return [`${opening}/>`];
      const type = "flaky";
      return [`${opening}>`, `      <flakyFailure${attributes({ message: flaky, type })}/>`, "    </testcase>"];
    }
    case "skipped": {
      const { message, type } = result;
      const facts = { message, ...(type !== undefined && { type }) };
      return [`${opening}>`, `      <skipped${attributes(facts)}/>`, "    </testcase>"];
    }
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
