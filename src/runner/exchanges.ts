import { takeBaseline, type Baseline } from "./baseline.js";
import type { Check } from "./check.js";
import type { ControlResult } from "./confirmation.js";
import { createContext } from "./context.js";
import { calibrate } from "./calibrate.js";
import type { Calibration } from "./effects.js";
import { isAcknowledged, isTimeout } from "./expectations.js";
import { NotRun } from "./interruption.js";
import type { SessionBatch } from "./session-ids.js";
import { siblingPath } from "./sibling-path.js";
import type { Target } from "./target.js";

/** The first exchange with the receiver; null where no session id is left for it, or the run was stopped. */
export async function exchangeBaseline(target: Target, signal: AbortSignal): Promise<Baseline | null> {
  const batch = target.sessions.take("baseline", target.sessions.invents ? 3 : 1);
  if (batch === null) return null;
  let only: string | null = null;
  const sessions = target.sessions.invents ? batch : () => (only ??= batch());
  const { context, record } = plainContext(target, sessions, signal);
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
export async function exchangeForEffects(
  target: Target,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<Calibration | null> {
  if (target.effects === null || signal.aborted) return null;
  const sessions = target.sessions.take("effects", 1);
  if (sessions === null) return null;
  const observer = { probe: target.effects, clock: target.clock, settleMs: target.settleMs, signal };
  const sessionId = sessions();
  const { context } = plainContext(target, () => sessionId, signal);
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

/** One documented callback, to see whether the receiver still answers as it did. */
export async function exchangeControl(target: Target, signal: AbortSignal): Promise<ControlResult> {
  const sessions = target.sessions.take("control", 1);
  if (sessions === null) return "unknown";
  const { context } = plainContext(target, sessions, signal);
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

/** The documented callback for a fresh session, to see that effects have settled; resolves to its id. */
export function exchangeSentinel(target: Target, signal: AbortSignal): Promise<string> {
  const sessions = (): string => {
    throw new Error("a sentinel takes a session of its own");
  };
  return plainContext(target, sessions, signal).sendSentinel();
}

function plainContext(target: Target, sessions: SessionBatch, signal: AbortSignal): ReturnType<typeof createContext> {
  const unrelated = { baseline: null, watch: null, ledger: null, confirming: false };
  return createContext({ target, check: noCheck, sessions, signal, ...unrelated });
}

/** Stands for an exchange where a check is asked for. */
const noCheck: Check = {
  id: "baseline",
  title: "the first callback",
  level: "required",
  clause: null,
  sessions: 1,
  builds: "nothing",
  explain: { sends: "", expects: "", why: "", fix: "" },
  run: async () => {},
};
