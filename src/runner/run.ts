import { systemClock } from "../clock/system-clock.js";
import { isoTime } from "../clock/timestamps.js";
import { originOf } from "./origin.js";
import { cappedChecks } from "../report/capped-attempt.js";
import type { Report, ReportCheck } from "../report/model.js";
import { joinCauses } from "../diagnosis/joined-causes.js";
import { redactReport } from "../report/redact-report.js";
import { shardsIn } from "../report/shards.js";
import { silenceNote } from "../report/silent-observer.js";
import type { Baseline } from "./baseline.js";
import type { CheckEnd } from "./check-record.js";
import { blindnessOf } from "./calibrate.js";
import type { Check, Suite } from "./check.js";
import { unansweredText } from "./effects-judged.js";
import { createExamination, skippedFor } from "./examination.js";
import { gatedLevels, gateOf, judgeClauses, summarize, verdictLine, verdictOf } from "./verdict.js";
import { staleEntries } from "./known-failures.js";
import type { PreSkip } from "./pre-skip.js";
import { scheduleChecks } from "./schedule-checks.js";
import { answerMsOf } from "./lanes.js";
import { stopSignal } from "./stop-signal.js";
import type { Target } from "./target.js";
import { isOfDeath, restartedAfter, restartedAfterNone } from "./vitals.js";

/** Whoever follows a run. */
export interface Following {
  /** Ends the run in order: what finished is reported, the rest is `not-run`. */
  readonly signal?: AbortSignal;
  readonly on?: (event: RunEvent) => void;
}

/** What a run tells whoever listens, as it happens; secrets are already out of it. */
export type RunEvent =
  /** With how many checks of each suite will end. */
  | { readonly kind: "started"; readonly checks: number; readonly suites: ReadonlyMap<string, number> }
  /** It takes its time, for a reason in a few words, until something else is told. */
  | { readonly kind: "stage"; readonly says: string }
  | { readonly kind: "baseline"; readonly baseline: Baseline["kind"] }
  | { readonly kind: "check-started"; readonly id: string; readonly confirming: boolean }
  /** With the real schedule: the number of the attempt that comes next, of so many, and when. */
  | {
      readonly kind: "waiting";
      readonly id: string;
      readonly attempt: number;
      readonly of: number;
      readonly until: string;
    }
  /**
   * With the stack of what the harness itself threw in it. Once more for a check that turns out afterwards to have been
   * the end of the receiver, or to have failed for it.
   */
  | { readonly kind: "check-ended"; readonly check: ReportCheck; readonly stack?: string };

/** Several checks with several requests each, one at a time, take a deadline at this rate. */
const slowMs = 500;

