import { ProbeError, type Calibration, type Observer } from "./effects-probe.js";
import { firstPollMs, longestPollMs } from "./settle.js";

/** Where the first session was processed, the second is given ten times as long, and this at least. */
const slownessFactor = 10;
const leastPatienceMs = 10_000;

/**
 * The probe's own control: asks it about a session that it has never heard of, and again after the session was called
 * back. Where a session before it shows and this one does not, it is not the probe that is to blame.
 * @param earlier a session that was acknowledged just before.
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
    let earlierMs: number | null = null;
    let patienceMs = settleMs;
    for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 2, longestPollMs)) {
      const elapsedMs = clock.now() - startedAt;
      if ((await probe.count(sessionId, signal)) > 0) return { kind: "observable", timeToEffectMs: elapsedMs };
      if (earlier !== null && earlierMs === null && (await probe.count(earlier, signal)) > 0) {
        earlierMs = elapsedMs;
        patienceMs = Math.min(settleMs, Math.max(slownessFactor * earlierMs, leastPatienceMs));
      }
      if (elapsedMs >= patienceMs) break;
      await clock.sleep(pollMs, signal);
    }
    if (earlierMs !== null) return { kind: "observable", timeToEffectMs: earlierMs };
    return {
      kind: "silent",
      reason: `${probe.name} says 0 for each acknowledged callback, ${settleMs / 1000} seconds later: either the probe or the receiver is broken`,
      howToTell: `To tell which, ask the probe about a session that was surely processed: if it says 0, it is the probe. If it says 1, look in the receiver for session ${sessionId}, which was acknowledged: if it was not processed, it is the receiver. Where the work takes longer, raise --settle.`,
    };
  } catch (error) {
    if (error instanceof ProbeError) return { kind: "probe-failed", reason: error.message };
    throw error;
  }
}
