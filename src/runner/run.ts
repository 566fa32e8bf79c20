import { setMaxListeners } from "node:events";
import { systemClock } from "../clock/system-clock.js";
import { isoTime } from "../clock/timestamps.js";
import { schemaVersion, type Report, type ReportCheck } from "../report/model.js";
import { redactCheck, redactReport } from "../report/redact-report.js";
import { createRedactor } from "../report/redact.js";
import type { Secret } from "../report/secret.js";
import { takeBaseline, type Baseline } from "./baseline.js";
import type { Check, Level, Suite } from "./check.js";
import { createContext } from "./context.js";
import { calibrate, type Calibration } from "./effects.js";
import { isTimeout } from "./expectations.js";
import { isAcknowledged } from "./expectations.js";
import { NotRun } from "./interruption.js";
import { gatedLevels, gateOf, judgeClauses, summarize, verdictLine, verdictOf } from "./judge.js";
import { knownFailureOf, staleEntries, type KnownFailure } from "./known-failures.js";
import { preSkip, type PreSkip } from "./pre-skip.js";
import { reportCheck } from "./report-check.js";
import { runCheck, type CheckRun } from "./run-check.js";
import { scheduleChecks, type ControlResult } from "./schedule-checks.js";
import { secretsOf } from "./secrets.js";
import type { SessionBatch } from "./session-ids.js";
import { siblingPath } from "./sibling-path.js";
import type { Target } from "./target.js";

export interface RunOptions {
  readonly harness: { readonly name: string; readonly version: string };
  readonly suites: readonly Suite[];
  /** Ids of the checks to run; the others are reported as not selected. */
  readonly selected: ReadonlySet<string>;
  /**
   * Ids of the checks that were asked for by name, their own or their suite's: what some suites take before they are
   * sent to a receiver that is not local. @default none
   */
  readonly named?: ReadonlySet<string>;
  readonly target: Target;
  readonly seed: string;
  readonly nonce: string;
  /** Checks that run side by side, at most. */
  readonly concurrency: number;
  /** Milliseconds for the whole run, wall time. */
  readonly maxTimeMs: number;
  readonly failOn: Level;
  readonly knownFailures: readonly KnownFailure[];
  /** How to reach the target, for the curl lines. */
  readonly reach: { readonly connectTo?: string; readonly caFile?: string };
  /** What must not stand in any output beside the target's own secrets, such as the results API's token. */
  readonly secrets?: readonly Secret[];
  /** Sentences for the report on how the run was set up. */
  readonly notes?: readonly string[];
  /** Ends the run in order: what finished is reported, the rest is `not-run`. */
  readonly signal?: AbortSignal;
  readonly on?: (event: RunEvent) => void;
}

/** What a run tells whoever listens, as it happens; secrets are already out of it. */
export type RunEvent =
  | { readonly kind: "started"; readonly checks: number }
  | { readonly kind: "baseline"; readonly baseline: Baseline["kind"] }
  | { readonly kind: "check-started"; readonly id: string; readonly confirming: boolean }
  | { readonly kind: "check-ended"; readonly check: ReportCheck };

/** A supervisor starts a process again within a second or two. */
const restMs = 5000;

/** What requests side by side may wait for one another, should the receiver work on one at a time: half a deadline. */
const queueBudgetMs = 10_000;
/** Several checks with several requests each, one at a time, take a deadline at this rate. */
const slowMs = 500;

const answerMsOf = (baseline: Baseline | null): number => baseline?.attempt.timings.headersMs ?? 0;

const concurrencyFor = (most: number, baseline: Baseline | null): number =>
  Math.max(1, Math.min(most, Math.floor(queueBudgetMs / Math.max(1, answerMsOf(baseline)))));

