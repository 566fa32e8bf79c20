import type { Attempt } from "../sender/attempt.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import type { Check } from "./check.js";
import type { CheckRecord } from "./check-record.js";
import { type Watch } from "./settle.js";
/** One attempt that was made for a session. */
export interface Entry {
    readonly attempt: Attempt;
    /** What was special about it, for the evidence. */
    readonly label: string;
    readonly onTheWay: OnTheWay;
    /** It is the documented callback, or one that a good receiver takes like it: acknowledged, it must be processed. */
    readonly entitles: boolean;
}
/**
 * What became of a session that should have been processed once, by what its callback met before: the rows that a
 * receiver answers for apart, since each has a cause of its own.
 */
export type Misdeed = "lost" | "lost-after-cut" | "lost-after-refusal" | "lost-after-failure" | "doubled" | "doubled-by-retry" | "doubled-after-cut"
/** The refused request had an effect: that is judged where it is refused. */
 | "doubled-after-refusal" | "doubled-after-failure" | "doubled-after-lost-answer" | "doubled-at-once";
/** A session that was acknowledged, and was lost or processed more than once. */
export interface Misdone {
    readonly misdeed: Misdeed;
    /** Of the run that it belongs to. */
    readonly check: Check;
    readonly entry: Entry;
    readonly sessionId: string;
    readonly actual: string;
}
/** Whatever was sent for each session of a run, and what came of it in the end. */
export interface Ledger {
    /** Begins the entries of one run of a check. */
    open(check: Check, record: CheckRecord): Page;
    /**
     * Looks at the effects of all sessions that were entitled to one since the last look. What a check answers for itself
     * is put into its record; the rest is kept for the checks that collect it.
     * @throws ProbeError, NotRun
     */
    settle(watch: Watch): Promise<void>;
    /** Sessions whose documented callback met a 429 or 5XX of the receiver's own, and was not acknowledged since. */
    unacknowledged(): readonly string[];
    /** Sessions of a suite's checks that were acknowledged, those that came first before the others. */
    acknowledged(suite: string): readonly string[];
    /** Every misdone session that no check has answered for itself; those that were only late are left out. */
    misdone(watch: Watch): Promise<readonly Misdone[]>;
}
/** Where the attempts of one run of a check are entered. */
export interface Page {
    enter(sessionId: string, entry: Entry): void;
    /** Nothing is expected of this session any more. */
    leaveOpen(sessionId: string): void;
}
export declare function createLedger(): Ledger;
export declare const suiteOf: ({ id }: Check) => string;
/** Where a misdeed goes whose special case is not the cause. */
export declare const plainOf: (misdeed: Misdeed) => "lost" | "doubled";
