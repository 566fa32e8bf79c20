import type { Contract } from "../contract/contract.js";
import type { CallbackRequest, Header } from "./attempt.js";
import type { CallbackUrl } from "./callback-url.js";
/**
 * How the harness names itself on the wire (decision `wire`).
 * @internal
 */
export declare const userAgent: string;
/** A callback that is sent in place of the documented one, such as one that was captured from the real service. */
export interface CallbackTemplate {
    readonly method: string;
    /** In their order and letter case. Null stands for a value that is not known: a custom header has to give it. */
    readonly headers: readonly (readonly [name: string, value: string | null])[];
    readonly body: Buffer;
    /** What it calls its session: its session id and, if it strays from the contract, others. None if it names none. */
    readonly sessionIds: readonly string[];
}
/**
 * The documented callback for one session (`request/*`, `auth/*`): system headers first, then what any HTTP client
 * sends, then the custom headers, which may replace the latter.
 * @throws UsageError `ERR_SESSION_ID` for an id that no header can carry.
 */
export declare function documentedCallback(contract: Contract, url: CallbackUrl, custom: readonly Header[], sessionId: string): CallbackRequest;
/** @throws UsageError `ERR_SESSION_ID` for an id that no header can carry. */
export declare function assertSessionId(sessionId: string): void;
/** Userinfo in a URL becomes Basic credentials (RFC 7617), as HTTP clients in general do. */
export declare function basicAuthorization({ userinfo }: CallbackUrl): Header[];
