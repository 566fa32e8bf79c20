import { type Check, type Suite } from "./check.js";
/** Which checks a run is to run. What is left out selects everything; `skip` takes away from what the others select. */
export interface SelectionOptions {
    /** Globs over suite ids. */
    readonly suites?: readonly string[];
    /** Globs over check ids. */
    readonly checks?: readonly string[];
    readonly skip?: readonly string[];
    readonly levels?: readonly string[];
}
/**
 * @returns the ids of the selected checks.
 * @throws UsageError `ERR_FILTER` for a filter that matches nothing, so that a typing error cannot turn a run green.
 */
export declare function selectChecks(suites: readonly Suite[], options: SelectionOptions): ReadonlySet<string>;
/**
 * @returns the ids of the selected checks that the filters name rather than merely match, by the suite's id or their
 * own: `load`, `load/*` and `{load,fuzz}` name the suite load, `*` and `lo*` do not.
 */
export declare function namedChecks(suites: readonly Suite[], options: SelectionOptions): ReadonlySet<string>;
/** Current and former ids of a check. */
export declare const namesOf: ({ id, aliases }: Check) => readonly string[];
/** Whether a glob over ids matches; `*` stays within a suite, `**` does not. */
export declare function idMatcher(pattern: string): (id: string) => boolean;
