import type { ReportCheck } from "../report/model.js";
import type { Check } from "./check.js";
/** A failure that is known and accepted for now. */
export interface KnownFailure {
    /** A check id, or a glob over ids that must hold for each check it matches. */
    readonly check: string;
    readonly reason: string;
    /** The last day that it is accepted on, YYYY-MM-DD in UTC; after it, what fails fails the gate again. @default none */
    readonly expires?: string;
    /** It may fail or pass. @default false: once it passes, the entry is out of date */
    readonly flaky?: boolean;
}
/** How a reason begins that nobody has given yet. */
export declare const unexplained = "to be explained";
/** The reason for a listed check, as it is shown everywhere; null for one that is not listed, or may pass and did. */
export declare function knownFailureOf(known: readonly KnownFailure[], check: Check, outcome?: ReportCheck["outcome"] | null): string | null;
/** What is said of a check that passed, and may fail as well; none where it must go on failing. */
export declare function flakyNotes(known: readonly KnownFailure[], check: Check): readonly string[];
/**
 * The entries that still hold, and what is to be said of the others and of those that nobody has explained.
 * @param nowMs Unix epoch.
 */
export declare function inForce(known: readonly KnownFailure[], nowMs: number): {
    readonly known: readonly KnownFailure[];
    readonly notes: readonly string[];
};
/** What is wrong with the list itself, a sentence each: entries that match nothing, and listed checks that pass. */
export declare function staleEntries(known: readonly KnownFailure[], catalogue: readonly Check[], outcomes: ReadonlyMap<string, ReportCheck["outcome"]>): readonly string[];
