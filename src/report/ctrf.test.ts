import { isCTRFReport, validate, type CTRFReport } from "ctrf";
import { expect, test } from "vitest";
import { renderCtrf } from "./ctrf.js";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const read = (report: Report): CTRFReport => JSON.parse(renderCtrf(report)) as CTRFReport;

function firstTest(changes: Partial<ReportCheck>): CTRFReport["results"]["tests"][number] | undefined {
  const report = sampleReport();
  const checks = report.checks.map((check, index) => (index === 0 ? { ...check, ...changes } : check));
  return read({ ...report, checks }).results.tests[0];
}

test.each<[string, Report]>([
  ["every outcome and reason", sampleReport()],
  ["no checks", { ...sampleReport(), checks: [] }],
  ["times that are no whole milliseconds", { ...sampleReport(), durationMs: 12.5 }],
])("keeps to the format's schema: %s", (_, report) => {
  expect(validate(JSON.parse(renderCtrf(report)))).toEqual({ valid: true, errors: [] });
  expect(isCTRFReport(read(report))).toBe(true);
});

test("the summary counts the tests, and times the run", () => {
  const { summary, tests } = read(sampleReport()).results;
  expect(summary).toMatchObject({ tests: 21, passed: 2, failed: 3, skipped: 4, pending: 9, other: 3, suites: 5 });
  expect(summary).toMatchObject({ start: Date.UTC(2026, 0, 2, 3, 4, 5, 678), duration: 4321 });
  expect(summary.stop - summary.start).toBe(4321);
  expect(tests).toHaveLength(summary.tests);
});

test("verdict and gate are told beside the summary", () => {
  const { summary, environment } = read(sampleReport()).results;
  expect(summary.extra).toMatchObject({ verdict: "non-conformant", gate: { outcome: "failed", exitCode: 1 } });
  expect(environment).toMatchObject({ appName: "https://hooks.example/callback", healthy: false });
});

test("a failed check says everything needed to fix it", () => {
  expect(firstTest({})).toEqual({
    testId: "acknowledgement/acknowledges-with-2xx",
    name: "acknowledgement/acknowledges-with-2xx",
    status: "failed",
    rawStatus: "failed",
    duration: 1234,
    suite: ["acknowledgement"],
    type: "conformance",
    tags: ["required"],
    labels: {
      title: "Acknowledges the documented callback with a 2XX",
      level: "required",
      gated: true,
      clause: "response/2xx",
    },
    message: "attempt 1 at 00:00:00: expected a 2XX, got a reset connection (and 1 more)",
    trace: expect.stringMatching(/^Acknowledges .*\n[\s\S]*hint: A 503 .*\nclause: response\/2xx\nreproduce: ID=/),
  });
});

test.each<[Partial<ReportCheck>, string, string]>([
  [{ level: "recommended" }, "failed", "not gated: attempt 1"],
  [{ knownFailure: "until May" }, "skipped", "known failure (until May): attempt 1"],
  [{ outcome: "passed", knownFailure: "old" }, "passed", "passed, but listed as a known failure (old)"],
  [{ outcome: "not-run", reasonCode: "unreachable", reason: "Refused." }, "pending", "Refused."],
  [{ outcome: "error", reasonCode: "harness-error", reason: "TypeError." }, "other", "TypeError."],
])("%j is %s, and says %j", (changes, status, message) => {
  expect(firstTest(changes)).toMatchObject({ status, message: expect.stringContaining(message) });
});
