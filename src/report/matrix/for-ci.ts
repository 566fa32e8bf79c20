import { junitDocument, type JUnitCase } from "../junit.js";
import { ctrfDocument, statuses } from "../ctrf.js";
import type { Matrix, MatrixTarget } from "./matrix.js";
import { summaryLine } from "./rows.js";

/** `junit.xml` of many receivers: a suite a receiver, so that a CI server shows which of them fails, and at what. */
export const renderMatrixJUnit = ({ harness, durationMs, startedAt, targets, checks }: Matrix): string =>
  junitDocument(
    harness.name,
    durationMs,
    targets.map((target) => ({
      name: target.name,
      timestamp: startedAt,
      properties: {
        verdict: target.verdict,
        gate: target.gate.outcome,
        harness: `${harness.name} ${harness.version}`,
        target: target.url,
      },
      cases: casesOf(target, checks),
    })),
  );

function casesOf(target: MatrixTarget, checks: Matrix["checks"]): readonly JUnitCase[] {
  const { name, failed = [], details = {}, outcomes, gate } = target;
  const cases = checks.flatMap(({ id, suite, level }): readonly JUnitCase[] => {
    const outcome = outcomes[id];
    if (outcome === undefined) return [];
    const detail = details[id] ?? (outcome === "failed" ? "failed" : outcome.replaceAll("-", " "));
    const own = { id, suite: `${name}.${suite}`, durationMs: 0 };
    if (failed.includes(id))
      return [{ ...own, result: { kind: "failure", message: detail, type: level, text: detail } }];
    if (outcome === "error")
      return [{ ...own, result: { kind: "error", message: detail, type: "error", text: detail } }];
    if (outcome === "passed") return [{ ...own, result: { kind: "passed" } }];
    const message =
      outcome === "failed" ? `failed, not gated or known: ${detail}` : `${outcome.replaceAll("-", " ")}: ${detail}`;
    return [{ ...own, result: { kind: "skipped", message } }];
  });
  // A CI server must not be green where the exit code is not: a list that is out of date, a receiver that was not run.
  if (gate.exitCode === 0 || failed.length > 0) return cases;
  const message = target.remark ?? target.verdictLine;
  const kind = gate.outcome === "failed" ? "failure" : "error";
  return [...cases, { id: "gate", suite: name, durationMs: 0, result: { kind, message, type: "gate", text: message } }];
}

/** `ctrf-report.json` of many receivers: one test a receiver and check, in the suite of the receiver. */
export function renderMatrixCtrf(matrix: Matrix): string {
  const { harness, startedAt, durationMs, targets, checks, gate, notes, summary } = matrix;
  const tests = targets.flatMap(({ name, outcomes, details = {}, failed = [] }) =>
    checks.flatMap(({ id, suite, level }) => {
      const outcome = outcomes[id];
      if (outcome === undefined) return [];
      const message = details[id];
      return [
        {
          name: id,
          status: statuses[outcome],
          ...(statuses[outcome] !== outcome && { rawStatus: outcome }),
          duration: 0,
          suite: [name, suite],
          tags: [level],
          ...(failed.includes(id) && { labels: { failsGate: true } }),
          ...(message !== undefined && { message }),
        },
      ];
    }),
  );
  return ctrfDocument(
    {
      harness,
      startedAt,
      durationMs,
      tests,
      summary: { gate, receivers: summary },
      environment: { reportName: summaryLine(matrix), healthy: gate.outcome === "passed", extra: { notes } },
    },
    0,
  );
}
