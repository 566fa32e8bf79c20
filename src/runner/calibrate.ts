import { ProbeError, type Calibration, type Observer } from "./effects-probe.js";
import { blindReason } from "../report/silent-observer.js";
import { nextLookMs } from "./settle.js";

/** Where the first session was processed, the second is given ten times as long, and this at least. */
const slownessFactor = 10;
const leastPatienceMs = 10_000;
/** Where neither has shown for so long, more are sent: of a receiver that loses one session in four, both may be lost. */
const moreAfterMs = 5000;

/**
 * The probe's own control: asks it about a session that it has never heard of, and again after the session was called
 * back. Where a session before it shows and this one does not, it is not the probe that is to blame.
 * @param earlier a session that was acknowledged just before.
 * @param more calls back for other sessions, and resolves to those that were acknowledged.
 */
export async function calibrate(
  observer: Observer,
  sessionId: string,
  send: () => Promise<void>,
  earlier: string | null = null,
  more: () => Promise<readonly string[]> = async () => [],
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
    const others = earlier === null ? [] : [{ id: earlier, sentMs: 0 }];
    let otherMs: number | null = null;
    let hasSentMore = false;
    let patienceMs = settleMs;
    for (;;) {
      const elapsedMs = clock.now() - startedAt;
      if ((await probe.count(sessionId, signal)) > 0) return { kind: "observable", timeToEffectMs: elapsedMs };
      for (const { id, sentMs } of others) {
        if (otherMs !== null || (await probe.count(id, signal)) === 0) continue;
        otherMs = elapsedMs - sentMs;
        patienceMs = Math.min(settleMs, Math.max(slownessFactor * otherMs, leastPatienceMs));
      }
      if (otherMs === null && !hasSentMore && elapsedMs >= moreAfterMs) {
        hasSentMore = true;
        for (const id of await more()) others.push({ id, sentMs: elapsedMs });
      }
      if (elapsedMs >= patienceMs) break;
      await clock.sleep(nextLookMs(elapsedMs), signal);
    }
    if (otherMs !== null) return { kind: "observable", timeToEffectMs: otherMs };
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

/**
 * Why a declared observer has shown nothing that can be relied on; null where it has. Then nobody should read green: the
 * work was to be seen, and was not.
 */
export function blindnessOf(
  calibration: Calibration | null,
): { readonly reason: string; readonly howToTell: string } | null {
  switch (calibration?.kind) {
    case undefined:
    case "observable":
      return null;
    case "silent":
      return calibration;
    case "not-observable":
    case "probe-failed":
      return {
        reason: blindReason(calibration.reason),
        howToTell:
          "Ask the probe by itself: it has to say 0 for a session that was never sent, and 1 for one that was processed.",
      };
  }
}
