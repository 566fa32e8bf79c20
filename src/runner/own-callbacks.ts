import { takeBaseline, type Baseline } from "./baseline.js";
import type { ControlResult } from "./confirmation.js";
import { calibrate } from "./calibrate.js";
import { emptyRecord } from "./check-record.js";
import { createCourier, type Courier } from "./courier.js";
import type { Calibration } from "./effects-probe.js";
import { isAcknowledged, isTimeout } from "./expectations.js";
import { NotRun } from "./interruption.js";
import type { SessionBatch } from "./session-ids.js";
import { siblingPath } from "./sibling-path.js";
import type { Target } from "./target.js";

/** The first exchange with the receiver; null where no session id is left for it, or the run was stopped. */
export async function sendBaseline(target: Target, signal: AbortSignal): Promise<Baseline | null> {
  const batch = target.sessions.take("baseline", target.sessions.invents ? 3 : 1);
  if (batch === null) return null;
  let only: string | null = null;
  const sessions = target.sessions.invents ? batch : () => (only ??= batch());
  const record = emptyRecord();
  const courier = ownCourier(target, sessions, signal, record);
  try {
    return await takeBaseline(courier, target, (path) => siblingPath(path, courier.randomHex(12)));
  } catch (error) {
    if (signal.aborted) return null;
    const last = record.evidence.at(-1)?.attempt;
    if (!(error instanceof NotRun) || error.code !== "rate-limited" || last === undefined) throw error;
    return { kind: "rate-limited", attempt: last, reason: error.message, notes: [] };
  }
}

/** Of a receiver that loses one in four, the first two and all of these are lost in one of a thousand runs. */
const moreSessions = 3;

/** Tries the effects probe on a session of its own; null where there is none to try, or nothing to try it with. */
export async function tryProbe(target: Target, baseline: Baseline, signal: AbortSignal): Promise<Calibration | null> {
  if (target.effects === null || signal.aborted) return null;
  const sessions = target.sessions.take("effects", 1);
  if (sessions === null) return null;
  const observer = { probe: target.effects, clock: target.clock, settleMs: target.settleMs, signal };
  const sessionId = sessions();
  const courier = ownCourier(target, () => sessionId, signal);
  try {
    const send = async (): Promise<void> => {
      if (isAcknowledged(await courier.send())) return;
      throw new NotRun("not-observable", "the callback that the probe was to be tried with was not acknowledged");
    };
    const more = async (): Promise<readonly string[]> => {
      const others = target.sessions.take("more effects", moreSessions);
      if (others === null) return [];
      const another = ownCourier(target, others, signal);
      const attempts = await Promise.all(Array.from({ length: moreSessions }, () => another.send()));
      return attempts.filter(isAcknowledged).map(({ request }) => request.sessionId);
    };
    return await calibrate(observer, sessionId, send, baseline.attempt.request.sessionId, more);
  } catch (error) {
    if (signal.aborted) return null;
    if (error instanceof NotRun) return { kind: "not-observable", reason: error.message };
    throw error;
  }
}

/** One documented callback, to see whether the receiver still answers as it did. */
export async function sendControl(target: Target, signal: AbortSignal): Promise<ControlResult> {
  const sessions = target.sessions.take("control", 1);
  if (sessions === null) return "unknown";
  const courier = ownCourier(target, sessions, signal);
  try {
    const attempt = await courier.send();
    return isTimeout(attempt) ? "hung" : attempt.outcome.kind === "acknowledged";
  } catch (error) {
    // The run was stopped meanwhile, which does not say that the receiver is unwell.
    if (signal.aborted) return "unknown";
    if (!(error instanceof NotRun)) throw error;
    return error.code === "rate-limited" ? "rate-limited" : "unknown";
  }
}

/** The documented callback for a fresh session, to see that effects have settled; resolves to its id. */
export function sendSentinel(target: Target, signal: AbortSignal): Promise<string> {
  const sessions = (): string => {
    throw new Error("a sentinel takes a session of its own");
  };
  return ownCourier(target, sessions, signal).sendSentinel();
}

const ownCourier = (target: Target, sessions: SessionBatch, signal: AbortSignal, record = emptyRecord()): Courier =>
  createCourier({ target, owner: "baseline", sessions, record, page: null, signal });
