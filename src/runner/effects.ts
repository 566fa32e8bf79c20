import type { Clock } from "../clock/clock.js";
import { NotRun } from "./interruption.js";

/** Tells how many times a session was really processed: by URL, by command, or from the log of the results API. */
export interface EffectsProbe {
  /** For people: `the probe URL`, `the probe command`, `the results API's log`. */
  readonly name: string;
  /** It is part of the receiver's own code, so that 0 means never; another may count something else. */
  readonly isOwn?: true;
  /** @throws ProbeError when it cannot tell. */
  count(sessionId: string, signal: AbortSignal): Promise<number>;
}

/** The probe itself failed: a fault of the set-up, never charged to the receiver. */
export class ProbeError extends Error {
  override readonly name = "ProbeError";
}

/** What a check can ask about effects. */
export interface Effects {
  /**
   * How often each session was processed, once it can no longer change: a sentinel session that is sent now has been
   * processed, and three times the usual time to effect has passed.
   */
  settled(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * How often each session was processed, once each of them was. One that has 0 is lost, and not only late: a sentinel
   * that was sent later has been processed.
   */
  awaited(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** What the probe's own positive control told: 0 before and at least 1 after a documented callback. */
export type Calibration =
  | {
      readonly kind: "observable";
      readonly timeToEffectMs: number;
      /** An acknowledged session was not processed, where one before it was: sentinels may be lost too. */
      readonly losesSessions?: true;
    }
  | { readonly kind: "not-observable"; readonly reason: string }
  | { readonly kind: "probe-failed"; readonly reason: string };

interface Observer {
  readonly probe: EffectsProbe;
  readonly clock: Clock;
  /** Milliseconds to wait for an effect, at most (`--settle`). */
  readonly settleMs: number;
  readonly signal: AbortSignal;
}

const settleFactor = 3;
const firstPollMs = 20;
const longestPollMs = 500;

/**
 * Asks the probe about a session that it has never heard of, and again after the session was called back.
 * @param earlier a session that was acknowledged before. Where that one was processed, it is not the probe that is to blame.
 */
export async function calibrate(
  observer: Observer,
  sessionId: string,
  send: () => Promise<void>,
  earlier: string | null = null,
): Promise<Calibration> {
  const { probe, clock, settleMs, signal } = observer;
  try {
    const before = await probe.count(sessionId, signal);
    if (before !== 0) {
      const reason = `${probe.name} says ${before} for a session that was never sent, so it does not count sessions`;
      return { kind: "not-observable", reason };
    }
    const startedAt = clock.now();
    await send();
    if (!(await isProcessed(observer, sessionId))) {
      if (earlier !== null && (await probe.count(earlier, signal)) > 0) {
        return { kind: "observable", timeToEffectMs: settleMs / settleFactor, losesSessions: true };
      }
      const reason = `${probe.name} still says 0 for an acknowledged session after ${settleMs / 1000} seconds; raise --settle if the work takes longer`;
      return { kind: "not-observable", reason };
    }
    return { kind: "observable", timeToEffectMs: clock.now() - startedAt };
  } catch (error) {
    if (error instanceof ProbeError) return { kind: "probe-failed", reason: error.message };
    throw error;
  }
}

/** @param sendSentinel sends the documented callback for a fresh session and resolves to its id. */
export function createEffects(
  observer: Observer,
  sendSentinel: () => Promise<string>,
  { timeToEffectMs, losesSessions }: Extract<Calibration, { kind: "observable" }>,
): Effects {
  const { probe, clock, settleMs, signal } = observer;

  async function countsOf(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const id of sessionIds) counts.set(id, await probe.count(id, signal));
    return counts;
  }

  async function sentinelIsProcessed(): Promise<boolean> {
    if (!(await isProcessed(observer, await sendSentinel()))) return false;
    await clock.sleep(Math.min(settleFactor * timeToEffectMs, settleMs), signal);
    return true;
  }

  return {
    async settled(sessionIds) {
      if (!(await sentinelIsProcessed())) throw notSettled(settleMs);
      return countsOf(sessionIds);
    },
    async awaited(sessionIds) {
      const processed = await Promise.all(sessionIds.map((id) => isProcessed(observer, id)));
      if (processed.includes(false) && losesSessions !== true) {
        // Where sessions are lost now and then, so may be a sentinel.
        if (!(await sentinelIsProcessed()) && !(await sentinelIsProcessed())) throw notSettled(settleMs);
      }
      return countsOf(sessionIds);
    },
  };
}

const notSettled = (settleMs: number): NotRun =>
  new NotRun(
    "effects-not-settled",
    `a session that was sent later was not processed within ${settleMs / 1000} seconds, so nothing can be said about earlier ones; raise --settle if the work takes longer`,
  );

async function isProcessed({ probe, clock, settleMs, signal }: Observer, sessionId: string): Promise<boolean> {
  const startedAt = clock.now();
  let pollMs = firstPollMs;
  while ((await probe.count(sessionId, signal)) < 1) {
    if (clock.now() - startedAt >= settleMs) return false;
    await clock.sleep(pollMs, signal);
    pollMs = Math.min(pollMs * 2, longestPollMs);
  }
  return true;
}