/** Runs the selected checks against one receiver. Rejects only on a fault of the harness. */
export async function run(target: Target, { signal, on }: Following = {}): Promise<Report> {
  const { suites, selected, knownFailures } = target;
  const startedAt = systemClock.now();
  const stop = stopSignal(signal, target.maxTimeMs, "raise --max-time");
  const examination = createExamination(target, ({ id, attempt, of, untilMs }) =>
    on?.({ kind: "waiting", id, attempt, of, until: isoTime(untilMs) }),
  );
  const catalogue = suites.flatMap(({ checks }) => checks);
  const ended = new Map<string, ReportCheck>();
  const notes: string[] = [];

  /** Checks that answer for what others lost or doubled end with the run. */
  const collectors = new Map<Check, CheckEnd>();
  let isOver = false;
  const failed = new Map<Check, CheckEnd>();
  const finish = (check: Check, end: CheckEnd): void => {
    if (end.outcome === "failed") failed.set(check, end);
    if (check.collects !== undefined && end.record !== null && !isOver) {
      collectors.set(check, end);
      return;
    }
    tell(check, end, examination.report(check, end));
  };
  const tell = (check: Check, end: CheckEnd, reported: ReportCheck): void => {
    ended.set(check.id, reported);
    if (!selected.has(check.id)) return;
    const stack = end.fault?.stack;
    on?.({
      kind: "check-ended",
      check: reported,
      ...(stack !== undefined && { stack: target.redactor.redactText(stack) }),
    });
  };

  const selectedIn = ({ checks }: Suite): number => checks.filter(({ id }) => selected.has(id)).length;
  on?.({
    kind: "started",
    checks: selected.size,
    suites: new Map(suites.map((suite) => [suite.id, selectedIn(suite)])),
  });
  const stage = (says: string): void => on?.({ kind: "stage", says });
  try {
    const toRun = new Set<Check>();
    for (const check of catalogue) {
      const skip = selected.has(check.id) ? examination.preSkip(check) : notSelected;
      if (skip === null) toRun.add(check);
      else finish(check, skippedFor(skip));
    }
    if ([...toRun].some(({ builds }) => builds !== "nothing")) {
      stage(`first callback sent, waiting up to ${target.contract.response.deadlineMs / 1000} s`);
      await examination.begin(stop.signal, (kind) => {
        on?.({ kind: "baseline", baseline: kind });
        const { effects, settleMs } = target;
        if (effects !== null) stage(`trying ${effects.name}, waiting up to ${settleMs / 1000} s for an effect`);
      });
    }
    await scheduleChecks({
      ...examination,
      stages: stagesOf(suites, toRun),
      lanes: target.lanes,
      isSlow: answerMsOf(examination.baseline?.attempt ?? null) > slowMs,
      agesReceiver: typeof target.elapse === "object",
      stands: ({ spansMinutes }) => target.elapse === "real" && spansMinutes === true,
      stop: stop.signal,
      stage,
      finish,
      run(check, confirming, signal, aside) {
        on?.({ kind: "check-started", id: check.id, confirming });
        return examination.run(check, confirming, signal, aside);
      },
    });
    if (collectors.size > 0) stage("looking once more for what was lost or doubled");
    const { unanswered } = await examination.collect([...collectors], stop.signal);
    if (unanswered > 0) notes.push(unansweredText(unanswered));
  } finally {
    isOver = true;
    for (const [check, end] of collectors) finish(check, examination.collected(check, end));
    // What came after it may have shown that the receiver has ended over it.
    for (const [check, end] of failed) {
      const reported = examination.report(check, end);
      if (reported.hint !== ended.get(check.id)?.hint) tell(check, end, reported);
    }
    stop.dispose();
  }
  const { baseline, calibration } = examination;
  const silent = blindnessOf(calibration);

  // What passed in an earlier run says nothing of a receiver that does not acknowledge a callback now.
  const isStanding = baseline === null || baseline.kind === "acknowledged";
  const repeats = target.repeats && { ...target.repeats, ...(!isStanding && { gatedPassed: 0 }) };
  const checks = catalogue.flatMap(({ id }) => ended.get(id) ?? []);
  const summary = summarize(checks);
  const clauses = judgeClauses(target.contract, checks);
  const verdict = verdictOf(summary, silent !== null);
  const outcomes = new Map(checks.map(({ id, outcome }) => [id, outcome] as const));
  const stale = staleEntries(knownFailures, catalogue, outcomes, target.asOf);
  const report = redactReport(
    {
      ...originOf({ ...target, repeats }),
      startedAt: isoTime(startedAt),
      durationMs: Math.round(systemClock.now() - startedAt),
      verdict,
      verdictLine: verdictLine(verdict, summary, clauses, checks, silent?.reason ?? null),
      notes: [
        ...(silent === null ? [] : [silenceNote(silent.reason, silent.howToTell)]),
        ...target.notes,
        ...runNotes(target),
        ...(baseline?.notes ?? []),
        ...notes,
        ...restarts(target, checks),
        ...stale,
      ],
      gate: gateOf(checks, gatedLevels(target.failOn), {
        staleKnownFailures: stale,
        isShard: shardsIn(target.notes).length > 0,
        isObserverSilent: silent !== null,
        asOf: target.asOf,
        gatedPassedBefore: repeats?.gatedPassed ?? 0,
      }),
      summary,
      clauses,
      causes: joinCauses(checks, target.contract),
      checks,
    },
    target.redactor,
  );
  return { ...report, checks: cappedChecks(report.checks, mostEvidenceBytes) };
}

/** Of all attempts of a report together, as JSON: what a viewer of CI artifacts still opens. */
const mostEvidenceBytes = 4 * 1024 * 1024;

const notSelected: PreSkip = { reasonCode: "not-selected", reason: "not selected by the filters" };

/** That nobody listened for a while, where no failed check says so already. */
function restarts({ vitals }: Target, checks: readonly ReportCheck[]): readonly string[] {
  const told = new Set(checks.flatMap(({ id, likelyCause }) => (likelyCause && isOfDeath(likelyCause) ? [id] : [])));
  const untold = vitals.deaths.filter(
    (death) => death !== vitals.death && !death.after.some(({ check }) => told.has(check)),
  );
  return untold.map((death) => (vitals.isByNoneOf(death) ? restartedAfterNone(death) : restartedAfter(death)));
}

function runNotes(target: Target): readonly string[] {
  const dropped = target.sender.droppedHeaders;
  return dropped.length === 0
    ? []
    : [`System headers cannot be overridden, so these custom headers were not sent: ${dropped.join(", ")}.`];
}

/** Suites that could disturb others form a stage of their own; all else runs in one. */
function stagesOf(suites: readonly Suite[], toRun: ReadonlySet<Check>): readonly (readonly Check[])[] {
  const polite = suites.filter(({ separate }) => separate !== true).flatMap(({ checks }) => checks);
  const separate = suites.filter((suite) => suite.separate === true).map(({ checks }) => checks);
  return [polite, ...separate].map((checks) => checks.filter((check) => toRun.has(check)));
}
