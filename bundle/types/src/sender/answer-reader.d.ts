import type { Header } from "./attempt.js";
export interface AnswerHead {
    readonly status: number;
    readonly statusText: string;
    readonly headers: readonly Header[];
}
/** What is told of an answer while it is read, in this order. */
export interface AnswerListener {
    /** The status line of the final answer. */
    onStatus?(): void;
    onHeaders(head: AnswerHead): void;
    onData(bytes: Buffer): void;
    onComplete(): void;
}
/**
 * Reads one answer, byte for byte as they come, and takes whatever RFC 9110 and 9112 let a user agent take; what was
 * odd about it is told in `oddities`. Interim answers are left out of account (decision `redirects`; RFC 9110 §15.2),
 * but a 101, which nobody asked for, ends it.
 *
 * It keeps at most one line and one head, and no more time than the bytes it was given.
 */
export declare class AnswerReader {
    #private;
    readonly oddities: Set<"bare-carriage-return" | "bare-line-feed" | "bytes-after-end" | "control-character" | "empty-line-before" | "folded-header" | "no-space-after-status" | "repeated-content-length" | "stray-white-space">;
    /** Whether the connection may carry another exchange; true only once the answer is whole. */
    reusable: boolean;
    constructor(listener: AnswerListener, method: string);
    /** @throws AnswerError for what no client can read. */
    read(bytes: Buffer): void;
    /**
     * The peer has ended the connection.
     * @throws an error of code `CLOSED` when the answer is not whole.
     */
    end(): void;
}
/** What a connection that the peer ended in good order, but too early, is told by. */
export declare function closedEarly(): Error;
