import type { Check } from "../src/runner/check.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { expectAcknowledged, isTimeout } from "../src/runner/expectations.js";
import type { Attempt } from "../src/sender/attempt.js";

/** What checks on one kind of bad input differ in. */
export type BadInput = Pick<Check, "id" | "title" | "explain" | "clause" | "source" | "fits"> & {
  readonly variations: readonly Variation[];
};

/**
 * Sends all variations at once, so that silence costs one deadline and not one each; but one after another to confirm a
 * failure, which may have come from their coming together, and then no further than the first silence.
 */
export async function sendAll(context: CheckContext, variations: readonly Variation[]): Promise<readonly Attempt[]> {
  if (!context.confirming) return Promise.all(variations.map((variation) => context.send({ variation })));
  const attempts: Attempt[] = [];
  for (const variation of variations) {
    const attempt = await context.send({ variation });
    attempts.push(attempt);
    if (isTimeout(attempt)) break;
  }
  return attempts;
}

/** A check that sends all variations, and then the documented callback, which is to be acknowledged as ever. */
export function badInputCheck(
  { variations, ...check }: BadInput,
  judge: (context: CheckContext, attempts: readonly Attempt[]) => ReturnType<Check["run"]>,
): Check {
  return {
    ...check,
    level: "hardening",
    builds: "on-baseline",
    sessions: variations.length + 1,
    async run(context) {
      const attempts = await sendAll(context, variations);
      const control = await context.send();
      const unseen = await judge(context, attempts);
      expectAcknowledged(context, control);
      return unseen;
    },
  };
}