/** Runs the selected checks against one receiver. Rejects only on a fault of the harness. */
export async function run(options: RunOptions): Promise<Report> {
  const { target, suites, selected } = options;
  const startedAt = systemClock.now();
  const stop = stopSignal(options);
  const redactor = createRedactor(secretsOf(target, options.secrets));
  const entries = suites.flatMap((suite) => suite.checks.map((check) => ({ check, suite })));
  const catalogue = entries.map(({ check }) => check);
  const suiteOf = new Map(entries.map(({ check, suite }) => [check.id, suite.id] as const));
  const ended = new Map<string, ReportCheck>();
  let baseline: Baseline | null = null;
  let calibration: Calibration | null = null;

  const finish = (check: Check, end: CheckRun): void => {
    const reported = redactCheck(
      reportCheck({
        check,
        end,
        suite: suiteOf.get(check.id) ?? "",
        target,
        baseline: baseline?.attempt ?? null,
        knownFailure: knownFailureOf(options.knownFailures, check),
        reach: options.reach,
      }),
      redactor,
    );
    ended.set(check.id, reported);
    if (selected.has(check.id)) options.on?.({ kind: "check-ended", check: reported });
  };

  options.on?.({ kind: "started", checks: selected.size });
  try {
    const toRun: Check[] = [];
    for (const { check, suite } of entries) {
      const isNamed = options.named?.has(check.id) ?? false;
      const skip = selected.has(check.id) ? preSkip(check, suite, target, isNamed) : notSelected;
      if (skip === null) toRun.push(check);
      else finish(check, { outcome: "skipped", ...skip, durationMs: 0, record: null });
    }
    if (toRun.some(({ builds }) => builds !== "nothing")) {
      baseline = await baselineOf(options, stop.signal);
      if (baseline !== null) {
        target.learn(baseline.attempt);
        options.on?.({ kind: "baseline", baseline: baseline.kind });
        if (baseline.kind === "acknowledged") calibration = await calibrateEffects(options, baseline, stop.signal);
      }
    }
    await scheduleChecks({
      stages: stagesOf(suites, new Set(toRun)),
      concurrency: concurrencyFor(options.concurrency, baseline),
      isSlow: answerMsOf(baseline) > slowMs,
      stop: stop.signal,
      finish,
      ease: () => target.pace.ease(),
      // A receiver that acknowledged nothing yet is not asked again whether it still does.
      control: async () => (baseline?.kind === "acknowledged" ? control(options, stop.signal) : "unknown"),
      rest: () => target.clock.sleep(restMs, stop.signal).catch(() => {}),
      run: (check, confirming) => {
        options.on?.({ kind: "check-started", id: check.id, confirming });
        return runCheck({ check, target, baseline, calibration, seed: options.seed, confirming, signal: stop.signal });
      },
    });
  } finally {
    stop.dispose();
  }

  const checks = catalogue.flatMap(({ id }) => ended.get(id) ?? []);
  const summary = summarize(checks);
  const clauses = judgeClauses(target.contract, checks);
  const verdict = verdictOf(summary);
  const outcomes = new Map(checks.map(({ id, outcome }) => [id, outcome] as const));
  const stale = staleEntries(options.knownFailures, catalogue, outcomes);
  return redactReport(
    {
      schemaVersion,
      harness: options.harness,
      contract: {
        name: target.contract.name,
        documentUrl: target.contract.documentUrl,
        decisions: target.contract.decisions,
      },
      target: {
        url: target.url.display,
        kind: target.kind,
        local: target.local,
        capabilities: [...target.capabilities],
        headers: target.headers.map(([name]) => name),
      },
      startedAt: isoTime(startedAt),
      durationMs: Math.round(systemClock.now() - startedAt),
      seed: options.seed,
      nonce: options.nonce,
      verdict,
      verdictLine: verdictLine(verdict, summary, clauses, checks),
      notes: [...(options.notes ?? []), ...runNotes(target), ...(baseline?.notes ?? []), ...stale],
      gate: gateOf(checks, gatedLevels(options.failOn), stale),
      summary,
      clauses,
      checks,
    },
    redactor,
  );
}

const notSelected: PreSkip = { reasonCode: "not-selected", reason: "not selected by the filters" };

function runNotes(target: Target): readonly string[] {
  const dropped = target.sender.droppedHeaders;
  return dropped.length === 0
    ? []
    : [`System headers cannot be overridden, so these custom headers were not sent: ${dropped.join(", ")}.`];
}

