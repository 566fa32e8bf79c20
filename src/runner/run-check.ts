import { systemClock } from "../clock/system-clock.js";
import type { Attempt } from "../sender/attempt.js";
import type { Baseline } from "./baseline.js";
import type { Check, Skip } from "./check.js";
import type { CheckEnd, CheckRecord } from "./check-record.js";
import { ProbeError, type Calibration } from "./effects-probe.js";
import { AdvanceError } from "./elapsed-time.js";
import { isRateLimited, isTimeout } from "./expectations.js";
import { NotRun } from "./interruption.js";
import type { Turn } from "./check-turn.js";
import { openContext } from "./open-context.js";

/** Runs one check once. What it throws that is no finding about the receiver is the harness's own error. */
export async function runCheck(turn: Turn): Promise<CheckEnd> {
  const { check, target, baseline, signal } = turn;
  const startedAt = systemClock.now();
  const end = (outcome: CheckEnd["outcome"], rest: Partial<CheckEnd> = {}): CheckEnd => ({
    outcome,
    reasonCode: null,
    reason: null,
    record: null,
    ...rest,
    durationMs: systemClock.now() - startedAt,
  });

  if (signal.aborted) return end("not-run", interruptedBy(signal));
  const unmet = check.builds === "nothing" ? null : unmetBaseline(check, baseline);
  if (unmet !== null) return end("not-run", unmet);

  const unseen = check.needs?.includes("effects") === true ? unobserved(turn.calibration) : null;
  if (unseen !== null) return end(unseen.outcome, unseen);

  const sessions = target.sessions.take(check.id, check.sessions);
  if (sessions === null) {
    return end("skipped", {
      reasonCode: "sessions-used-up",
      reason: `it takes ${check.sessions} session ids, and ${target.sessions.left()} are left: supply more`,
    });
  }
  const { context, record } = openContext(turn, sessions);
  try {
    const skip = await untilStopped(check.run(context), signal);
    return end(record.findings.length > 0 ? "failed" : skip ? outcomeOf(skip) : "passed", {
      record,
      ...(skip && record.findings.length === 0 && reasonOf(skip)),
    });
  } catch (error) {
    if (signal.aborted) return end("not-run", { record, ...interruptedBy(signal) });
    if (error instanceof NotRun) return end("not-run", { record, reasonCode: error.code, reason: error.message });
    if (error instanceof ProbeError) {
      return end("error", { record, reasonCode: "probe-failed", reason: error.message });
    }
    if (error instanceof AdvanceError) {
      return end("error", { record, reasonCode: "advance-failed", reason: error.message });
    }
    const fault = error instanceof Error ? error : new Error(String(error));
    return end("error", {
      record,
      reasonCode: "harness-error",
      reason: `a fault of the harness, not of the receiver: ${fault.message}`,
      fault,
    });
  }
}

/** Rejects when the run is stopped, for whatever a check waits for that does not listen itself. */
async function untilStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => {};
  const stopped = new Promise<never>((_settle, reject) => (stop = () => reject(signal.reason as NotRun)));
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function unobserved(calibration: Calibration | null): Pick<CheckEnd, "outcome" | "reasonCode" | "reason"> | null {
  switch (calibration?.kind) {
    case "observable":
      return null;
    case "not-observable":
    case "silent":
      return { outcome: "skipped", reasonCode: "not-observable", reason: `not observable: ${calibration.reason}` };
    case "probe-failed":
      return { outcome: "error", reasonCode: "probe-failed", reason: calibration.reason };
    case undefined:
      return {
        outcome: "skipped",
        reasonCode: "not-observable",
        reason: "not observable: no session was left to try the probe on",
      };
  }
}

function unmetBaseline(check: Check, baseline: Baseline | null): Partial<CheckEnd> | null {
  switch (baseline?.kind) {
    case undefined:
      return { reasonCode: "sessions-used-up", reason: "no session id was left for the first callback: supply more" };
    case "acknowledged":
      return null;
    case "unreachable":
      return { reasonCode: "unreachable", reason: baseline.reason };
    case "rate-limited":
      return { reasonCode: "rate-limited", reason: baseline.reason };
    case "rightly-refused":
      return { reasonCode: "credentials-or-session-unknown", reason: baseline.reason };
    case "not-acknowledged":
      return check.builds === "judges-baseline"
        ? null
        : { reasonCode: "baseline-not-acknowledged", reason: baseline.reason };
  }
}

const outcomeOf = ({ skip }: Skip): "skipped" | "not-run" => (skip === "not-judged" ? "not-run" : "skipped");

function reasonOf({ skip, reason }: Skip): Partial<CheckEnd> {
  switch (skip) {
    case "not-applicable":
      return { reasonCode: skip, reason: `not applicable: ${reason}` };
    case "not-observable":
      return { reasonCode: skip, reason: `not observable: ${reason}` };
    case "not-judged":
      return { reasonCode: "baseline-not-acknowledged", reason };
  }
}

function interruptedBy({ reason }: AbortSignal): Partial<CheckEnd> {
  const { code, message } = reason as NotRun;
  return { reasonCode: code, reason: message };
}

/** Whether a run of a check met a 503 that does not say that it is a rate limit, and may be one. */
export const metUnavailable = (record: CheckRecord | null): boolean =>
  attemptsOf(record).some((attempt) => attempt.response?.status === 503 && !isRateLimited(attempt));

/** Whether all that a run of a check found is that no answer came. */
export const metNoAnswer = (record: CheckRecord | null): boolean =>
  (record?.findings ?? []).every(({ where }) => typeof where !== "string" && where.response === null);

/** Whether a run of a check found nobody who listens, or a connection that ended without an answer. */
export const metNobody = (record: CheckRecord | null): boolean =>
  attemptsOf(record).some(
    ({ outcome }) => outcome.kind === "failed" && (outcome.phase === "connect" || outcome.reason === "reset"),
  );

/** Whether a run of a check met silence: a hang is not asked for twice. */
export const hung = (record: CheckRecord | null): boolean => attemptsOf(record).some(isTimeout);

function attemptsOf(record: CheckRecord | null): readonly Attempt[] {
  return (record?.evidence ?? []).flatMap((entry) => (entry === null ? [] : [entry.attempt]));
}

/**
 * Whether everything that a run sent was the documented callback, untouched, and no rate limit was met: then no control
 * can excuse a failure.
 */
export const sentOnlyDocumented = (record: CheckRecord | null): boolean =>
  (record?.evidence ?? []).every((entry) => entry === null || entry.label === "") &&
  !attemptsOf(record).some(isRateLimited);
