import type { ReceiverKind } from "./lab-receiver.js";
import type { Scenario } from "./scenario.js";

/** Why a receiver of this kind cannot be played the scenario, in one sentence; null where it can. */
export function whyNotPlayed(kind: ReceiverKind, { deliveries }: Scenario): string | null {
  if (kind === "process") return null;
  for (const [index, { script }] of deliveries.entries()) {
    const attempt = script.findIndex((token) => token.kind === "restart");
    if (attempt < 0) continue;
    const which = `attempt ${attempt + 1}${deliveries.length === 1 ? "" : ` of session ${index + 1}`}`;
    return `its word restart, for ${which}, needs a receiver that can be started anew: a command given by --exec, with --url`;
  }
  return null;
}
