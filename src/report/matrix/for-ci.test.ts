import { describe, expect, it } from "vitest";
import { mismatch, reportOf } from "../report.test.kit.js";
import { renderMatrixCtrf, renderMatrixJUnit } from "./for-ci.js";
import { matrixBuilder } from "./matrix.js";

const passed = { outcome: "passed", levels: ["required"], exitCode: 0 } as const;
const failed = { outcome: "failed", levels: ["required"], exitCode: 1 } as const;

function matrix() {
  const builder = matrixBuilder();
  builder.add(reportOf({ "a/x": "passed", "a/y": "skipped" }, { gate: passed }), { name: "good", files: {} });
  const bad = reportOf({ "a/x": { outcome: "failed", mismatches: [mismatch] }, "a/y": "passed" }, { gate: failed });
  builder.add(bad, { name: "bad", files: {} });
  const listed = { outcome: "failed", knownFailure: "until May", mismatches: [mismatch] } as const;
  builder.add(reportOf({ "a/x": listed, "a/y": "passed" }, { gate: passed }), { name: "known", files: {} });
  builder.addUnrun({ name: "away", url: "unknown", reason: "it was not to be had", exitCode: 3 });
  const harness = { name: "webhook-conformance", version: "0.1.0" };
  const facts = { harness, startedAt: "2026-01-02T03:04:05.678Z", durationMs: 1000, notes: [] };
  return builder.build(facts, ["good", "bad", "known", "away"]);
}

describe("many receivers for a CI server", () => {
  it("in JUnit have a suite each, and a failure where their gate fails alone", () => {
    const xml = renderMatrixJUnit(matrix());
    expect(xml.match(/<testsuite name="(\w+)"/g)).toEqual(
      ["good", "bad", "known", "away"].map((name) => `<testsuite name="${name}"`),
    );
    expect(xml).toContain('<failure message="callback 1: expected a 2XX, got 503" type="required">');
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml).toContain('<testcase name="a/x" classname="known.a"');
  });

  it("in JUnit are not green where one was not run", () => {
    expect(renderMatrixJUnit(matrix())).toContain('<error message="it was not to be had" type="gate">');
  });

  it("in CTRF have a test for each receiver and check, in the suite of the receiver", () => {
    const { results } = JSON.parse(renderMatrixCtrf(matrix())) as {
      readonly results: {
        readonly summary: object;
        readonly environment: object;
        readonly tests: readonly {
          readonly name: string;
          readonly suite: readonly string[];
          readonly status: string;
        }[];
      };
    };
    expect(results.summary).toMatchObject({ tests: 8, passed: 3, failed: 2, skipped: 1, pending: 2 });
    expect(results.environment).toMatchObject({ healthy: false });
    expect(results.tests.find(({ suite, name }) => suite[0] === "bad" && name === "a/x")?.status).toBe("failed");
  });
});
