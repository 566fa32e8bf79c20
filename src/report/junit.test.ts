import { expect, test } from "vitest";
import { renderJUnit } from "./junit.js";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const lines = (report: Report): string[] => renderJUnit(report).split("\n");
const caseOf = (xml: string, id: string): string =>
  new RegExp(`<testcase name="${id}"[^>]*?(?:/>|>[\\s\\S]*?</testcase>)`).exec(xml)?.[0] ?? "";

function onlyCheck(changes: Partial<ReportCheck>): Report {
  const report = sampleReport();
  const [first] = report.checks;
  return { ...report, checks: first === undefined ? [] : [{ ...first, ...changes }] };
}

test("the counts are those of the cases", () => {
  const xml = lines(sampleReport());
  expect(xml[1]).toBe('<testsuites name="webhook-conformance" tests="21" failures="1" errors="3" time="4.321">');
  expect(xml[2]).toBe(
    '  <testsuite name="acknowledgement" tests="2" failures="1" errors="0" skipped="1" time="7.434" timestamp="2026-01-02T03:04:05.678Z">',
  );
});

test("each suite says what the run came to", () => {
  expect(lines(sampleReport()).slice(3, 10)).toEqual([
    "    <properties>",
    '      <property name="verdict" value="non-conformant"/>',
    '      <property name="gate" value="failed"/>',
    '      <property name="seed" value="42"/>',
    '      <property name="harness" value="webhook-conformance 0.1.0"/>',
    '      <property name="target" value="https://hooks.example/callback"/>',
    "    </properties>",
  ]);
});

test("a failed check of a gated level is a failure with everything needed to fix it", () => {
  const xml = caseOf(renderJUnit(sampleReport()), "acknowledgement/acknowledges-with-2xx");
  expect(xml.split("\n")).toEqual([
    '<testcase name="acknowledgement/acknowledges-with-2xx" classname="acknowledgement" time="1.234">',
    '      <failure message="attempt 1 at 00:00:00: expected a 2XX, got a reset connection (and 1 more)" type="required">' +
      "Acknowledges the documented callback with a 2XX",
    "attempt 1 at 00:00:00: expected a 2XX, got a reset connection",
    "attempt 3 at 00:03:00: expected a 2XX, got 503",
    "hint: A 503 comes from a proxy or an overloaded server: look there before the handler.",
    "clause: response/2xx",
    expect.stringMatching(/^reproduce: ID=\$\(openssl rand -hex 13\); curl .*<\/failure>$/),
    "    </testcase>",
  ]);
});

test.each([
  [
    "acknowledgement/acknowledges-quickly",
    "failed, not gated: attempt 1 at 00:00:00: expected an answer within 5 s, got 6.2 s",
  ],
  ["sample/not-selected", "skipped, Not selected."],
  ["sample/not-observable", "skipped, not observable: Effects are not observable: declare a probe with --probe-url."],
  [
    "sample/baseline-not-acknowledged",
    "not run, baseline not acknowledged: The baseline callback was not acknowledged.",
  ],
])("%s is skipped and says why", (id, message) => {
  expect(caseOf(renderJUnit(sampleReport()), id)).toContain(`<skipped message="${message}"/>`);
});

test("a fault of the harness is an error", () => {
  expect(caseOf(renderJUnit(sampleReport()), "sample/harness-error")).toContain(
    '<error message="TypeError in the check itself: this is a fault of the harness." type="harness-error">',
  );
});

test("a passed check is an empty case", () => {
  expect(caseOf(renderJUnit(sampleReport()), "payload/accepts-unknown-fields")).toBe(
    '<testcase name="payload/accepts-unknown-fields" classname="payload" time="0.012"/>',
  );
});

test("what is gated decides what is a failure", () => {
  const report = sampleReport();
  const xml = lines({ ...report, gate: { ...report.gate, levels: ["required", "recommended", "hardening"] } });
  expect(xml[1]).toContain('tests="21" failures="3" errors="3"');
});

test("a known failure is skipped, and one that passes is a failure", () => {
  expect(renderJUnit(onlyCheck({ knownFailure: "until the proxy is replaced" }))).toContain(
    '<skipped message="failed, known (until the proxy is replaced): attempt 1',
  );
  expect(renderJUnit(onlyCheck({ knownFailure: "old", outcome: "passed", mismatches: [] }))).toContain(
    '<failure message="passed, but listed as a known failure (old): take it off the list" type="known-failure">',
  );
});

test("what passed only when it was repeated is a flaky failure of a test that passed", () => {
  const note = "It failed at first, and passed when it was repeated alone.";
  const xml = renderJUnit(onlyCheck({ outcome: "passed", mismatches: [], notes: [note] }));
  expect(xml).toContain(`<flakyFailure message="${note}" type="flaky"/>`);
  expect(xml).toContain('failures="0"');
});

test("what a hostile receiver sends cannot break the XML", () => {
  const actual = "]]>\u0000\u001b[2J<x a='1' b=\"2\">&\ud83d\uffff\r\n😀";
  const xml = renderJUnit(onlyCheck({ mismatches: [{ expected: "x", actual, where: "" }] }));
  expect(xml).toContain(
    `message="expected x, got ]]&gt;\ufffd\ufffd[2J&lt;x a='1' b=&quot;2&quot;&gt;&amp;\ufffd\ufffd&#13;&#10;😀"`,
  );
  expect(xml).toContain(`\nexpected x, got ]]&gt;\ufffd\ufffd[2J&lt;x a='1' b="2"&gt;&amp;\ufffd\ufffd&#13;\n😀\nhint`);
});

test("a run without checks is still a document", () => {
  expect(renderJUnit({ ...sampleReport(), checks: [] })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<testsuites name="webhook-conformance" tests="0" failures="0" errors="0" time="4.321">\n</testsuites>\n',
  );
});

test("a curl line that is too long for a table of test results is left to report.json", () => {
  const xml = renderJUnit(onlyCheck({ reproduce: `curl ${"x".repeat(20_000)}` }));
  expect(xml).toContain("\nreproduce: the curl line is 20005 bytes long, see report.json</failure>");
});
