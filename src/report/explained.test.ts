import { expect, it } from "vitest";
import { explainedBy, explainedText } from "./explained.js";
import type { Report, ReportCheck } from "./model.js";

const reported = (checks: Record<string, string>, ...ids: readonly string[]): Report =>
  ({
    causes: [{ id: "one", says: "it is so", fix: "Mend it.", checks: ids }],
    checks: Object.entries(checks).map(([id, outcome]) => ({ id, outcome }) as ReportCheck),
  }) as unknown as Report;

it.each([
  ["2 failed checks", { a: "failed", b: "failed", c: "not-run" }, ["a", "b"]],
  ["1 failed check", { a: "failed" }, ["a"]],
  ["1 failed check and 2 not run", { a: "failed", b: "not-run", c: "not-run", d: "not-run" }, ["a", "b", "c"]],
  ["1 check not run", { a: "passed", b: "not-run" }, ["b"]],
  ["2 checks not run", { a: "not-run", b: "not-run" }, ["a", "b"]],
] as const)("%s: that is what causes are behind", (says, checks, ids) => {
  const report = reported(checks, ...ids);
  expect(explainedText(report)).toBe(says);
  const [cause] = report.causes ?? [];
  expect(cause && explainedBy(cause, report).map(({ id }) => id)).toEqual(ids);
});
