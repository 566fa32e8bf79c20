import type { Contract } from "../src/contract/contract.js";
import type { Check } from "../src/runner/check.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { expectAcknowledged, expectRefused } from "../src/runner/expectations.js";

/** Fits where a second effect is one too many. */
export const once = ({ effect }: Contract): boolean => effect === "once";

type VariationCheck = Omit<Check, "run" | "sessions" | "builds"> & { readonly variations: readonly Variation[] };

/** A check that sends the documented callback with a change that a good receiver does not mind. */
export function acceptsVariations({ variations, ...check }: VariationCheck): Check {
  return {
    ...check,
    builds: "on-baseline",
    judgesEffects: true,
    sessions: variations.length,
    async run(context) {
      for (const variation of variations) {
        expectAcknowledged(context, await context.send({ variation: { ...variation, harmless: true } }));
      }
    },
  };
}

/** Sends a request that ought to be refused, and then the same with what shows who sends it. */
export async function refusesThenAccepts(context: CheckContext, variation: Variation): Promise<void> {
  const sessionId = context.session();
  const refused = await context.send({ sessionId, variation });
  // Before the control: where effects are observed, this session must not have been processed yet.
  await expectRefused(context, [refused], "401 or 403 (any 4XX)");
  const control = await context.send({ sessionId });
  expectAcknowledged(context, control);
}

/** `\u0073essionId`: every key and value with its first character as an escape, which JSON readers undo (RFC 8259 §7). */
const escapeFirstCharacters = (json: string): string =>
  json.replaceAll(/"([a-z0-9])/gi, (_, first: string) => `"\\u${first.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same JSON in other bytes. */
export const differentlyFormatted: readonly Variation[] = [
  {
    label: "with other key order and white space",
    body: (documented) => Object.fromEntries(Object.entries(documented).toReversed()),
    bytes: (json) => `${JSON.stringify(JSON.parse(json), null, "\t").replaceAll("\n", "\r\n")}\n`,
  },
  { label: "with escaped characters", bytes: escapeFirstCharacters },
];
