import type { Clock } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import type { ReportCheck } from "../../report/model.js";
import { runState } from "./run-state.js";
import type { Progress } from "./progress-events.js";
import { seconds } from "../../in-words.js";
import { breakSilence } from "./silence.js";

/** Where lines go, and how many more there may be. */
export interface ProgressLog {
  line(text: string): void;
  /** One of what is on the way, which is no result. */
  aside(text: string): void;
  room(): number;
}

/** Lines that are not spent on what is waited for, while the suites are still to be told. */
const keptForSuites = 3;

/**
 * For logs, and for terminals on which nothing can be written over: a line for each suite that has ended, those for which
 * there is no room in one, and every ten seconds, then ever more seldom, what is waited for.
 * @param title what all suites are told under, in one line; null for a line each.
 */
export function logProgress(log: ProgressLog, title: string | null = null, clock: Clock = systemClock): Progress {
  const state = runState(clock);
  const ended = new Map<string, ReportCheck[]>();
  const held: string[] = [];
  let left: Map<string, number> = new Map();
  let beStill = (): void => {};
  const suiteEnded = (suite: string): void => {
    const counted = counts(ended.get(suite) ?? []);
    if (counted === "") return;
    const text = `${suite}: ${counted}`;
    if (title === null && log.room() > 1) log.line(text);
    else held.push(text);
  };
  return {
    on(event) {
      state.on(event);
      if (event.kind === "started") {
        left = new Map(event.suites);
        beStill = breakSilence(clock, (isNeeded) => {
          if (isNeeded || log.room() > keptForSuites) log.aside(state.text());
        });
      }
      if (event.kind !== "check-ended") return;
      const { suite, id } = event.check;
      const before = ended.get(suite) ?? [];
      ended.set(suite, [...before.filter((check) => check.id !== id), event.check]);
      if (before.some((check) => check.id === id)) return;
      const open = (left.get(suite) ?? 0) - 1;
      left.set(suite, open);
      if (open === 0) suiteEnded(suite);
    },
    stop() {
      beStill();
      if (held.length > 0) log.line(`${title === null ? "" : `${title}: `}${held.splice(0).join("; ")}`);
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
