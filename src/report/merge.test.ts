import { describe, expect, it } from "vitest";
import { mergeReports } from "./merge.js";
import type { Outcome } from "./model.js";
import { notSelected, reportOf } from "./report.test.kit.js";
import { missingShardsNote } from "./shards.js";

const first = { startedAt: "2026-01-01T00:00:00.000Z", seed: "one", nonce: "1a", durationMs: 100 };
const second = { startedAt: "2026-01-02T00:00:00.000Z", seed: "two", nonce: "2b", durationMs: 50 };

it("takes each check from the report in which it was selected", () => {
  const merged = mergeReports([
    reportOf({ "a/x": "passed", "a/y": notSelected }, first),
    reportOf({ "a/x": notSelected, "a/y": "failed" }, second),
  ]);
  expect(merged.checks.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["a/x", "passed"],
    ["a/y", "failed"],
  ]);
  expect(merged).toMatchObject({ startedAt: first.startedAt, seed: "one, two", durationMs: 150 });
  expect(merged.notes).toEqual([
    "Merged from 2 reports: 2026-01-01T00:00:00.000Z (seed one), 2026-01-02T00:00:00.000Z (seed two).",
  ]);
});

describe("of two outcomes of one check", () => {
  const outcomeOf = (one: Outcome, two: Outcome) =>
    mergeReports([reportOf({ "a/x": one }, first), reportOf({ "a/x": two }, second)]);

  it.each([
    ["passed", "failed", "failed"],
    ["failed", "passed", "passed"],
  ] as const)("%s, then %s: the later one counts, and a note says so", (one, two, counts) => {
    const merged = outcomeOf(one, two);
    expect(merged.checks[0]?.outcome).toBe(counts);
    expect(merged.notes).toContain(
      `a/x: ${one} in the run of ${first.startedAt}, ${two} in that of ${second.startedAt}; the later one counts.`,
    );
  });

  it.each([
    ["passed", "not-run", "passed"],
    ["not-run", "failed", "failed"],
    ["failed", "error", "failed"],
    ["error", "skipped", "error"],
    ["skipped", "not-run", "not-run"],
  ] as const)("%s, then %s: the one that judged it counts", (one, two, counts) => {
    const merged = outcomeOf(one, two);
    expect(merged.checks[0]?.outcome).toBe(counts);
    expect(merged.notes).toHaveLength(1);
  });

  it("does not depend on the order in which the reports are given", () => {
    const parts = [reportOf({ "a/x": "failed" }, first), reportOf({ "a/x": "passed" }, second)] as const;
    expect(mergeReports([parts[1], parts[0]])).toEqual(mergeReports(parts as never));
  });
});

describe("a run counts once", () => {
  const parts = [
    reportOf({ "a/x": "passed", "a/y": notSelected }, first),
    reportOf({ "a/y": "failed" }, second),
  ] as const;

  it("where a job that was started again hands in the same report again", () => {
    expect(mergeReports([...parts, structuredClone(parts[0])])).toEqual(mergeReports(parts));
  });

  it("where what was merged before comes again with its parts", () => {
    const merged = { ...parts[1], ...mergeReports(parts) };
    expect(mergeReports([merged, ...parts])).toEqual(merged);
  });

  it("where its journal tells less than its report", () => {
    const killed = reportOf({ "a/x": "not-run" }, first);
    expect(mergeReports([killed, parts[0]]).checks).toEqual(parts[0].checks);
  });
});

it("no longer says what was missing of an earlier merge, nor of what that was", () => {
  const lacking = missingShardsNote(["Shard 1 of 2: 8 checks are its part of what was selected."]);
  const early = reportOf(
    { "a/x": "passed" },
    { ...first, notes: [lacking!, "Merged from 2 reports: these.", "Kept."] },
  );
  const { notes } = mergeReports([early, reportOf({ "a/y": "passed" }, second)]);
  expect(notes).toEqual([expect.stringMatching(/^Merged from 2 reports: 2026/), "Kept."]);
});

it("knows what either of them knew of the receiver, and gates what either gated", () => {
  const { target, gate } = reportOf({});
  const merged = mergeReports([
    reportOf({}, { ...first, target: { ...target, local: true, capabilities: ["effects"] } }),
    reportOf({}, { ...second, gate: { ...gate, levels: ["required", "recommended"] } }),
  ]);
  expect(merged.target).toMatchObject({
    local: false,
    capabilities: ["effects", "credentials"],
    headers: ["X-Api-Key"],
  });
  expect(merged.gate.levels).toEqual(["required", "recommended"]);
});

it("leaves a single report as it is", () => {
  const report = reportOf({ "a/x": "passed" });
  expect(mergeReports([report])).toEqual(report);
});
