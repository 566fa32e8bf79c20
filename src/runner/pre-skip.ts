import type { CheckEnd } from "./check-record.js";
import type { Check, Suite } from "./check.js";
import { howToDeclare } from "./how-to-declare.js";
import type { Target } from "./target.js";

/** Why a check is not started at all. */
export type PreSkip = Pick<CheckEnd, "reasonCode" | "reason">;

/**
 * What can be told before anything is sent; null where the check is to run.
 * @param isNamed the check was asked for by name, its own or that of its suite.
 */
export function preSkip(
  check: Check,
  suite: Pick<Suite, "id" | "publicOnlyByName">,
  target: Pick<Target, "capabilities" | "local">,
  isNamed: boolean,
): PreSkip | null {
  if (suite.publicOnlyByName === true && !target.local && !isNamed) {
    const reason = `not sent to a receiver that is not local unless it is asked for by name: pass --suite ${suite.id}`;
    return { reasonCode: "not-selected", reason };
  }
  if (check.productionOnly === true && target.local) {
    return {
      reasonCode: "not-applicable",
      reason: "not applicable: the target is declared local, not at its production address",
    };
  }
  const missing = check.needs?.find((capability) => !target.capabilities.has(capability));
  if (missing === undefined) return null;
  return { reasonCode: "not-observable", reason: `not observable: ${howToDeclare[missing].missing}` };
}
