import { expect, it } from "vitest";
import { renderLog } from "./log.js";
import { reportOf } from "./report.test.kit.js";

it("counts what failed, and what is noted, where a long run has left no line for it", () => {
  const gate = { outcome: "passed", levels: ["required"], exitCode: 0 } as const;
  const failed = { outcome: "failed", knownFailure: "mended soon" } as const;
  const report = reportOf(
    { "a/x": "passed", "b/y": failed, "b/z": failed },
    { verdict: "conformant", gate, notes: ["The rest was not looked at.", "Nor was this."] },
  );
  const log = renderLog(report, { color: false, lines: -3 });
  expect(log).toMatch(/and 2 more failed: .*b\/y/);
  expect(log).toContain("and 2 more notes, in the report");
  expect(log).toContain("gate: passed");
});
