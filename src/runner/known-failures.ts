import type { ReportCheck } from "../report/model.js";
import type { Check } from "./check.js";
import { idMatcher, namesOf } from "./selection.js";

/** A failure that is known and accepted for now. */
export interface KnownFailure {
  /** A check id, or a glob over ids that must hold for each check it matches. */
  readonly check: string;
  readonly reason: string;
}

/** The reason for a listed check; the first entry that matches decides. */
export function knownFailureOf(known: readonly KnownFailure[], check: Check): string | null {
  return known.find((entry) => matches(entry, check))?.reason ?? null;
}

/** What is wrong with the list itself, a sentence each: entries that match nothing, and listed checks that pass. */
export function staleEntries(
  known: readonly KnownFailure[],
  catalogue: readonly Check[],
  outcomes: ReadonlyMap<string, ReportCheck["outcome"]>,
): readonly string[] {
  return known.flatMap((entry) => {
    const matched = catalogue.filter((check) => matches(entry, check));
    if (matched.length === 0) return [`known failure "${entry.check}" matches no check: correct or remove it`];
    return matched
      .filter(({ id }) => outcomes.get(id) === "passed")
      .map(({ id }) => `known failure "${entry.check}" is out of date: ${id} passes, so remove it from the list`);
  });
}

function matches(entry: KnownFailure, check: Check): boolean {
  const matcher = idMatcher(entry.check);
  return namesOf(check).some((name) => matcher(name));
}
