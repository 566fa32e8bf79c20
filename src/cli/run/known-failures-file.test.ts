import { expect, it } from "vitest";
import type { Report, ReportCheck } from "../../report/model.js";
import type { Suite } from "../../runner/check.js";
import type { KnownFailure } from "../../runner/known-failures.js";
import { judgedWith, updatedKnownFailures } from "./known-failures-file.js";

const suites = [
  { id: "a", title: "", checks: ["a/one", "a/two", "a/three"].map((id) => ({ id, level: "required" })) },
] as unknown as readonly Suite[];

const reportOf = (outcomes: Readonly<Record<string, ReportCheck["outcome"]>>): Report => {
  const mismatches = [{ expected: "a 2XX", actual: "503", where: "callback 1" }];
  const checks = Object.entries(outcomes).map(([id, outcome]) => ({ id, outcome, level: "required", mismatches }));
  return { checks, notes: [], gate: { outcome: "failed", levels: ["required"], exitCode: 1 } } as unknown as Report;
};

const updated = (known: readonly KnownFailure[], report: Report): readonly KnownFailure[] =>
  updatedKnownFailures(known, [{ report, suites, saying: known }]);

it("lists what failed, with what was seen", () => {
  expect(updated([], reportOf({ "a/one": "failed", "a/two": "passed", "a/three": "failed" }))).toEqual([
    { check: "a/one", reason: "to be explained: expected a 2XX, got 503" },
    { check: "a/three", reason: "to be explained: expected a 2XX, got 503" },
  ]);
});

it("keeps a reason, and a pattern that still holds", () => {
  const known = [{ check: "a/*", reason: "ours" }];
  const report = reportOf({ "a/one": "failed", "a/two": "not-run", "a/three": "failed" });
  expect(updated(known, report)).toEqual(known);
});

it("splits a pattern that no longer holds, under its reason", () => {
  const report = reportOf({ "a/one": "failed", "a/two": "passed", "a/three": "not-run" });
  expect(updated([{ check: "a/*", reason: "ours" }], report)).toEqual([{ check: "a/one", reason: "ours" }]);
});

it("takes off what passes and what there is not", () => {
  const known = [
    { check: "a/two", reason: "was slow" },
    { check: "b/gone", reason: "x" },
  ];
  expect(updated(known, reportOf({ "a/one": "passed", "a/two": "passed" }))).toEqual([]);
});

it("judges the run by the new list", () => {
  const report = judgedWith([{ check: "a/one", reason: "ours" }], {
    report: reportOf({ "a/one": "failed", "a/two": "passed" }),
    suites,
  });
  expect(report.gate).toEqual({ outcome: "passed", levels: ["required"], exitCode: 0 });
  expect(report.checks.map(({ knownFailure }) => knownFailure)).toEqual(["ours", undefined]);
});

it("says of several contracts which one each failure is of, and leaves alone what is of another", () => {
  const under = (id: string, outcomes: Parameters<typeof reportOf>[0]): Report => ({
    ...reportOf(outcomes),
    contract: { id, name: id, documentUrl: "", decisions: [] },
  });
  const known = [
    { check: "a/one", reason: "in both" },
    { check: "a/two", reason: "in one of them" },
    { check: "a/three", contract: "signed", reason: "not looked at" },
  ];
  const runs = [
    under("batch", { "a/one": "failed", "a/two": "failed", "a/three": "passed" }),
    under("document", { "a/one": "failed", "a/two": "passed", "a/three": "failed" }),
  ].map((report) => ({ report, suites, saying: known.slice(0, 2) }));
  expect(updatedKnownFailures(known, runs)).toEqual([
    known[0],
    known[2],
    { check: "a/two", contract: "batch", reason: "in one of them" },
    { check: "a/three", contract: "document", reason: "to be explained: expected a 2XX, got 503" },
  ]);
});
