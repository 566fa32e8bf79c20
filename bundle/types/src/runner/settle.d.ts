import type { Observable, Observer, Seen } from "./effects-probe.js";
export declare const firstPollMs = 20;
export declare const longestPollMs = 500;
/** What is seen of a run's effects, and what earlier looks have taught. */
export interface Watch {
    readonly observer: Observer;
    readonly calibration: Observable;
    /** Sends the documented callback for a fresh session and resolves to its id. */
    readonly sendSentinel: () => Promise<string>;
    /** The receiver no longer processes what it acknowledges: it is not waited for each time anew. */
    readonly state: {
        hasStopped: boolean;
    };
}
export interface Settled {
    readonly seen: ReadonlyMap<string, Seen>;
    /** A sentinel was processed: what has no effect by now will have none. */
    readonly isSure: boolean;
}
/**
 * What can be seen of each session once it can no longer change: a sentinel that is sent now has been processed, and
 * three times the usual time to effect has passed. A session that must show and does not is waited for until nothing new
 * has shown for a while, and as long as `--settle` says where no sentinel shows either. It takes one request, or three
 * where the first sentinel is lost, for three sessions as for a hundred and fifty.
 * @param awaited those of the sessions that must show.
 * @throws NotRun `effects-not-settled` where the receiver was still working its way through a queue in the end.
 */
export declare function settle(watch: Watch, sessionIds: readonly string[], awaited?: readonly string[]): Promise<Settled>;
/** Asks about several sessions at once. */
export declare function countsOf({ probe, signal }: Pick<Observer, "probe" | "signal">, sessionIds: readonly string[]): Promise<ReadonlyMap<string, Seen>>;
