import type { Clock, Hold } from "../clock/clock.js";
import type { AttemptPhase, CallbackRequest } from "./attempt.js";
import { Exchange, type Carrier, type ExchangeLimits, type ExchangeResult } from "./exchange.js";
import type { Oddity } from "./oddities.js";
import { Opener, type Endpoint, type Network } from "./open-connection.js";
import { type WireStep } from "./wire-script.js";
/** What is done to one exchange on its connection; nothing of it on a documented attempt. */
export interface ExchangeFault {
    /** Sent in place of the request, on a fresh connection. */
    readonly script?: readonly WireStep[];
    /** The connection is reset at the status line of the answer, interim ones apart. */
    readonly resetAtAnswer?: boolean;
}
export interface ExchangeOptions {
    readonly fault?: ExchangeFault;
    /** Sends `Connection: close` (RFC 9112 §9.6). */
    readonly lastOnConnection?: boolean;
    /** Looks on for so many milliseconds after a whole answer whether more comes, and then closes the connection. */
    readonly lingerMs?: number;
    /** Gives the exchange up, which then rejects. */
    readonly signal?: AbortSignal;
}
/** At most one connection to the endpoint: opened by the first exchange, and again when the peer has closed it. */
export declare class Connection implements Carrier {
    #private;
    /** How many connections were opened so far: more than one means that the peer closed one between exchanges. */
    opened: number;
    constructor(network: Network | Opener, endpoint: Endpoint);
    /**
     * One exchange, and only one at a time. Rejects when the signal aborts or the connection is closed, never for
     * anything a receiver does.
     */
    exchange(request: CallbackRequest, limits: ExchangeLimits, hold: Hold, options?: ExchangeOptions): Promise<ExchangeResult>;
    /** Resolves once the request is written, or cannot be: what becomes of it is told to the exchange. */
    send(exchange: Exchange, request: CallbackRequest, clock: Clock, hold: Hold, { fault, lastOnConnection, lingerMs }?: ExchangeOptions): Promise<void>;
    phase(): AttemptPhase;
    oddities(): readonly Oddity[];
    giveUp(): void;
    /** Whether there is a connection now, as far as the peer has not closed it. */
    isOpen(): boolean;
    /** Closes the connection and whatever of it is still opening. */
    close(): Promise<void>;
}
/** The value of `Host`: the port only where it is not the scheme's own (RFC 9110 §7.2). */
export declare function hostHeader(endpoint: Endpoint): string;
