import { expect, it } from "vitest";
import { virtualClock } from "../../clock/virtual-clock.js";
import type { ReportCheck } from "../../report/model.js";
import { mismatch } from "../../report/report.test.kit.js";
import { checkIn } from "../../report/sample-report.test.kit.js";
import type { RunEvent } from "../../runner/run.js";
import { logProgress } from "./progress-log.js";

function logOf({ room = 100, title = null }: { readonly room?: number; readonly title?: string | null } = {}) {
  const [log, aside]: [string[], string[]] = [[], []];
  const clock = virtualClock();
  const progress = logProgress(
    {
      line: (text) => void log.push(text),
      aside: (text) => void aside.push(text),
      room: () => room - log.length - aside.length,
    },
    title,
    clock,
  );
  return { clock, progress, log, aside };
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

it("has a line for each suite that has ended; what was skipped is told in the end", () => {
  const { progress, log, aside } = logOf();
  for (const event of [started, ended("a/x", "passed"), ended("b/w", "skipped"), ended("a/y", "failed")])
    progress.on(event);
  expect(log).toEqual([]);
  progress.on(ended("a/z", "error"));
  progress.stop();
  expect(log).toEqual(["a: 1 passed, 1 failed, 1 in error (3.6 s)"]);
  expect(aside).toEqual([]);
});

it("counts a check once that turns out afterwards to have failed", () => {
  const { progress, log } = logOf();
  for (const event of [started, ended("a/x", "passed"), ended("a/x", "failed"), ended("a/y", "passed")])
    progress.on(event);
  expect(log).toEqual([]);
  progress.on(ended("a/z", "passed"));
  expect(log).toEqual(["a: 2 passed, 1 failed (3.6 s)"]);
});

const allEnded = [
  started,
  ended("a/x", "passed"),
  ended("a/y", "passed"),
  ended("a/z", "passed"),
  ended("b/w", "passed"),
];

it("tells the suites for which there is no room in one line", () => {
  const { progress, log } = logOf({ room: 1 });
  for (const event of allEnded) progress.on(event);
  progress.stop();
  expect(log).toEqual(["a: 3 passed (3.6 s); b: 1 passed (1.2 s)"]);
});

it("tells all suites of one of several contracts in one line, under its name", () => {
  const { progress, log } = logOf({ title: "document" });
  for (const event of allEnded) progress.on(event);
  progress.stop();
  expect(log).toEqual(["document: a: 3 passed (3.6 s); b: 1 passed (1.2 s)"]);
});

it("says what it waits for after ten seconds, and then ever more seldom", async () => {
  const { clock, progress, aside, log } = logOf();
  progress.on(started);
  progress.on({ kind: "stage", says: "first callback sent, waiting up to 20 s" });
  await clock.sleep(35_000);
  progress.on({ kind: "baseline", baseline: "acknowledged" });
  progress.on({ kind: "stage", says: "2 failed once, confirming alone" });
  progress.on({ kind: "check-started", id: "a/x", confirming: true });
  await clock.sleep(120_000);
  progress.stop();
  expect(aside).toEqual([
    "0 of 4 checks ended, 10.0 s: first callback sent, waiting up to 20 s",
    "0 of 4 checks ended, 30.0 s: first callback sent, waiting up to 20 s",
    "0 of 4 checks ended, 70.0 s: 2 failed once, confirming alone: a/x once more",
    "0 of 4 checks ended, 150.0 s: 2 failed once, confirming alone: a/x once more",
  ]);
  expect(log).toEqual([]);
  expect(clock.pendingTimers()).toBe(0);
});

it("where there is no room left it says only what keeps a job from being taken for dead", async () => {
  const { clock, progress, aside } = logOf({ room: 0 });
  progress.on(started);
  await clock.sleep(3_600_000);
  progress.stop();
  expect(aside.map((line) => /(\d+)\.0 s$/.exec(line)?.[1])).toEqual(["1170", "1710", "2250", "2790", "3330"]);
});
