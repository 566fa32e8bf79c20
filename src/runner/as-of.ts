import { UsageError } from "../errors.js";
import { harness } from "../package-facts.js";
import type { Check } from "./check.js";

/** Of every check that does not say otherwise. */
const firstVersion = "0.1.0";

/** The version of the harness that a check came with. */
export const sinceOf = ({ since = firstVersion }: Pick<Check, "since">): string => since;

/**
 * Reads the version that a gate is to be as of: `0.1` is every `0.1.x`.
 * @throws UsageError `ERR_AS_OF` for what is no version, or one that there was not yet.
 */
export function parseAsOf(text: string): string {
  const [, version] = /^v?(\d{1,6}(?:\.\d{1,6}){0,2})$/.exec(text.trim()) ?? [];
  if (version !== undefined && !isLater(version, harness.version) && !isLater(firstVersion, version)) return version;
  const expected = `expected a version from ${firstVersion} to ${harness.version}, such as ${minorOf(harness.version)}`;
  throw new UsageError("ERR_AS_OF", `--as-of: ${expected}, got ${JSON.stringify(text)}`);
}

/** Whether a check came after that version, so that it may not break a build that is pinned to it. */
export const isNewSince = (asOf: string | null, check: Pick<Check, "since">): boolean =>
  asOf !== null && isLater(sinceOf(check), asOf);

/** `0.1` of `0.1.2`. */
export const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

/** As far as the second one is told: 0.1.2 is not later than 0.1. */
function isLater(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).map(Number));
  for (const [index, number] of (b ?? []).entries()) {
    const own = a?.[index] ?? 0;
    if (own !== number) return own > number;
  }
  return false;
}