async function baselineOf(options: RunOptions, signal: AbortSignal): Promise<Baseline | null> {
  const { target } = options;
  const batch = target.sessions.take("baseline", target.sessions.invents ? 3 : 1);
  if (batch === null) return null;
  let only: string | null = null;
  const sessions = target.sessions.invents ? batch : () => (only ??= batch());
  const { context, record } = plainContext(options, sessions, signal);
  try {
    return await takeBaseline(context, target, (path) => siblingPath(path, context.randomHex(12)));
  } catch (error) {
    if (signal.aborted) return null;
    const last = record.evidence.at(-1)?.attempt;
    if (!(error instanceof NotRun) || last === undefined) throw error;
    return { kind: "rate-limited", attempt: last, reason: error.message, notes: [] };
  }
}

/** Tries the effects probe on a session of its own; null where there is none to try, or nothing to try it with. */
async function calibrateEffects(
  options: RunOptions,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<Calibration | null> {
  const { target } = options;
  if (target.effects === null || signal.aborted) return null;
  const sessions = target.sessions.take("effects", 1);
  if (sessions === null) return null;
  const observer = { probe: target.effects, clock: target.clock, settleMs: target.settleMs, signal };
  const sessionId = sessions();
  const { context } = plainContext(options, () => sessionId, signal);
  try {
    const send = async (): Promise<void> => {
      if (isAcknowledged(await context.send({ sessionId }))) return;
      throw new NotRun("not-observable", "the callback that the probe was to be tried with was not acknowledged");
    };
    return await calibrate(observer, sessionId, send, baseline.attempt.request.sessionId);
  } catch (error) {
    if (signal.aborted) return null;
    if (error instanceof NotRun) return { kind: "not-observable", reason: error.message };
    throw error;
  }
}

/** Suites that could disturb others form a stage of their own; all else runs in one. */
function stagesOf(suites: readonly Suite[], toRun: ReadonlySet<Check>): readonly (readonly Check[])[] {
  const polite = suites.filter(({ separate }) => separate !== true).flatMap(({ checks }) => checks);
  const separate = suites.filter((suite) => suite.separate === true).map(({ checks }) => checks);
  return [polite, ...separate].map((checks) => checks.filter((check) => toRun.has(check)));
}

/** For exchanges that belong to no check. */
function plainContext(
  options: RunOptions,
  sessions: SessionBatch,
  signal: AbortSignal,
): ReturnType<typeof createContext> {
  const { target, seed } = options;
  const unrelated = { baseline: null, effects: null, confirming: false };
  return createContext({ target, check: baselineCheck, sessions, seed, signal, ...unrelated });
}

/** Stands for the first exchange where a check is asked for: it belongs to no suite. */
const baselineCheck: Check = {
  id: "baseline",
  title: "the first callback",
  level: "required",
  clause: null,
  sessions: 1,
  builds: "nothing",
  explain: { sends: "", expects: "", why: "", fix: "" },
  run: async () => {},
};

/** One documented callback, to see whether the receiver still answers as it did. */
async function control(options: RunOptions, signal: AbortSignal): Promise<ControlResult> {
  const { target } = options;
  const sessions = target.sessions.take("control", 1);
  if (sessions === null) return "unknown";
  const { context } = plainContext(options, sessions, signal);
  try {
    const attempt = await context.send();
    return isTimeout(attempt) ? "hung" : attempt.outcome.kind === "acknowledged";
  } catch (error) {
    if (!signal.aborted && error instanceof NotRun && error.code === "rate-limited") return "rate-limited";
    // The run was stopped meanwhile, which does not say that the receiver is unwell.
    if (signal.aborted || error instanceof NotRun) return "unknown";
    throw error;
  }
}

/** Aborts with a `NotRun` that says why: the user's interruption, or the time budget. */
function stopSignal({ signal, maxTimeMs }: RunOptions): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  // Every attempt under way listens to it, and there may be many.
  setMaxListeners(0, controller.signal);
  const interrupt = (): void => controller.abort(new NotRun("interrupted", "the run was interrupted"));
  if (signal?.aborted === true) interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  const spent = `the time budget of ${maxTimeMs / 1000} seconds was spent; raise --max-time`;
  const timer = systemClock.timer(maxTimeMs, () => controller.abort(new NotRun("time-budget-spent", spent)));
  return {
    signal: controller.signal,
    dispose() {
      timer.cancel();
      signal?.removeEventListener("abort", interrupt);
    },
  };
}
