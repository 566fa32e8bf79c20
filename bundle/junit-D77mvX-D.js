import { F as unmatchedKnownFailures, N as listedThoughPassed, P as standingOf, b as detailsOf, x as mismatchSummary } from "./reports-TZriK1mR.js";
import { b as showControlCharacters } from "./lab-DQqfHKWn.js";
// src/report/xml-text.ts
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const references = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"	": "&#9;",
	"\n": "&#10;",
	"\r": "&#13;"
};
const hidden = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]+/gu;
const legalAndSeen = (text) => text.replace(illegal, "�").replace(hidden, (characters) => showControlCharacters(characters));
function xmlAttribute(text) {
	return legalAndSeen(text).replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? "");
}
function xmlText(text) {
	return legalAndSeen(text).replace(/[&<>\r]/g, (character) => references[character] ?? "");
}
// src/report/junit.ts
function renderJUnit(report) {
	const results = [...report.checks.map((check) => ({
		...check,
		result: resultOf(check, report)
	})), ...unmatchedKnownFailures(report).map(unmatched)];
	const suites = [...new Set(results.map(({ suite }) => suite))];
	const lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"];
	const runTime = { time: seconds(report.durationMs) };
	const { skipped: _, ...totals } = countsOf(results);
	lines.push(`<testsuites${attributes({
		name: report.harness.name,
		...totals,
		...runTime
	})}>`);
	for (const suite of suites) {
		const cases = results.filter((result) => result.suite === suite);
		const durationMs = cases.reduce((sum, result) => sum + result.durationMs, 0);
		const timing = {
			time: seconds(durationMs),
			timestamp: report.startedAt
		};
		lines.push(`  <testsuite${attributes({
			name: suite,
			...countsOf(cases),
			...timing
		})}>`);
		lines.push("    <properties>");
		for (const [name, value] of Object.entries(propertiesOf(report))) lines.push(`      <property${attributes({
			name,
			value
		})}/>`);
		lines.push("    </properties>");
		for (const result of cases) lines.push(...testcase(result));
		lines.push("  </testsuite>");
	}
	lines.push("</testsuites>");
	return `${lines.join("\n")}\n`;
}
function resultOf(check, report) {
	const { knownFailure = "" } = check;
	switch (standingOf(check, report)) {
		case "passed": return { kind: "passed" };
		case "passed-though-listed": return {
			kind: "failure",
			message: listedThoughPassed(knownFailure),
			type: "known-failure",
			text: detailsOf(check)
		};
		case "failed-known": return {
			kind: "skipped",
			message: `failed, known (${knownFailure}): ${mismatchSummary(check)}`
		};
		case "failed-ungated": return {
			kind: "skipped",
			message: `failed, not gated: ${mismatchSummary(check)}`
		};
		case "failed-gate": return {
			kind: "failure",
			message: mismatchSummary(check),
			type: check.level,
			text: detailsOf(check)
		};
		case "error": return {
			kind: "error",
			message: check.reason ?? "the harness failed",
			type: check.reasonCode ?? "harness-error",
			text: detailsOf(check)
		};
		case "skipped": return {
			kind: "skipped",
			message: `skipped${because(check)}`
		};
		case "not-run": return {
			kind: "skipped",
			message: `not run${because(check)}`
		};
	}
}
function unmatched(note) {
	return {
		id: note,
		suite: "known-failures",
		durationMs: 0,
		result: {
			kind: "failure",
			message: note,
			type: "known-failure",
			text: note
		}
	};
}
function because({ reasonCode, reason }) {
	const words = reasonCode?.replaceAll("-", " ") ?? "";
	if (reason === null) return words === "" ? "" : `, ${words}`;
	return words === "" || reason.toLowerCase().startsWith(words) ? `, ${reason}` : `, ${words}: ${reason}`;
}
function testcase({ id, suite, durationMs, result }) {
	const opening = `    <testcase${attributes({
		name: id,
		classname: suite,
		time: seconds(durationMs)
	})}`;
	switch (result.kind) {
		case "passed": return [`${opening}/>`];
		case "skipped": return [
			`${opening}>`,
			`      <skipped${attributes({ message: result.message })}/>`,
			"    </testcase>"
		];
		case "failure":
		case "error": {
			const { kind, message, type, text } = result;
			return [
				`${opening}>`,
				`      <${kind}${attributes({
					message,
					type
				})}>${xmlText(text)}</${kind}>`,
				"    </testcase>"
			];
		}
	}
}
function countsOf(results) {
	const count = (kind) => String(results.filter(({ result }) => result.kind === kind).length);
	return {
		tests: String(results.length),
		failures: count("failure"),
		errors: count("error"),
		skipped: count("skipped")
	};
}
function propertiesOf({ verdict, gate, seed, harness, target }) {
	return {
		verdict,
		gate: gate.outcome,
		seed,
		harness: `${harness.name} ${harness.version}`,
		target: target.url
	};
}
function attributes(values) {
	return Object.entries(values).map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`).join("");
}
const seconds = (ms) => (ms / 1e3).toFixed(3);
export { renderJUnit };

//# sourceMappingURL=junit-D77mvX-D.js.map