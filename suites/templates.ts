import type { Attempt } from "../src/sender/attempt.js";
import { timesInWords } from "../src/contract/figures.js";
import type { Contract } from "../src/contract/contract.js";
import type { Check } from "../src/runner/check.js";
import type { CheckContext, Variation } from "../src/runner/check-context.js";
import { notApplicable } from "../src/runner/check.js";
import { expectAcknowledged, expectRefused, isAcknowledged, isRefused } from "../src/runner/expectations.js";

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

/** A check that nothing is done about what is refused. */
export function refusalHasNoEffect({
  variations,
  ...check
}: Omit<Check, "run" | "sessions" | "requests" | "builds" | "level"> & {
  readonly variations: (context: CheckContext) => readonly Variation[];
}): Check {
  return {
    ...check,
    level: "recommended",
    builds: "on-baseline",
    sessions: 2,
    requests: 3,
    async run(context) {
      const attempts: Attempt[] = [];
      for (const variation of variations(context)) attempts.push(await context.send({ variation }));
      const refused = attempts.filter((attempt) => !isAcknowledged(attempt));
      if (refused.length === 0) return notApplicable("none of it is refused, which other checks judge");
      const counts = await context.effects(refused.map(({ request }) => request.sessionId));
      for (const attempt of refused) {
        const times = counts.get(attempt.request.sessionId) ?? 0;
        if (times > 0) context.mismatch("no effect", `processed ${timesInWords(times)}`, attempt);
      }
    },
  };
}

/** A check that what ought to be refused does not use up its session. */
export function refusalLeavesUnspent({
  variation,
  notRefused,
  ...check
}: Omit<Check, "run" | "sessions" | "requests" | "builds" | "level" | "judgesEffects" | "collects"> & {
  readonly variation: (context: CheckContext) => Variation;
  /** What is not refused, where it is not. */
  readonly notRefused: string;
}): Check {
  return {
    ...check,
    level: "recommended",
    builds: "on-baseline",
    judgesEffects: true,
    collects: { misdeeds: ["lost-after-refusal"], from: "its-suite" },
    sessions: 1,
    requests: 2,
    async run(context) {
      const sessionId = context.session();
      const refused = await context.send({ sessionId, variation: variation(context) });
      if (!isRefused(refused)) return notApplicable(`${notRefused} not refused, which other checks judge`);
      await context.betweenRetries();
      expectAcknowledged(context, await context.send({ sessionId }));
    },
  };
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
