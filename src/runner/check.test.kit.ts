import type { Check, Suite } from "./check.js";
import type { CheckContext } from "./check-context.js";
import { expectAcknowledged } from "./expectations.js";

/** A check that sends one documented callback and expects a 2XX, unless told otherwise. */
export function checkOf(id: string, rest: Partial<Check> = {}): Check {
  return {
    id,
    title: `does what ${id} says`,
    level: "required",
    clause: "response/2xx",
    builds: "on-baseline",
    sessions: 10,
    explain: { sends: "Something.", expects: "Something.", why: "Because.", fix: "Mend it." },
    run: async (context: CheckContext) => expectAcknowledged(context, await context.send()),
    ...rest,
  };
}

/** Judges the baseline alone. */
export const baselineCheckOf = (id: string, rest: Partial<Check> = {}): Check =>
  checkOf(id, {
    builds: "judges-baseline",
    sessions: 0,
    run: async (context) => expectAcknowledged(context, context.baseline),
    ...rest,
  });

/** One suite for each id that stands before a slash. */
export function suitesOf(checks: readonly Check[]): readonly Suite[] {
  const ids = [...new Set(checks.map(({ id }) => id.split("/", 1)[0] ?? ""))];
  return ids.map((id) => ({ id, title: id, checks: checks.filter((check) => check.id.startsWith(`${id}/`)) }));
}
