import type { ReportAttempt } from "../model.js";
import { scheduledSessions } from "./exchange-names.js";

/** Everything sent for one session along the schedule. */
export interface Delivery {
  readonly sessionId: string;
  /** In the order of the schedule. */
  readonly attempts: readonly ReportAttempt[];
}

/** The deliveries among a check's exchanges: sessions that came again at another time of the schedule. */
export function deliveriesOf(attempts: readonly ReportAttempt[]): readonly Delivery[] {
  return Array.from(scheduledSessions(attempts), (sessionId) => ({
    sessionId,
    attempts: attempts
      .filter((attempt) => attempt.sessionId === sessionId)
      .sort((a, b) => a.virtualOffsetMs - b.virtualOffsetMs),
  }));
}
