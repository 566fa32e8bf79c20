/** One request that came to the results API which the receiver under test is pointed at. */
export interface ResultsRequest {
    /** Milliseconds since the Unix epoch. */
    readonly time: number;
    readonly method: string;
    /** Request target exactly as it came. */
    readonly target: string;
    /** Decoded from the path of a results request; null for any other request. */
    readonly sessionId: string | null;
    /** Whose token it carried: that of the session's creator, another one, or none. */
    readonly authorization: "owner" | "other" | "none";
    /** The header of its token, where no page of the documentation names it. */
    readonly undocumented?: string | null;
    /** Null while it is not answered, or where it was reset. */
    readonly status: number | null;
}
export type ResultsFault = {
    readonly kind: "stall";
    readonly ms: number;
}
/** Closes the connection after so long, without an answer. */
 | {
    readonly kind: "hang-up";
    readonly ms: number;
} | {
    readonly kind: "rate-limited";
    readonly retryAfterS: number;
} | {
    readonly kind: "unavailable" | "server-error" | "reset" | "cut-off" | "not-json" | "not-ready-404" | "not-ready-409";
};
/** The results API as a check sees it. */
export interface ResultsApi {
    /** Makes a session known, with results that the configured token may read. */
    register(sessionId: string): void;
    /** How many times its results were really fetched; the pages of one fetch count once. */
    fetches(sessionId: string): number;
    /** Everything that came so far, oldest first. */
    requests(): readonly ResultsRequest[];
    /** Misbehaves towards requests for one session, so many times; for good where `times` is left out. */
    fault(sessionId: string, fault: ResultsFault, times?: number): void;
}
