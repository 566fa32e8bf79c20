import type { Report, ReportCheck } from "../../report/model.js";
import { redactCheck, redactReport } from "../../report/redact-report.js";
import type { CheckEnd } from "../../runner/check-record.js";
import { gatedLevels } from "../../runner/verdict.js";
import { staleEntries, knownFailureOf } from "../../runner/known-failures.js";
import { reportCheck } from "../../runner/report-check.js";
import { originOf } from "../../runner/origin.js";
import type { Target } from "../../runner/target.js";
import { rejudged } from "./report-rejudged.js";

const nothing = { durationMs: 0, record: null } as const;
const interrupted: CheckEnd = {
  ...nothing,
  outcome: "not-run",
  reasonCode: "interrupted",
  reason: "the run was ended before this check was",
};
const notSelected: CheckEnd = {
  ...nothing,
  outcome: "skipped",
  reasonCode: "not-selected",
  reason: "not selected by the filters",
};

/** The report of a run that was ended before any check was; what has ended takes the place of its checks. */
export function reportOutline(target: Target, startedAt: string): Report {
  const { suites, selected, knownFailures, contract } = target;
  const checks = suites.flatMap((suite) =>
    suite.checks.map((check): ReportCheck => {
      const end = selected.has(check.id) ? interrupted : notSelected;
      const knownFailure = knownFailureOf(knownFailures, check);
      return reportCheck({ check, suite: suite.id, end, target, baseline: null, knownFailure }).through(
        target.redactor,
        redactCheck,
      );
    }),
  );
  const catalogue = suites.flatMap((suite) => suite.checks);
  const outline: Omit<Report, "verdict" | "verdictLine" | "summary"> = {
    ...originOf(target),
    startedAt,
    durationMs: 0,
    notes: [...target.notes, ...staleEntries(knownFailures, catalogue, new Map(), target.asOf)],
    gate: {
      outcome: "inconclusive",
      levels: gatedLevels(target.failOn),
      exitCode: 0,
      ...(target.asOf !== null && { asOf: target.asOf }),
    },
    clauses: contract.clauses.map(({ id, section, statement }) => ({
      id,
      section,
      statement,
      status: "not-verified",
      checks: [],
    })),
    checks,
  };
  return redactReport(rejudged(outline, checks), target.redactor);
}
