import type { ReportCheck } from "../report/model.js";
import { redactLine } from "../report/redact-line.js";
import { redactCheck } from "../report/redact-report.js";
import type { Baseline } from "./baseline.js";
import type { CheckEnd } from "./check-record.js";
import type { Check, Suite } from "./check.js";
import type { ConfirmationOptions } from "./confirmation.js";
import { collectedBy, judged, troubleIn, withCollected, type Ended } from "./effects-judged.js";
import type { Calibration } from "./effects-probe.js";
import { sendBaseline, sendControl, sendSentinel, tryProbe } from "./own-callbacks.js";
import { flakyNotes, knownFailureOf } from "./known-failures.js";
import { createLedger, expectedEffect, type Misdone } from "./ledger.js";
import { preSkip, type PreSkip } from "./pre-skip.js";
import { reportCheck } from "./report-check.js";
import type { Aside, Waiting } from "./check-turn.js";
import { runCheck } from "./run-check.js";
import { nothingSeen, type Watch } from "./settle.js";
import type { Target } from "./target.js";

/** What all checks of one receiver share: the first exchange, how one is run, controlled and put in words. */
export interface Examination extends ConfirmationOptions {
  /** @param aside lets others go on while the check only waits. */
  run(check: Check, confirming: boolean, stop: AbortSignal, aside?: Aside): Promise<CheckEnd>;
  /** Null before it was taken, and where it could not be. */
  readonly baseline: Baseline | null;
  /** Why a check is not started at all; null where it is. */
  preSkip(check: Check): PreSkip | null;
  /**
   * Takes the baseline and tries the effects probe, the first time that it is called.
   * @param on is told what became of the baseline.
   */
  begin(stop: AbortSignal, on?: (baseline: Baseline["kind"]) => void): Promise<void>;
  /**
   * Looks at the effects of all that was sent since the last look. These checks, which answer for their own, end as that
   * shows; what others have lost or doubled is kept for `collected`.
   */
  settle(ends: readonly Ended[], stop: AbortSignal): Promise<readonly Ended[]>;
  /** How a check that collects what other checks lost or doubled ends, at the end of the run. */
  collected(check: Check, end: CheckEnd): CheckEnd;
  /** Looks once more at what was lost, which may only have been late. */
  collect(collectors: readonly Ended[], stop: AbortSignal): Promise<Collected>;
  /** What the effects probe's own control told; null where there is no probe, or the baseline failed. */
  readonly calibration: Calibration | null;
  /** The end of a check for the report, without secrets. */
  report(check: Check, end: CheckEnd): ReportCheck;
}

export interface Collected {
  /** How many sessions were not processed as they should be, and no check of this run answers for. */
  readonly unanswered: number;
  /** Why not all effects could be looked at, without secrets; null where they were. */
  readonly trouble: string | null;
}

/** A supervisor starts a process again within a second or two. */
const restMs = 5000;

/** @param onWait is told of each wait of the real schedule. */
export function createExamination(target: Target, onWait?: (wait: Waiting) => void): Examination {
  const suiteOf = new Map(target.suites.flatMap((suite) => suite.checks.map(({ id }) => [id, suite] as const)));
  const suiteWith = (check: Check): Suite => suiteOf.get(check.id) ?? { id: "", title: "", checks: [] };
  let begun: Promise<void> | null = null;
  let baseline: Baseline | null = null;
  let calibration: Calibration | null = null;
  const ledger = createLedger(target.contract.effect);
  const state = nothingSeen();
  let collected: ReadonlyMap<Check, readonly Misdone[]> = new Map();
  /** Why the effects of what was sent last could not be looked at. */
  let trouble: Awaited<ReturnType<typeof troubleIn>> = null;

  const watchUntil = (signal: AbortSignal): Watch | null => {
    const { effects: probe, clock, settleMs } = target;
    if (probe === null || calibration?.kind !== "observable") return null;
    const observer = { probe, clock, settleMs, signal };
    return { observer, calibration, state, sendSentinel: () => sendSentinel(target, signal) };
  };

  const pause = (ms: number, stop: AbortSignal): Promise<void> => target.clock.sleep(ms, stop).catch(() => {});

  async function begin(stop: AbortSignal, on?: (baseline: Baseline["kind"]) => void): Promise<void> {
    baseline = await sendBaseline(target, stop);
    if (baseline === null) return;
    target.learn(baseline.attempt);
    on?.(baseline.kind);
    if (baseline.kind === "acknowledged") calibration = await tryProbe(target, baseline, stop);
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
    get calibration() {
      return calibration;
    },
    run(check, confirming, signal, aside) {
      const watch = watchUntil(signal);
      const seen = { baseline, calibration, watch, ledger: watch === null ? null : ledger };
      return runCheck({ check, target, ...seen, confirming, aside, onWait, signal });
    },
    async settle(ends, stop) {
      const watch = watchUntil(stop);
      if (watch === null) return ends;
      trouble = await troubleIn(() => ledger.settle(watch), stop);
      return ends.map(([check, end]) => [check, judged(check, end, trouble)]);
    },
    async collect(collectors, stop) {
      const watch = watchUntil(stop);
      let misdone: readonly Misdone[] = [];
      if (watch !== null) {
        // What could not be looked at once more may only have been late: then nobody fails over it, and nobody passes.
        trouble = (await troubleIn(async () => void (misdone = await ledger.misdone(watch)), stop)) ?? trouble;
      }
      const { byCollector, others } = collectedBy(collectors, misdone);
      collected = byCollector;
      return { unanswered: others, trouble: trouble && redactLine(trouble.message, target.redactor) };
    },
    collected(check, end) {
      const expected = expectedEffect(target.contract.effect);
      return judged(check, withCollected(end, collected.get(check) ?? [], expected, ledger.whyLost), trouble);
    },
    // A receiver that acknowledged nothing yet is not asked again whether it still does.
    control: async (stop) => (baseline?.kind === "acknowledged" ? sendControl(target, stop) : "unknown"),
    rest: (stop) => pause(restMs, stop),
    pause,
    ease: () => target.pace.ease(),
    vitals: target.vitals,
    report: (check, end) =>
      reportCheck({
        check,
        end,
        suite: suiteWith(check).id,
        target,
        baseline: baseline?.attempt ?? null,
        knownFailure: knownFailureOf(target.knownFailures, check, end.outcome),
        flakyNotes: end.outcome === "passed" ? flakyNotes(target.knownFailures, check) : [],
      }).through(target.redactor, redactCheck),
  };
}

/** The end of a check that is not started. */
export const skippedFor = (skip: PreSkip): CheckEnd => ({ outcome: "skipped", ...skip, durationMs: 0, record: null });
