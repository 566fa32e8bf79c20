import type { SecureContextOptions } from "node:tls";
import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import { type ArrivedRequest, type Journal } from "./journal.js";
import type { Step } from "./script.js";
export interface ScriptedReceiverOptions {
    readonly clock: Clock;
    /**
     * One step an attempt, counted per session id; after the last one, `afterwards`. A connection that is reset at
     * `connect` has no session id yet, so a script with such a step meets one session only.
     */
    readonly script: readonly Step[];
    /** @default the last step of the script */
    readonly afterwards?: Step;
    /** Other paths are answered with 404 and not counted. @default "/webhook" */
    readonly path?: string;
    /** @default the contract of batch jobs */
    readonly contract?: Contract;
    readonly tls?: SecureContextOptions;
    /** @default any free port */
    readonly port?: number;
    /** @default "127.0.0.1" */
    readonly host?: string;
}
/** One attempt as the scripted receiver met it. */
export interface Arrival {
    /** From the session header, else from the body; empty where neither says, null where no request came. */
    readonly sessionId: string | null;
    /** From 1, within its session. */
    readonly attempt: number;
    /** Milliseconds since the Unix epoch, on the receiver's clock: the last byte of the request. */
    readonly at: number;
    readonly step: Step;
    /** Null where the connection was reset before any request. */
    readonly request: ArrivedRequest | null;
}
export interface ScriptedReceiver {
    /** The callback URL. */
    readonly url: string;
    readonly port: number;
    readonly journal: Journal & {
        readonly arrivals: readonly Arrival[];
    };
    /** Destroys every connection; rejects when a step could not be played, as a stall that nobody could end. */
    close(): Promise<void>;
}
/**
 * Starts a receiver that meets each attempt as its script says. On a virtual clock it stalls on behalf of the sender's
 * attempt, whose hold is bound to the connection's port.
 * @throws UsageError when there is no step to play.
 */
export declare function createScriptedReceiver(options: ScriptedReceiverOptions): Promise<ScriptedReceiver>;
/** From the session header, else from the body; empty where neither says. */
export declare function sessionIdOf(request: ArrivedRequest, contract: Contract): string;
