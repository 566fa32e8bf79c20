import { describe, expect, it } from "vitest";
import { mismatch, notSelected, reportOf } from "../../report/report.test.kit.js";
import { silenceNote } from "../../report/silent-observer.js";
import { rejudged } from "./report-rejudged.js";

const gate = { outcome: "passed", levels: ["required"], exitCode: 0 } as const;
const judge = (report: ReturnType<typeof reportOf>) => rejudged(report, report.checks);

describe("a report whose checks were put together", () => {
  it.each([
    [{ "a/x": "passed", "a/y": notSelected }, "conformant", 0],
    [{ "a/x": "passed", "a/y": "failed" }, "non-conformant", 1],
    [{ "a/x": "passed", "a/y": "not-run" }, "inconclusive", 3],
    [{ "a/x": notSelected }, "inconclusive", 3],
  ] as const)("of %j is %s, exit code %d", (checks, verdict, exitCode) => {
    const report = judge(reportOf(checks, { gate }));
    expect(report.verdict).toBe(verdict);
    expect(report.gate.exitCode).toBe(exitCode);
    expect(report.verdictLine).toContain(verdict);
  });

  it("stays inconclusive where the observer of the run was silent", () => {
    const note = silenceNote(
      "the probe URL says 0 for each acknowledged callback, 30 seconds later: either the probe or the receiver is broken",
      "Look.",
    );
    const report = judge(reportOf({ "a/x": "passed" }, { gate, notes: [note] }));
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
    expect(report.verdictLine).toContain("The probe URL says 0 for each acknowledged callback");
  });

  it("excuses a failure that is listed, and is red for one that passes", () => {
    const listed = { knownFailure: "being mended" };
    const failing = judge(reportOf({ "a/x": { outcome: "failed", mismatches: [mismatch], ...listed } }, { gate }));
    expect(failing.gate.outcome).toBe("passed");
    const passing = judge(reportOf({ "a/x": { outcome: "passed", ...listed } }, { gate }));
    expect(passing.gate.outcome).toBe("failed");
    expect(passing.notes).toEqual(['known failure "a/x" is out of date: a/x passes, so remove it from the list']);
  });

  it("stays red for a list with an entry that matches nothing, and drops what does not hold any more", () => {
    const unmatched = 'known failure "b/*" matches no check: correct or remove it';
    const outdated = 'known failure "a/*" is out of date: a/x passes, so remove it from the list';
    const report = judge(reportOf({ "a/x": "failed" }, { gate, notes: ["a remark", unmatched, outdated] }));
    expect(report.notes).toEqual(["a remark", unmatched]);
    expect(report.gate.outcome).toBe("failed");
    expect(judge(reportOf({ "a/x": "passed" }, { gate, notes: [unmatched] })).gate.exitCode).toBe(1);
  });
});
