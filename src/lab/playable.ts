import type { ReceiverKind } from "./lab-receiver.js";
import type { Scenario, Token } from "./scenario.js";

/**
 * Why a receiver of this kind cannot be played the scenario, in one sentence; null where it can.
 * @param hasOther there is a second instance of it.
 */
export function whyNotPlayed(kind: ReceiverKind, { deliveries }: Scenario, hasOther = false): string | null {
  for (const [index, { script }] of deliveries.entries()) {
    for (const [attempt, { kind: word, text }] of script.entries()) {
      const needs = needed(word, kind, hasOther);
      if (needs === null) continue;
      const which = `attempt ${attempt + 1}${deliveries.length === 1 ? "" : ` of session ${index + 1}`}`;
      return `its word ${text}, for ${which}, needs ${needs}`;
    }
  }
  return null;
}

/** What the receiver lacks for the word; null where nothing. */
function needed(word: Token["kind"], kind: ReceiverKind, hasOther: boolean): string | null {
  switch (word) {
    case "restart":
    case "crash":
      return kind === "process" ? null : "a receiver that can be started anew: a command given by --exec, with --url";
    case "other-instance":
      return hasOther
        ? null
        : "a second instance of the receiver: another --url, and another --exec where one starts it";
    default:
      return null;
  }
}
