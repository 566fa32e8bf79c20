import type { Clock } from "../clock/clock.js";
import type { Contract, RetryDelayFrom } from "../contract/contract.js";
import type { Attempt, CallbackRequest, Header } from "./attempt.js";
import { type CallbackTemplate } from "./callback.js";
import { type CallbackUrl } from "./callback-url.js";
import { Connection, type ExchangeOptions } from "./connection.js";
import { type Delivery, type DeliveryListener } from "./delivery.js";
import { type Network } from "./open-connection.js";
export interface SenderOptions {
    /** The callback URL, `https://` or, at a local target, `http://`. */
    readonly url: string | CallbackUrl;
    /** Custom headers as configured with the webhook. */
    readonly headers?: readonly Header[];
    /** Sent in place of the documented callback. @default none */
    readonly template?: CallbackTemplate;
    /** @default the contract of batch jobs */
    readonly contract?: Contract;
    /** Clock of the retry schedule. @default systemClock */
    readonly clock?: Clock;
    /** Clock of the deadline of each attempt. @default systemClock */
    readonly deadlineClock?: Clock;
    /** @default what the contract says */
    readonly retryDelayFrom?: RetryDelayFrom;
    readonly network?: Partial<Network>;
    /** Keeps up to so many connections and uses them again, in place of a fresh connection for each attempt. */
    readonly pooledConnections?: number;
}
/** A batch job that has come to its end. */
export interface Job {
    readonly sessionId: string;
    /** @default "succeeded" */
    readonly status?: "succeeded" | "failed";
}
export interface AttemptOptions extends ExchangeOptions {
    /** From 1. @default 1 */
    readonly number?: number;
    /** Milliseconds since the delivery started. @default 0 */
    readonly offsetMs?: number;
    /** A connection from `connection()`; by default a fresh one, closed afterwards. */
    readonly connection?: Connection;
    /** Ends the attempt with the response's headers. @default false */
    readonly stopAtHeaders?: boolean;
}
/** The documented sender for one callback URL. */
export interface Sender {
    /** Names of custom headers that were dropped because they are system headers. */
    readonly droppedHeaders: readonly string[];
    /** Names of the template's headers that were left out, because no custom header gives their value. */
    readonly missingHeaders: readonly string[];
    /** The documented request for a session, or the template's, to look at or to vary. */
    callback(sessionId: string): CallbackRequest;
    /** One POST and what came of it. Rejects only when the signal aborts, never on anything a receiver does. */
    attempt(request: CallbackRequest, options?: AttemptOptions): Promise<Attempt>;
    /** Everything done to get one callback acknowledged. Rejects only when the signal aborts. */
    deliver(job: Job, options?: {
        readonly signal?: AbortSignal;
        readonly on?: DeliveryListener;
    }): Promise<Delivery>;
    /** A keep-alive connection; close it. */
    connection(): Connection;
    close(): Promise<void>;
}
/** @throws UsageError for a URL or a header that cannot be sent. */
export declare function createSender(options: SenderOptions): Sender;
