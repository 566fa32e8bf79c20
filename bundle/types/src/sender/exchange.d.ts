import type { Clock } from "../clock/clock.js";
import type { AnswerHead, AnswerListener } from "./answer-reader.js";
import type { AttemptOutcome, AttemptPhase, AttemptResponse, AttemptTimings } from "./attempt.js";
import type { Oddity } from "./oddities.js";
export interface ExchangeResult {
    readonly outcome: AttemptOutcome;
    readonly response: AttemptResponse | null;
    readonly timings: AttemptTimings;
}
export interface ExchangeLimits {
    /** Milliseconds on `clock`, from now to complete status line and headers. */
    readonly deadlineMs: number;
    readonly bodyCapBytes: number;
    readonly clock: Clock;
    /** Settles at the end of the headers, without waiting for the body. */
    readonly stopAtHeaders?: boolean;
}
/** The connection that carries an exchange, as the exchange sees it. */
export interface Carrier {
    /** How far it has come until it is connected. */
    phase(): AttemptPhase;
    /** What was odd about the answer so far. */
    oddities(): readonly Oddity[];
    /** Ends it, however far it has come. */
    giveUp(): void;
}
/**
 * One request's answer as it comes in, until it is settled: by its end, by the deadline, or by an error. Whatever a
 * hostile receiver sends, it settles once, within the deadline, holding at most the capped body.
 */
export declare class Exchange implements AnswerListener {
    #private;
    constructor(limits: ExchangeLimits, carrier: Carrier);
    get isSettled(): boolean;
    /** Rejects when the signal aborts, or with a mistake of ours; never for anything a receiver does. */
    settled(signal?: AbortSignal): Promise<ExchangeResult>;
    /** Resolves when it is settled, either way. */
    over(): Promise<void>;
    onConnect(): void;
    onHeaders(head: AnswerHead): void;
    onData(chunk: Buffer): void;
    onComplete(): void;
    onError(error: NodeJS.ErrnoException): void;
    /** What is no finding about the receiver: it was given up, or cannot be sent. */
    fail(reason: unknown): void;
}
