import type { Contract } from "../src/contract/contract.js";
import type { Check } from "../src/runner/check.js";
import type { Variation } from "../src/runner/check-context.js";
import { expectAcknowledged } from "../src/runner/expectations.js";

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
