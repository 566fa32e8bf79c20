import { expect, it } from "vitest";
import { diffReports } from "../diff.js";
import { reportOf } from "../report.test.kit.js";
import { matrixDiff, renderMatrixDiffMarkdown, renderMatrixDiffTerminal } from "./diff.js";

const good = reportOf({ "a/x": "passed" });
const bad = reportOf({ "a/x": "failed" });
const same = { name: "one", diff: diffReports(good, good) };
const broken = { name: "two", diff: diffReports(good, bad) };

it.each([
  [[same], [], "nothing-broke"],
  [[same, broken], [], "broke"],
  [[same], ["three"], "inconclusive"],
  [[], [], "inconclusive"],
] as const)("the worst of the receivers decides, and one that is gone leaves it open", (receivers, gone, outcome) => {
  expect(matrixDiff(receivers, gone, []).outcome).toBe(outcome);
});

it("tells what became of each receiver that changed, and counts the others", () => {
  const diff = matrixDiff([same, broken], ["three"], ["four"]);
  const text = renderMatrixDiffTerminal(diff, { color: false, width: 100 });
  expect(text).toMatch(/^two\nBROKE: 1, /);
  expect(text).toContain(
    "1 receiver is as before\nno report any more of three\nnew: four\n2 receivers: something broke\n",
  );
  expect(renderMatrixDiffMarkdown(diff)).toContain("## two: ");
});
