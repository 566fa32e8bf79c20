import { F as unmatchedKnownFailures, N as listedThoughPassed, P as standingOf, U as jsonText, b as detailsOf, x as mismatchSummary } from "./reports-TZriK1mR.js";
// src/report/ctrf.ts
const specVersion = "0.0.0";
const statuses = {
	passed: "passed",
	failed: "failed",
	skipped: "skipped",
	"not-run": "pending",
	error: "other"
};
function renderCtrf(report) {
	const { harness, target, gate, verdict, verdictLine, checks, seed, nonce } = report;
	const start = epochMs(report.startedAt);
	const count = (outcome) => checks.filter((check) => check.outcome === outcome).length;
	const document = {
		reportFormat: "CTRF",
		specVersion,
		generatedBy: `${harness.name} ${harness.version}`,
		results: {
			tool: {
				name: harness.name,
				version: harness.version
			},
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
				extra: {
					verdict,
					verdictLine,
					gate,
					levels: report.summary
				}
			},
			tests: checks.map((check) => testOf(check, report)),
			environment: {
				reportName: `${report.contract.name}: ${verdict}`,
				appName: target.url,
				healthy: gate.outcome === "passed",
				extra: {
					seed,
					nonce,
					notes: report.notes,
					unmatchedKnownFailures: unmatchedKnownFailures(report)
				}
			}
		}
	};
	return `${jsonText(document)}\n`;
}
function testOf(check, report) {
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
			gated: report.gate.levels.includes(level),
			...clause !== null && { clause },
			...source !== null && { source },
			...reasonCode !== null && { reason: reasonCode },
			...knownFailure !== void 0 && { knownFailure }
		},
		...message !== null && { message },
		...outcome === "failed" && { trace: detailsOf(check) }
	};
}
function messageOf(check, report) {
	const { knownFailure = "" } = check;
	switch (standingOf(check, report)) {
		case "passed": return null;
		case "passed-though-listed": return listedThoughPassed(knownFailure);
		case "failed-known": return `known failure (${knownFailure}): ${mismatchSummary(check)}`;
		case "failed-ungated": return `not gated: ${mismatchSummary(check)}`;
		case "failed-gate": return mismatchSummary(check);
		case "skipped":
		case "not-run":
		case "error": return check.reason;
	}
}
function epochMs(iso) {
	return Date.parse(iso);
}
export { renderCtrf };

//# sourceMappingURL=ctrf-C8lBT1L4.js.map