import { describe, expect, it } from "vitest";
import { harness } from "../package-facts.js";
import { renderJUnit } from "../report/junit.js";
import { renderMarkdown } from "../report/markdown.js";
import { reportOf } from "../report/report.test.kit.js";
import { renderQuietly, renderTerminal } from "../report/terminal.js";
import { isNewSince, minorOf, parseAsOf } from "./as-of.js";
import { checkOf } from "./check.test.kit.js";
import { staleEntries } from "./known-failures.js";
import { gateOf } from "./verdict.js";

describe("a check is new", () => {
  it.each([
    ["0.2.0", "0.1", true],
    ["0.2.0", "0.2", false],
    ["0.2.3", "0.2", false],
    ["0.2.3", "0.2.2", true],
    ["0.10.0", "0.9", true],
    ["1.0.0", "0.9", true],
    ["0.9.0", "1", false],
    ["1", "1.0.0", false],
  ])("since %s as of %s: %s", (since, asOf, isNew) => {
    expect(isNewSince(asOf, { since })).toBe(isNew);
  });

  it("as of no version never", () => {
    expect(isNewSince(null, { since: "9.0.0" })).toBe(false);
  });
});

it.each([harness.version, minorOf(harness.version), ` v${harness.version}\n`])(
  "%j is a version to be as of",
  (text) => {
    expect(isNewSince(parseAsOf(text), { since: harness.version })).toBe(false);
  },
);

it("of a version is its first two numbers", () => {
  expect(minorOf("10.21.3")).toBe("10.21");
});

it.each(["", "latest", "0.0.9", "99.0", "0.1.0.0", "x0.1", "0.10000000"])("%j is none", (text) => {
  expect(() => parseAsOf(text)).toThrow(
    expect.objectContaining({
      code: "ERR_AS_OF",
      message: expect.stringMatching(/^--as-of: expected a version from 0\.1\.0 to /),
    }),
  );
});

const required = { level: "required" } as const;
const added = { level: "required", since: "0.2.0", isNew: true } as const;
const failedNew = reportOf({ "a/old": { outcome: "passed", ...required }, "a/new": { outcome: "failed", ...added } });
const gate = gateOf(failedNew.checks, ["required"], { asOf: "0.1" });
const report = { ...failedNew, gate };

describe("a gate as of a version", () => {
  it("passes over what is new, and counts it", () => {
    expect(gate).toEqual({
      outcome: "passed",
      levels: ["required"],
      exitCode: 0,
      asOf: "0.1",
      new: { checks: 1, failed: 1 },
    });
  });

  it("does not rest on what is new alone", () => {
    const only = reportOf({ "a/new": { outcome: "passed", ...added } });
    expect(gateOf(only.checks, ["required"], { asOf: "0.1" }).outcome).toBe("inconclusive");
  });

  it("is not left open by what is new and was not run", () => {
    const open = reportOf({ "a/old": { outcome: "passed", ...required }, "a/new": { outcome: "not-run", ...added } });
    expect(gateOf(open.checks, ["required"], { asOf: "0.1" }).outcome).toBe("passed");
  });

  it("does not call a pattern of the known failures out of date for it", () => {
    const check = checkOf("a/new", { since: "0.2.0" });
    const stale = (asOf: string | null) =>
      staleEntries([{ check: "a/*", reason: "r" }], [check], new Map([["a/new", "passed"]]), asOf);
    expect(stale(null)).toHaveLength(1);
    expect(stale("0.1")).toEqual([]);
  });

  it("says so wherever it is shown", () => {
    const says = "as of 0.1; 1 check is new, not gated (1 failed)";
    expect(renderTerminal(report, { color: false })).toContain(`gate: passed on required, ${says}`);
    expect(renderTerminal(report, { color: false })).toContain("    new since 0.2.0, not gated");
    expect(renderQuietly(report, { color: false })).toContain(says);
    expect(renderMarkdown(report)).toContain("new since 0.2.0, not gated");
    expect(renderJUnit(report)).toContain('<skipped message="failed, new since 0.2.0, not gated: ');
    expect(renderJUnit(report)).not.toContain("<failure");
  });
});
