import type { Advance } from "../runner/elapsed-time.js";
import type { LabReceiver } from "./lab-receiver.js";

/**
 * The receiver, with whatever it keeps time by moved along with the scenario's clock before each attempt, and while its
 * late work is waited for.
 * @param startAt the scenario's time as the receiver is got ready, in milliseconds since the Unix epoch.
 */
export function advancing(receiver: LabReceiver, advance: Advance, startAt: number, signal: AbortSignal): LabReceiver {
  let at = startAt;
  return {
    ...receiver,
    movesAll: true,
    async travelTo(now) {
      const ms = now - at;
      at = Math.max(at, now);
      // What the receiver does on its way asks those that are there already.
      if (ms > 0) await advance(ms, signal);
      await receiver.travelTo?.(now);
    },
  };
}
