import { jsonText } from "./json-text.js";
import { detailsOf, mismatchSummary } from "./check-details.js";
import type { Outcome, Report, ReportCheck } from "./model.js";
import { isFlaky, isGated, listedThoughPassed, newText, standingOf, unmatchedKnownFailures } from "./standing.js";
import { contractsIn, toldApart } from "./contracts.js";

/** Of the Common Test Report Format (https://ctrf.io). */
const specVersion = "0.0.0";

/** CTRF has a status for each outcome. What the gate makes of it is said beside it, in labels and message. */
export const statuses: Readonly<Record<Outcome, string>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  "not-run": "pending",
  error: "other",
};

/** `ctrf-report.json`: one test a check, with its outcome as status; `healthy` says whether the gate passed. */
export function renderCtrf(report: Report): string {
  const { harness, target, gate, verdict, verdictLine, seed, nonce } = report;
  return ctrfDocument({
    harness,
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    tests: toldApart(report).checks.map((check) => testOf(check, report)),
    summary: { verdict, verdictLine, gate, levels: report.summary },
    environment: {
      reportName: `${contractsIn(report)
        .map(({ name }) => name)
        .join(", ")}: ${verdict}`,
      appName: target.url,
      healthy: gate.outcome === "passed",
      extra: { seed, nonce, notes: report.notes, unmatchedKnownFailures: unmatchedKnownFailures(report) },
    },
  });
}

/** A test as CTRF has it, whatever else stands in it. */
export interface CtrfTest {
  readonly name: string;
  readonly status: string;
  readonly suite: readonly string[];
  readonly flaky?: boolean;
}

interface CtrfFacts extends Pick<Report, "harness" | "startedAt" | "durationMs"> {
  readonly tests: readonly CtrfTest[];
  readonly summary: object;
  readonly environment: object;
}

/** Every count follows from the tests. */
export function ctrfDocument(facts: CtrfFacts, indent = 2): string {
  const { harness, startedAt, durationMs, tests, summary, environment } = facts;
  const start = epochMs(startedAt);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const document = {
    reportFormat: "CTRF",
    specVersion,
    generatedBy: `${harness.name} ${harness.version}`,
    results: {
      tool: { name: harness.name, version: harness.version },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("pending"),
        other: count("other"),
        flaky: tests.filter(({ flaky }) => flaky === true).length,
        suites: new Set(tests.map(({ suite }) => suite.join("/"))).size,
        start,
        stop: start + Math.round(durationMs),
        duration: Math.round(durationMs),
        extra: summary,
      },
      tests,
      environment,
    },
  };
  return `${jsonText(document, indent)}\n`;
}

/** Of a check that was repeated once, alone. */
const repeated = /^It (failed|met \d{3}) at first, and passed/m;

function testOf(check: ReportCheck, report: Report) {
  const { id, suite, title, level, clause, source, outcome, reasonCode, knownFailure } = check;
  const message = messageOf(check, report);
  return {
    testId: id,
    name: id,
    // Accepted failures turn nothing red, as the expected failures of other tools.
    status: standingOf(check, report) === "failed-known" ? "skipped" : statuses[outcome],
    rawStatus: standingOf(check, report) === "failed-known" ? "xfail" : outcome,
    ...(isFlaky(check) && { flaky: true }),
    ...(repeated.test(check.notes.join("\n")) && { retries: 1 }),
    duration: Math.round(check.durationMs),
    suite: [suite],
    type: "conformance",
    tags: [level],
    labels: {
      title,
      level,
      gated: isGated(check, report),
      ...(clause !== null && { clause }),
      ...(source !== null && { source }),
      ...(reasonCode !== null && { reason: reasonCode }),
      ...(knownFailure !== undefined && { knownFailure }),
    },
    ...(message !== null && { message }),
    ...(outcome === "failed" && { trace: detailsOf(check) }),
  };
}

function messageOf(check: ReportCheck, report: Report): string | null {
  const { knownFailure = "" } = check;
  switch (standingOf(check, report)) {
    case "passed":
      return null;
    case "passed-though-listed":
      return listedThoughPassed(knownFailure);
    case "failed-known":
      return `known failure (${knownFailure}): ${mismatchSummary(check)}`;
    case "failed-ungated":
      return `not gated: ${mismatchSummary(check)}`;
    case "failed-new":
      return `${newText(check)}: ${mismatchSummary(check)}`;
    case "failed-gate":
      return mismatchSummary(check);
    case "skipped":
    case "not-run":
    case "error":
      return check.reason;
  }
}

/** Milliseconds since the Unix epoch. */
function epochMs(iso: string): number {
  // oxlint-disable-next-line no-restricted-globals -- a time that the report states, not the time it is
  return Date.parse(iso);
}
