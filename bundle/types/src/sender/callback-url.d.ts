/** A callback URL taken apart once, as configured. */
export interface CallbackUrl {
    /** As configured, userinfo and all: never print it. */
    readonly raw: string;
    /** For people: userinfo and fragment left out. */
    readonly display: string;
    readonly scheme: "https:" | "http:";
    /** As the URL parser normalises it; an IPv6 literal without its brackets. */
    readonly hostname: string;
    readonly port: number;
    /** Path and query exactly as configured; what a request target cannot carry is percent-encoded. */
    readonly path: string;
    /** Decoded userinfo; null where there is none. */
    readonly userinfo: {
        readonly username: string;
        readonly password: string;
    } | null;
}
/**
 * Takes a callback URL apart. The request target keeps dot segments, doubled slashes, either case of percent-escapes
 * and an empty query, since a receiver may route by them; only what HTTP cannot carry is encoded.
 * @throws UsageError `ERR_CALLBACK_URL` unless it is an absolute http(s) URL; its message holds no part of the URL
 * that may be secret.
 */
export declare function parseCallbackUrl(raw: string): CallbackUrl;
