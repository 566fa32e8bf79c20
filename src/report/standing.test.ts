import { expect, test } from "vitest";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";
import { standingOf, unmatchedKnownFailures, type Standing } from "./standing.js";

const report = sampleReport();
const [check] = report.checks as [ReportCheck];

test.each<[Partial<ReportCheck>, Standing]>([
  [{ outcome: "passed" }, "passed"],
  [{ outcome: "passed", knownFailure: "old" }, "passed-though-listed"],
  [{ outcome: "passed", knownFailure: "" }, "passed-though-listed"],
  [{ outcome: "failed", level: "required" }, "failed-gate"],
  [{ outcome: "failed", level: "recommended" }, "failed-ungated"],
  [{ outcome: "failed", level: "required", knownFailure: "old" }, "failed-known"],
  [{ outcome: "failed", level: "hardening", knownFailure: "old" }, "failed-known"],
  [{ outcome: "skipped", knownFailure: "old" }, "skipped"],
  [{ outcome: "not-run" }, "not-run"],
  [{ outcome: "error" }, "error"],
])("%j, where required checks are gated: %s", (changes, standing) => {
  expect(standingOf({ ...check, ...changes }, { gate: { ...report.gate, levels: ["required"] } })).toBe(standing);
});

const stale = 'known failure "retry/*" matches no check: correct or remove it';
const notes = [stale, 'known failure "a" is out of date: a/b passes, so remove it from the list', "matches no check"];

test("entries of the list that match no check are found among the notes", () => {
  expect(unmatchedKnownFailures({ ...report, notes })).toEqual([stale]);
});

test.each<Report["gate"]["outcome"]>(["passed", "inconclusive"])("a gate that %s was not failed by them", (outcome) => {
  expect(unmatchedKnownFailures({ ...report, notes, gate: { ...report.gate, outcome } })).toEqual([]);
});
