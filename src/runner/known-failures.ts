import { isoTime } from "../clock/timestamps.js";
import type { ReportCheck } from "../report/model.js";
import type { Check } from "./check.js";
import { isNewSince } from "./as-of.js";
import { idMatcher, namesOf } from "./selection.js";

/** A failure that is known and accepted for now. */
export interface KnownFailure {
  /** A check id, or a glob over ids that must hold for each check it matches. */
  readonly check: string;
  readonly reason: string;
  /** Id of the contract that it is accepted under. @default any */
  readonly contract?: string;
  /** The last day that it is accepted on, YYYY-MM-DD in UTC; after it, what fails fails the gate again. @default none */
  readonly expires?: string;
  /** It may fail or pass. @default false: once it passes, the entry is out of date */
  readonly flaky?: boolean;
}

/** Those that say something under a contract. */
export const underContract = (known: readonly KnownFailure[], id: string): readonly KnownFailure[] =>
  known.filter(({ contract = id }) => contract === id);

/** How a reason begins that nobody has given yet. */
export const unexplained = "to be explained";

/** The first entry that matches a check decides. */
const entryFor = (known: readonly KnownFailure[], check: Check): KnownFailure | null =>
  known.find((entry) => matches(entry, check)) ?? null;

/** The reason for a listed check, as it is shown everywhere; null for one that is not listed, or may pass and did. */
export function knownFailureOf(
  known: readonly KnownFailure[],
  check: Check,
  outcome: ReportCheck["outcome"] | null = null,
): string | null {
  const entry = entryFor(known, check);
  if (entry?.flaky !== true) return entry?.reason ?? null;
  return outcome === "passed" ? null : `flaky: ${entry.reason}`;
}

/** What is said of a check that passed, and may fail as well; none where it must go on failing. */
export function flakyNotes(known: readonly KnownFailure[], check: Check): readonly string[] {
  const entry = entryFor(known, check);
  return entry?.flaky === true ? [`passed this time; listed as flaky: ${entry.reason}`] : [];
}

/**
 * The entries that still hold, and what is to be said of the others and of those that nobody has explained.
 * @param nowMs Unix epoch.
 */
export function inForce(
  known: readonly KnownFailure[],
  nowMs: number,
): { readonly known: readonly KnownFailure[]; readonly notes: readonly string[] } {
  const today = isoTime(nowMs).slice(0, 10);
  const isOver = ({ expires = today }: KnownFailure): boolean => expires < today;
  return {
    known: known.filter((entry) => !isOver(entry)),
    notes: known.flatMap((entry) => {
      if (isOver(entry))
        return [
          `The entry "${entry.check}" of the known failures has expired on ${entry.expires}: what fails there fails the gate again.`,
        ];
      if (!entry.reason.startsWith(unexplained)) return [];
      return [
        `The entry "${entry.check}" of the known failures is still to be explained: put a reason of your own in place of "${unexplained}".`,
      ];
    }),
  };
}

/** What is wrong with the list itself, a sentence each: entries that match nothing, and listed checks that pass. A pattern says nothing of checks that are newer. */
export function staleEntries(
  known: readonly KnownFailure[],
  catalogue: readonly Check[],
  outcomes: ReadonlyMap<string, ReportCheck["outcome"]>,
  asOf: string | null = null,
): readonly string[] {
  return known.flatMap((entry) => {
    const matched = catalogue.filter((check) => matches(entry, check));
    if (matched.length === 0) return [`known failure "${entry.check}" matches no check: correct or remove it`];
    if (entry.flaky === true) return [];
    return matched
      .filter((check) => outcomes.get(check.id) === "passed" && !isNewSince(asOf, check))
      .map(({ id }) => `known failure "${entry.check}" is out of date: ${id} passes, so remove it from the list`);
  });
}

function matches(entry: KnownFailure, check: Check): boolean {
  const matcher = idMatcher(entry.check);
  return namesOf(check).some((name) => matcher(name));
}
