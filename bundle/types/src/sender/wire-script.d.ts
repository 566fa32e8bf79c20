import type { Socket } from "node:net";
import type { CallbackRequest } from "./attempt.js";
/** What is put on a raw socket in place of what an HTTP client would write, step by step. */
export type WireStep = {
    readonly do: "send";
    readonly bytes: Buffer;
}
/** Waits until the receiver sends an interim answer, starts its final one, or `upToMs` have passed on the deadline's clock. */
 | {
    readonly do: "await-answer";
    readonly upToMs: number;
}
/** Closes the connection, as a client does that goes away. */
 | {
    readonly do: "close";
}
/** Sends RST, as a connection does that is cut. */
 | {
    readonly do: "reset";
};
/** Everything before the body as it stands on the wire; the caller adds the framing. */
export declare function requestHead(request: CallbackRequest, host: string, framing: readonly string[]): Buffer;
/** The body in two chunks (RFC 9112 §7.1), so that no receiver gets away with reading one. */
export declare function chunkedBody(body: Buffer): Buffer;
/**
 * Sends the script on a connection, in place of a request.
 * @param answered aborts at the first byte that comes back, or when the connection is gone.
 * @param sleep rejects when the signal aborts.
 */
export declare function playWireScript(socket: Socket, tcp: Socket, script: readonly WireStep[], answered: AbortSignal, sleep: (ms: number, signal: AbortSignal) => Promise<void>): Promise<void>;
/** Sends RST; to a proxy over TLS only FIN, since Node cannot reset below that. */
export declare function resetConnection(tcp: Socket): void;
