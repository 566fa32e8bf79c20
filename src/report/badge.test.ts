import { expect, test } from "vitest";
import { renderBadge } from "./badge.js";
import type { Verdict } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";

const report = sampleReport();
const complete = report.checks.filter(({ reasonCode }) => reasonCode !== "not-selected");

test.each<[Verdict, string]>([
  ["conformant", "brightgreen"],
  ["non-conformant", "red"],
  ["inconclusive", "yellow"],
])("%s is %s, in the members that the endpoint badge knows", (verdict, color) => {
  const badge: unknown = JSON.parse(renderBadge({ ...report, verdict, checks: complete }));
  expect(badge).toEqual({ schemaVersion: 1, label: "webhook", message: verdict, color });
});

test("a badge of a filtered run says how much was checked", () => {
  const badge: unknown = JSON.parse(renderBadge({ ...report, verdict: "conformant" }));
  expect(badge).toMatchObject({ message: "conformant (15 of 16 required checks)" });
});

test("filters on other levels say nothing about conformance", () => {
  const checks = complete.map((check) =>
    check.level === "hardening" ? ({ ...check, outcome: "skipped", reasonCode: "not-selected" } as const) : check,
  );
  expect(JSON.parse(renderBadge({ ...report, checks }))).toMatchObject({ message: "non-conformant" });
});
