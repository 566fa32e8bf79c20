import { expect, test } from "vitest";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";
import { renderTerminal } from "./terminal.js";

const linesOf = (report: Report, width?: number): string[] =>
  renderTerminal(report, width === undefined ? { color: false } : { color: false, width }).split("\n");

const check = (changes: Partial<ReportCheck>): ReportCheck => {
  const [first] = sampleReport().checks;
  if (first === undefined) throw new Error("the sample has no checks");
  return { ...first, ...changes };
};
const withChecks = (...checks: ReportCheck[]): Report => ({ ...sampleReport(), checks });

test("a failure says expected, actual and where, then how to fix and repeat it", () => {
  const lines = linesOf(sampleReport());
  const start = lines.indexOf("FAILED, required: 1");
  expect(lines.slice(start, start + 7)).toEqual([
    "FAILED, required: 1",
    "",
    "  ✗ acknowledgement/acknowledges-with-2xx",
    "    Acknowledges the documented callback with a 2XX (clause response/2xx)",
    "    attempt 1 at 00:00:00: expected a 2XX, got a reset connection",
    "    attempt 3 at 00:03:00: expected a 2XX, got 503",
    "    hint: A 503 comes from a proxy or an overloaded server: look there before the handler.",
  ]);
  expect(lines[start + 7]).toMatch(/^ {4}ID=\$\(openssl rand -hex 13\); curl -i --http1\.1 -X POST 'https:/);
});

test("failures come first, by level, and say which are not gated", () => {
  const titles = linesOf(sampleReport()).filter((line) => /^[A-Z]{3}/.test(line));
  expect(titles).toEqual([
    "FAILED, required: 1",
    "FAILED, recommended: 1, not gated",
    "FAILED, hardening: 1, not gated",
    "ERROR: 3, not charged to the receiver",
    "NOT RUN: 9",
    "SKIPPED: 4",
    "LATENCIES",
    "NOTES",
  ]);
});

test("a dead receiver is one paragraph", () => {
  const checks = Array.from({ length: 60 }, (_, index) =>
    check({
      id: `${index < 40 ? "payload" : "retries"}/check-${index}`,
      suite: index < 40 ? "payload" : "retries",
      outcome: "not-run",
      reasonCode: "unreachable",
      reason: "The receiver refused the connection.",
    }),
  );
  const lines = linesOf(withChecks(...checks));
  const start = lines.indexOf("NOT RUN: 60");
  expect(lines.slice(start, start + 4)).toEqual([
    "NOT RUN: 60",
    "  60 × The receiver refused the connection.",
    "      payload 40, retries 20",
    "",
  ]);
});

test("the levels, the clauses, the verdict and the gate close the page", () => {
  expect(linesOf(sampleReport(), 200).slice(-11)).toEqual([
    "               passed   failed  skipped  not run    error",
    "required            1        1        2        7        1",
    "recommended         1        1        2        0        0",
    "hardening           0        1        0        0        0",
    "",
    "clauses: 1 verified, 2 violated, 18 not verified",
    "  violated: response/2xx, practice/answer-fast",
    "",
    "verdict: non-conformant: 1 of 2 required checks that ran failed; of 21 clauses 1 was verified, 2 violated, 1 not observable",
    "gate: failed on required; exit code 1 (the gate failed)",
    "",
  ]);
});

test.each([
  [0, "passed", "exit code 0 (the gate passed)"],
  [3, "inconclusive", "exit code 3 (inconclusive: a gated check could not be judged, or none was)"],
  [130, "inconclusive", "exit code 130 (interrupted)"],
] as const)("exit code %d is put into words", (exitCode, outcome, words) => {
  const report = { ...sampleReport(), gate: { outcome, exitCode, levels: ["required", "recommended"] as const } };
  expect(linesOf(report).at(-2)).toBe(`gate: ${outcome} on required, recommended; ${words}`);
});

test("notes of checks that passed are shown once", () => {
  const note = "The waits were skipped.";
  const passed = ["a", "b", "c", "d"].map((name) =>
    check({ id: `retries/${name}`, suite: "retries", outcome: "passed", notes: [note] }),
  );
  const lines = linesOf({ ...withChecks(...passed), notes: [] });
  const start = lines.indexOf("NOTES");
  expect(lines.slice(start, start + 3)).toEqual(["NOTES", `  ${note}`, "      retries 4"]);
});

test("a long list of mismatches is cut short", () => {
  const mismatches = Array.from({ length: 20 }, (_, index) => ({
    expected: "a 2XX",
    actual: "500",
    where: `callback ${index + 1}`,
  }));
  const lines = linesOf(withChecks(check({ mismatches })));
  expect(lines).toContain("    callback 10: expected a 2XX, got 500");
  expect(lines).not.toContain("    callback 11: expected a 2XX, got 500");
  expect(lines).toContain("    and 10 more, in the report");
});

test("sentences are broken at the width, curl lines are not", () => {
  const lines = linesOf(
    withChecks(check({ hint: "one two three four five", reproduce: `curl ${"x ".repeat(40)}` })),
    24,
  );
  const start = lines.indexOf("    hint: one two three");
  expect(lines.slice(start, start + 3)).toEqual([
    "    hint: one two three",
    "      four five",
    `    curl ${"x ".repeat(40)}`,
  ]);
});

test("escapes of a hostile receiver are shown, not obeyed", () => {
  const hostile = "\u001b]0;owned\u0007\u001b[2J\r\n\u202e";
  const text = renderTerminal(
    {
      ...withChecks(
        check({ mismatches: [{ expected: "x", actual: hostile, where: hostile }], hint: hostile, reproduce: hostile }),
        check({ outcome: "not-run", reason: hostile }),
        check({ outcome: "passed", notes: [hostile] }),
      ),
      verdictLine: hostile,
      notes: [hostile],
    },
    { color: false },
  );
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  expect(text).toContain("got \\x1b]0;owned\\x07\\x1b[2J\\r\\n\\u202e");
});

test("colour only where it is asked for", () => {
  expect(renderTerminal(sampleReport(), { color: true })).toContain("\u001b[31m✗\u001b[39m");
  expect(renderTerminal(sampleReport(), { color: false })).not.toContain("\u001b");
});

test("latencies are shown with percentiles and a histogram", () => {
  const text = linesOf(sampleReport());
  const start = text.indexOf("LATENCIES");
  expect(text.slice(start + 1, start + 5)).toEqual([
    expect.stringMatching(/^ {2}\S+: 50 answers, p50 3.1 ms, p95 7.4 ms, p99 9.8 ms, max 9.8 ms$/),
    `    up to      4 ms     38  ${"#".repeat(31)}`,
    `    up to      8 ms     10  ${"#".repeat(8)}`,
    "    up to     16 ms      2  ##",
  ]);
});
