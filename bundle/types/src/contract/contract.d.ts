import type { Clause } from "./clause.js";
import type { Decision } from "./decisions.js";
/** What retry delays are counted from; see the decision `retry-delay-from`. */
export type RetryDelayFrom = "attempt-start" | "attempt-end";
/** How a callback comes. */
export type Method = "POST" | "PUT";
/** What a service documents about its webhook callback, as data. */
export interface Contract {
    /** As it is asked for: `--contract batch`. */
    readonly id: string;
    readonly name: string;
    /** Public address of the documentation page. */
    readonly documentUrl: string;
    readonly clauses: readonly Clause[];
    readonly decisions: readonly Decision[];
    readonly request: {
        readonly method: Method;
        /** Those that a webhook can be registered with. */
        readonly methods: readonly Method[];
        readonly contentType: string;
        /** Headers that carry the session id: the current one, and the deprecated one. */
        readonly sessionHeader: string;
        readonly legacySessionHeader: string;
        /** Body members that carry the session id, in the documented order. */
        readonly sessionField: string;
        readonly legacySessionField: string;
        /** Names, lower case, that a custom header cannot override. */
        readonly systemHeaders: readonly string[];
    };
    readonly response: {
        /** Milliseconds from the start of an attempt to complete status line and headers (`response/within-20-seconds`). */
        readonly deadlineMs: number;
        /** Bytes of a response body that are read; more does not undo an acknowledgement. */
        readonly bodyCapBytes: number;
    };
    readonly retry: {
        /** Milliseconds before attempt 2, 3, …; one entry a retry (`retry/schedule`). */
        readonly delaysMs: readonly number[];
        readonly delayFrom: RetryDelayFrom;
    };
    readonly callbackUrl: {
        readonly scheme: "https:";
        /** Names that mean this machine, with everything below them. */
        readonly localhostSuffixes: readonly string[];
        /** Special-use and customary private suffixes; see the decision `external-reachability`. */
        readonly internalSuffixes: readonly string[];
    };
    readonly results: {
        /** Path of the canonical results endpoint; `{sessionId}` stands for the percent-encoded session id. */
        readonly path: string;
        readonly baseUrl: string;
    };
}
/** Milliseconds from the first attempt to each attempt, the first included: 0, 1, 3, 8, 23, 53 minutes as documented. */
export declare function scheduledOffsetsMs(contract: Contract): number[];
