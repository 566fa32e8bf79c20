import { describe, expect, it } from "vitest";
import { diffReports } from "./diff.js";
import { concluded, renderDiffMarkdown, renderDiffTerminal } from "./diff-text.js";
import { joinContracts } from "./join-contracts.js";
import type { Outcome, Report, ReportContract } from "./model.js";
import { mismatch, notSelected, reportOf } from "./report.test.kit.js";

const outcomes = ["passed", "failed", "skipped", "not-run", "error", "absent"] as const;
const told: Readonly<Record<string, string>> = {
  "passed failed": "broke",
  "passed not-run": "lost",
  "passed error": "lost",
  "failed not-run": "lost",
  "failed error": "lost",
  "failed failed": "still-failing",
  "failed passed": "mended",
  "passed skipped": "gone",
  "passed absent": "gone",
  "failed skipped": "gone",
  "failed absent": "gone",
};

const reportWith = (outcome: Outcome | "absent") => reportOf(outcome === "absent" ? {} : { "payload/x": outcome });

describe("what became of a check", () => {
  const pairs = outcomes.flatMap((old) => outcomes.map((now) => [old, now] as const));
  it.each(pairs)("%s, then %s", (old, now) => {
    const isNew = (now === "passed" || now === "failed") && old !== "passed" && old !== "failed";
    const expected = told[`${old} ${now}`] ?? (isNew ? "new" : undefined);
    expect(diffReports(reportWith(old), reportWith(now)).checks[0]?.change).toBe(expected);
  });
});

describe("the outcome of a comparison", () => {
  it("is that something broke only where what passed fails", () => {
    expect(diffReports(reportWith("passed"), reportWith("failed")).outcome).toBe("broke");
    expect(diffReports(reportWith("failed"), reportWith("failed")).outcome).toBe("nothing-broke");
  });

  it("is unknown where nothing was judged in both", () => {
    for (const other of ["not-run", "error", "skipped", "absent"] as const) {
      for (const judged of ["passed", "failed", "skipped"] as const) {
        expect(diffReports(reportWith(other), reportWith(judged)).outcome).toBe("inconclusive");
        expect(diffReports(reportWith(judged), reportWith(other)).outcome).toBe("inconclusive");
      }
    }
    const two = reportOf({ "payload/x": "passed", "payload/y": "passed" });
    expect(diffReports(two, reportWith("passed")).outcome).toBe("nothing-broke");
    expect(concluded(diffReports(reportOf({}), two))).toMatch(/^no check was judged in both reports/);
  });

  it("is unknown where what passed could not be judged again", () => {
    expect(diffReports(reportWith("passed"), reportWith("not-run")).outcome).toBe("inconclusive");
  });

  it("counts every check once", () => {
    const old = reportOf({ "a/one": "passed", "a/two": "passed", "a/three": "failed", "a/four": notSelected });
    const now = reportOf({ "a/one": "failed", "a/two": "passed", "a/three": "passed", "a/five": "passed" });
    const { counts } = diffReports(old, now);
    expect(counts).toEqual({ broke: 1, lost: 0, "still-failing": 0, new: 1, mended: 1, gone: 0, unchanged: 2 });
  });
});

describe("a check under another contract", () => {
  const under = (id: string, outcome: Outcome): Report => {
    const report = reportWith(outcome);
    return { ...report, contract: { ...report.contract, id } as ReportContract };
  };

  it("is another check", () => {
    const { checks, outcome } = diffReports(under("batch", "passed"), under("document", "failed"));
    expect(checks.map(({ id, change }) => [id, change])).toEqual([
      ["document:payload/x", "new"],
      ["batch:payload/x", "gone"],
    ]);
    // Nothing in one can be compared with anything in the other.
    expect(outcome).toBe("inconclusive");
  });

  it("is the same as in a report of that one alone", () => {
    const both = joinContracts([under("batch", "failed"), under("document", "passed")]);
    const diff = diffReports(both, under("document", "failed"));
    expect(diff.checks.map(({ id, change }) => [id, change])).toEqual([
      ["document:payload/x", "broke"],
      ["batch:payload/x", "gone"],
    ]);
    expect(diff.outcome).toBe("broke");
    expect(diffReports(under("document", "passed"), under("document", "failed")).checks[0]?.id).toBe("payload/x");
  });
});

it("knows a check that was renamed", () => {
  const diff = diffReports(reportOf({ "a/old": "passed" }), reportOf({ "a/new": "failed" }), (id) =>
    id === "a/old" ? "a/new" : id,
  );
  expect(diff.checks.map(({ id, change }) => [id, change])).toEqual([["a/new", "broke"]]);
});

describe("told to a person", () => {
  const old = reportOf({ "a/mended": "failed", "a/broken": "passed", "a/same": "passed" });
  const now = reportOf({
    "a/mended": "passed",
    "a/broken": { outcome: "failed", mismatches: [{ ...mismatch, actual: "503 \u001b[31m|<b>" }] },
    "a/same": "passed",
  });

  it("has what is urgent first and the conclusion last, and obeys no control character", () => {
    const text = renderDiffTerminal(diffReports(old, now), { color: false });
    expect(text).toMatchInlineSnapshot(`
      "BROKE: 1, passed, and fails now
        a/broken (required, passed → failed)
          callback 1: expected a 2XX, got 503 \\x1b[31m|<b>

      MENDED: 1, failed, and passes now
        a/mended (required, failed → passed)

      old: 2026-01-02T03:04:05.678Z  https://hooks.example/callback  non-conformant, webhook-conformance 0.1.0
      new: 2026-01-02T03:04:05.678Z  https://hooks.example/callback  non-conformant, webhook-conformance 0.1.0
      1 broke; 0 lost, 0 still failing, 0 new, 1 mended, 0 gone, 1 unchanged
      "
    `);
  });

  it("is a table in Markdown, in which what a receiver sent is only text", () => {
    const text = renderDiffMarkdown(diffReports(old, now));
    expect(text).toContain("| broke | `a/broken` | required | passed → failed |");
    expect(text).toContain("\\|<b>`");
  });

  it("says that the two are of different receivers", () => {
    const other = reportOf({}, { target: { ...now.target, url: "https://other.example/" } });
    expect(renderDiffTerminal(diffReports(old, other), { color: false })).toContain("of different receivers");
  });
});
