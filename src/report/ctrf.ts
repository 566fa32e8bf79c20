import { jsonText } from "./json-text.js";
import { detailsOf, mismatchSummary } from "./check-details.js";
import type { Outcome, Report, ReportCheck } from "./model.js";
import { isGated, listedThoughPassed, newText, standingOf, unmatchedKnownFailures } from "./standing.js";
import { contractsIn, toldApart } from "./contracts.js";

/** Of the Common Test Report Format (https://ctrf.io). */
const specVersion = "0.0.0";

/** CTRF has a status for each outcome. What the gate makes of it is said beside it, in labels and message. */
const statuses: Readonly<Record<Outcome, string>> = {
  passed: "passed",
  failed: "failed",
  skipped: "skipped",
  "not-run": "pending",
  error: "other",
};

/** `ctrf-report.json`: one test a check, with its outcome as status; `healthy` says whether the gate passed. */
export function renderCtrf(report: Report): string {
  const { harness, target, gate, verdict, verdictLine, checks, seed, nonce } = report;
  const start = epochMs(report.startedAt);
  const count = (outcome: Outcome): number => checks.filter((check) => check.outcome === outcome).length;
  const document = {
    reportFormat: "CTRF",
    specVersion,
    generatedBy: `${harness.name} ${harness.version}`,
    results: {
      tool: { name: harness.name, version: harness.version },
      summary: {
        tests: checks.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("not-run"),
        other: count("error"),
        suites: new Set(checks.map(({ suite }) => suite)).size,
        start,
        stop: start + Math.round(report.durationMs),
        duration: Math.round(report.durationMs),
        extra: { verdict, verdictLine, gate, levels: report.summary },
      },
      tests: toldApart(report).checks.map((check) => testOf(check, report)),
      environment: {
        reportName: `${contractsIn(report)
          .map(({ name }) => name)
          .join(", ")}: ${verdict}`,
        appName: target.url,
        healthy: gate.outcome === "passed",
        extra: { seed, nonce, notes: report.notes, unmatchedKnownFailures: unmatchedKnownFailures(report) },
      },
    },
  };
  return `${jsonText(document)}\n`;
}

function testOf(check: ReportCheck, report: Report) {
  const { id, suite, title, level, clause, source, outcome, reasonCode, knownFailure } = check;
  const message = messageOf(check, report);
  return {
    testId: id,
    name: id,
    status: statuses[outcome],
    rawStatus: outcome,
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
