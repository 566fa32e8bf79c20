import type { ReportCheck } from "../report/model.js";
import { redactCheck } from "../report/redact-report.js";
import type { Baseline } from "./baseline.js";
import type { Check, Suite } from "./check.js";
import type { ConfirmationOptions } from "./confirmation.js";
import type { Calibration } from "./effects.js";
import { exchangeBaseline, exchangeControl, exchangeForEffects } from "./exchanges.js";
import { knownFailureOf } from "./known-failures.js";
import { preSkip, type PreSkip } from "./pre-skip.js";
import { reportCheck } from "./report-check.js";
import { runCheck, type CheckRun } from "./run-check.js";
import type { Target } from "./target.js";

/** What all checks of one receiver share: the first exchange, how one is run, controlled and put in words. */
export interface Examination extends ConfirmationOptions {
  /** Null before it was taken, and where it could not be. */
  readonly baseline: Baseline | null;
  /** Why a check is not started at all; null where it is. */
  preSkip(check: Check): PreSkip | null;
  /**
   * Takes the baseline and tries the effects probe, the first time that it is called.
   * @param on is told what became of the baseline.
   */
  begin(stop: AbortSignal, on?: (baseline: Baseline["kind"]) => void): Promise<void>;
  /** The end of a check for the report, without secrets. */
  report(check: Check, end: CheckRun): ReportCheck;
}

/** A supervisor starts a process again within a second or two. */
const restMs = 5000;

export function createExamination(target: Target): Examination {
  const suiteOf = new Map(target.suites.flatMap((suite) => suite.checks.map(({ id }) => [id, suite] as const)));
  const suiteWith = (check: Check): Suite => suiteOf.get(check.id) ?? { id: "", title: "", checks: [] };
  let begun: Promise<void> | null = null;
  let baseline: Baseline | null = null;
  let calibration: Calibration | null = null;

  async function begin(stop: AbortSignal, on?: (baseline: Baseline["kind"]) => void): Promise<void> {
    baseline = await exchangeBaseline(target, stop);
    if (baseline === null) return;
    target.learn(baseline.attempt);
    on?.(baseline.kind);
    if (baseline.kind === "acknowledged") calibration = await exchangeForEffects(target, baseline, stop);
  }

  return {
    get baseline() {
      return baseline;
    },
    preSkip: (check) => preSkip(check, suiteWith(check), target, target.named.has(check.id)),
    async begin(stop, on) {
      await (begun ??= begin(stop, on));
      // What was cut short is begun anew by whoever goes on.
      if (stop.aborted) begun = null;
    },
    run: (check, confirming, signal) => runCheck({ check, target, baseline, calibration, confirming, signal }),
    // A receiver that acknowledged nothing yet is not asked again whether it still does.
    control: async (stop) => (baseline?.kind === "acknowledged" ? exchangeControl(target, stop) : "unknown"),
    rest: (stop) => target.clock.sleep(restMs, stop).catch(() => {}),
    ease: () => target.pace.ease(),
    vitals: target.vitals,
    report: (check, end) =>
      redactCheck(
        reportCheck({
          check,
          end,
          suite: suiteWith(check).id,
          target,
          baseline: baseline?.attempt ?? null,
          knownFailure: knownFailureOf(target.knownFailures, check),
        }),
        target.redactor,
      ),
  };
}

/** The end of a check that is not started. */
export const skippedFor = (skip: PreSkip): CheckRun => ({ outcome: "skipped", ...skip, durationMs: 0, record: null });
