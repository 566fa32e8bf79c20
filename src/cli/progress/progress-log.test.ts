import { expect, it } from "vitest";
import { virtualClock } from "../../clock/virtual-clock.js";
import type { ReportCheck } from "../../report/model.js";
import { checkIn, mismatch } from "../../report/report.test.kit.js";
import type { RunEvent } from "../../runner/run.js";
import { logProgress } from "./progress-log.js";

function logOf(most?: number) {
  let [log, aside] = ["", ""];
  const clock = virtualClock();
  const progress = logProgress(
    { write: (text: string) => void (log += text) },
    { write: (text: string) => void (aside += text) },
    false,
    most,
    clock,
  );
  return { clock, progress, log: () => log, aside: () => aside };
}

const started: RunEvent = {
  kind: "started",
  checks: 4,
  suites: new Map([
    ["a", 3],
    ["b", 1],
  ]),
};
const ended = (id: string, outcome: ReportCheck["outcome"]): RunEvent => ({
  kind: "check-ended",
  check: { ...checkIn(id, outcome), mismatches: outcome === "failed" ? [mismatch, mismatch] : [], durationMs: 1200 },
});

it("has a line for each suite that has ended, and one for each of its failures", () => {
  const { progress, log, aside } = logOf();
  for (const event of [started, ended("a/x", "passed"), ended("b/w", "skipped"), ended("a/y", "failed")])
    progress.on(event);
  expect(log()).toBe("");
  progress.on(ended("a/z", "error"));
  progress.stop();
  expect(log()).toBe(
    "a: 1 passed, 1 failed, 1 in error (3.6 s)\n  failed a/y: callback 1: expected a 2XX, got 503 (and 1 more)\n",
  );
  expect(aside()).toBe("");
});

it("says what it waits for after ten seconds, and then ever more seldom", async () => {
  const { clock, progress, aside, log } = logOf();
  progress.on(started);
  progress.on({ kind: "stage", says: "first callback sent, waiting up to 20 s" });
  await clock.sleep(35_000);
  progress.on({ kind: "baseline", baseline: "acknowledged" });
  progress.on({ kind: "stage", says: "2 failed once, confirming alone" });
  progress.on({ kind: "check-started", id: "a/x", confirming: true });
  await clock.sleep(100_000);
  progress.stop();
  expect(aside().split("\n")).toEqual([
    "0 of 4 checks ended, 10.0 s: first callback sent, waiting up to 20 s",
    "0 of 4 checks ended, 30.0 s: first callback sent, waiting up to 20 s",
    "0 of 4 checks ended, 70.0 s: 2 failed once, confirming alone: a/x once more",
    "0 of 4 checks ended, 130.0 s: 2 failed once, confirming alone: a/x once more",
    "",
  ]);
  expect(log()).toBe("");
  expect(clock.pendingTimers()).toBe(0);
});

it("tells a check that turns out afterwards to have failed, and counts it once", () => {
  const { progress, log } = logOf();
  for (const event of [started, ended("a/x", "passed"), ended("a/x", "failed"), ended("a/y", "passed")])
    progress.on(event);
  expect(log()).toBe("");
  for (const event of [ended("a/z", "passed"), ended("a/y", "failed")]) progress.on(event);
  progress.stop();
  expect(log().split("\n")).toEqual([
    "a: 2 passed, 1 failed (3.6 s)",
    "  failed a/x: callback 1: expected a 2XX, got 503 (and 1 more)",
    "  failed a/y: callback 1: expected a 2XX, got 503 (and 1 more)",
    "",
  ]);
});

it("tells so many failures, and that there are more", () => {
  const { progress, log } = logOf(1);
  for (const event of [started, ended("a/x", "failed"), ended("a/y", "failed"), ended("a/z", "failed")])
    progress.on(event);
  progress.stop();
  expect(log().split("\n").slice(1)).toEqual([
    "  failed a/x: callback 1: expected a 2XX, got 503 (and 1 more)",
    "  more failed: the report has them all",
    "",
  ]);
});
