/** A header as it came: name in its own letter case, value without outer space, one character a byte. */
export type ArrivedHeader = readonly [name: string, value: string];
/** One connection as the receiver saw it. */
export interface ArrivedConnection {
    /** From 1, in the order of acceptance. */
    readonly number: number;
    readonly localPort: number;
    readonly remotePort: number;
    /** Milliseconds since the Unix epoch, on the receiver's clock. */
    readonly openedAt: number;
    readonly closedAt: number | null;
    /** Code of the error that the socket or its TLS handshake ended with. */
    readonly error: string | null;
    /** What came after the last whole request: on a closed connection, a request that was cut off. */
    readonly rest: Buffer;
}
/** One whole request, exactly as it came. */
export interface ArrivedRequest {
    readonly connection: ArrivedConnection;
    /** From 1, on its connection. */
    readonly number: number;
    /** Milliseconds since the Unix epoch, on the receiver's clock: its first and its last byte. */
    readonly startedAt: number;
    readonly completedAt: number;
    readonly method: string;
    /** Path and query. */
    readonly target: string;
    readonly version: string;
    /** In their order, duplicates included. */
    readonly headers: readonly ArrivedHeader[];
    /** Without its framing: of a chunked body, the chunks joined. */
    readonly body: Buffer;
    /** Every byte of it. */
    readonly raw: Buffer;
}
/** What arrived at a server, in the order of arrival. It only grows: a journal is for one test or one session of play. */
export interface Journal {
    readonly connections: readonly ArrivedConnection[];
    readonly requests: readonly ArrivedRequest[];
}
/** Value of a header, its name in any letter case; null where there is none, joined by ", " where there are several. */
export declare function headerOf(request: ArrivedRequest, name: string): string | null;
