import { expect, it } from "vitest";
import type { Report, ReportCheck } from "../../report/model.js";
import type { Suite } from "../../runner/check.js";
import { judgedWith, updatedKnownFailures } from "./known-failures-file.js";

const suites = [
  { id: "a", title: "", checks: ["a/one", "a/two", "a/three"].map((id) => ({ id, level: "required" })) },
] as unknown as readonly Suite[];

const reportOf = (outcomes: Readonly<Record<string, ReportCheck["outcome"]>>): Report => {
  const mismatches = [{ expected: "a 2XX", actual: "503", where: "callback 1" }];
  const checks = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome, level: "required", mismatches }));
  return { checks, notes: [], gate: { outcome: "failed", levels: ["required"], exitCode: 1 } } as unknown as Report;
};

it("lists what failed, with what was seen", () => {
  expect(
    updatedKnownFailures([], reportOf({ "a/one": "failed", "a/two": "passed", "a/three": "failed" }), suites),
  ).toEqual([
    { check: "a/one", reason: "to be explained: expected a 2XX, got 503" },
    { check: "a/three", reason: "to be explained: expected a 2XX, got 503" },
  ]);
});

it("keeps a reason, and a pattern that still holds", () => {
  const known = [{ check: "a/*", reason: "ours" }];
  const report = reportOf({ "a/one": "failed", "a/two": "not-run", "a/three": "failed" });
  expect(updatedKnownFailures(known, report, suites)).toEqual(known);
});

it("splits a pattern that no longer holds, under its reason", () => {
  const report = reportOf({ "a/one": "failed", "a/two": "passed", "a/three": "not-run" });
  expect(updatedKnownFailures([{ check: "a/*", reason: "ours" }], report, suites)).toEqual([
    { check: "a/one", reason: "ours" },
  ]);
});

it("takes off what passes and what there is not", () => {
  const known = [
    { check: "a/two", reason: "was slow" },
    { check: "b/gone", reason: "x" },
  ];
  expect(updatedKnownFailures(known, reportOf({ "a/one": "passed", "a/two": "passed" }), suites)).toEqual([]);
});

it("judges the run by the new list", () => {
  const report = judgedWith(
    [{ check: "a/one", reason: "ours" }],
    reportOf({ "a/one": "failed", "a/two": "passed" }),
    suites,
  );
  expect(report.gate).toEqual({ outcome: "passed", levels: ["required"], exitCode: 0 });
  expect(report.checks.map(({ knownFailure }) => knownFailure)).toEqual(["ours", undefined]);
});
