import { createColors } from "picocolors";
import type { Clock, Timer } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import { failureLine, mostFailures } from "../../report/log.js";
import type { ReportCheck } from "../../report/model.js";
import { runState } from "./run-state.js";
import type { Progress } from "./progress-events.js";
import { seconds, waitingText } from "./progress-line.js";

/** A log is read afterwards: that something goes on is all that it has to say meanwhile, and ever more seldom. */
const silenceMs = { first: 10_000, most: 60_000 } as const;

/**
 * For logs, and for terminals on which nothing can be written over: a line for each suite that has ended, below it one for
 * each of its failures, and every ten seconds what is waited for.
 * @param aside for the latter.
 * @param most failures that are told; the report has them all.
 */
export function logProgress(
  log: { write(text: string): unknown },
  aside: { write(text: string): unknown },
  color: boolean,
  most: number = mostFailures,
  clock: Clock = systemClock,
): Progress {
  const state = runState(clock);
  const colors = createColors(color);
  const ended = new Map<string, ReportCheck[]>();
  let left: Map<string, number> = new Map();
  let failures = 0;
  let timer: Timer | null = null;
  let silence: number = silenceMs.first;
  const say = (text: string): void => void log.write(`${text}\n`);
  const tick = (): void => {
    timer = clock.timer(silence, () => {
      silence = Math.min(silence * 2, silenceMs.most);
      aside.write(`${state.text()}\n`);
      tick();
    });
  };
  const failure = (check: ReportCheck): void => {
    failures += 1;
    if (failures <= most) say(colors.red(`  ${failureLine(check)}`));
    if (failures === most + 1) say("  more failed: the report has them all");
  };
  const suiteEnded = (suite: string): void => {
    const checks = ended.get(suite) ?? [];
    const counted = counts(checks);
    if (counted !== "") say(`${suite}: ${counted}`);
    for (const check of checks.filter(({ outcome }) => outcome === "failed")) failure(check);
  };
  return {
    on(event) {
      state.on(event);
      if (event.kind === "started") {
        left = new Map(event.suites);
        tick();
      }
      if (event.kind === "waiting") aside.write(`${waitingText(event)}\n`);
      if (event.kind !== "check-ended") return;
      const { suite, id } = event.check;
      const before = ended.get(suite) ?? [];
      ended.set(suite, [...before.filter((check) => check.id !== id), event.check]);
      if (before.some((check) => check.id === id)) {
        if (left.get(suite) === 0 && event.check.outcome === "failed") failure(event.check);
        return;
      }
      const open = (left.get(suite) ?? 0) - 1;
      left.set(suite, open);
      if (open === 0) suiteEnded(suite);
    },
    stop() {
      timer?.cancel();
    },
  };
}

/** What was skipped is told in the end, for all suites together. */
function counts(checks: readonly ReportCheck[]): string {
  const words = { passed: "passed", failed: "failed", "not-run": "not run", error: "in error" } as const;
  const parts = Object.entries(words).flatMap(([outcome, word]) => {
    const count = checks.filter((check) => check.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const took = checks.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return parts.length === 0 ? "" : `${parts.join(", ")} (${seconds(took)})`;
}
