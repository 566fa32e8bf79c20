import { expect, it } from "vitest";
import { virtualClock } from "../../clock/virtual-clock.js";
import type { ReportCheck } from "../../report/model.js";
import { liveProgress } from "./progress-live.js";

function screenOf(columns: number) {
  const written: string[] = [];
  const clock = virtualClock();
  const progress = liveProgress({ columns, write: (text: string) => written.push(text) }, false, clock);
  return { written, clock, progress };
}

const ended = (outcome: ReportCheck["outcome"]) =>
  ({
    kind: "check-ended",
    check: { id: "payload/x", outcome, durationMs: 1200, reason: null } as ReportCheck,
  }) as const;

it("writes one line over and over, with what ended, what runs and the time", async () => {
  const { written, clock, progress } = screenOf(120);
  progress.on({ kind: "started", checks: 3, suites: new Map() });
  progress.on({ kind: "check-started", id: "payload/x", confirming: false });
  progress.on({ kind: "check-started", id: "payload/y", confirming: true });
  await clock.sleep(1050);
  progress.stop();
  expect(written.at(-2)).toBe("\r\u001b[2K0 of 3 checks ended, 1.0 s: payload/x, payload/y once more");
  expect(written.join("")).not.toContain("\n");
});

it("keeps what failed above that line, and nothing of what passed", () => {
  const { written, progress } = screenOf(120);
  progress.on({ kind: "started", checks: 2, suites: new Map() });
  progress.on(ended("passed"));
  progress.on(ended("failed"));
  progress.stop();
  expect(written.filter((text) => text.endsWith("\n"))).toEqual(["\r\u001b[2Kfailed   payload/x (1.2 s)\n"]);
});

it("is never wider than the terminal", () => {
  const { written, progress } = screenOf(20);
  progress.on({ kind: "started", checks: 300, suites: new Map() });
  progress.stop();
  expect(written[0]).toBe("\r\u001b[2K0 of 300 checks en…");
});

it("leaves an empty line and no timer behind", () => {
  const { written, clock, progress } = screenOf(80);
  progress.on({ kind: "started", checks: 1, suites: new Map() });
  progress.stop();
  expect(written.at(-1)).toBe("\r\u001b[2K");
  expect(clock.pendingTimers()).toBe(0);
});
