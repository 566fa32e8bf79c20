import type { Contract } from "../contract/contract.js";
import type { CallbackUrl } from "./callback-url.js";
/** What kind of host a callback URL names (`url/externally-reachable`, decision `external-reachability`). */
export type CallbackHost = {
    readonly kind: "ip-address";
    /** The address that the literal stands for; an IPv4-mapped one as IPv4. */
    readonly address: string;
    /** The literal as configured, such as `0x7f.1`. */
    readonly written: string;
} | {
    readonly kind: "localhost";
    readonly suffix: string;
} | {
    readonly kind: "internal";
    readonly because: "single-label";
} | {
    readonly kind: "internal";
    readonly because: "suffix";
    readonly suffix: string;
}
/** Anything else is for DNS to say, an unknown top-level domain too. */
 | {
    readonly kind: "public-name";
    readonly name: string;
};
/**
 * Says what a callback URL's host is, by its name alone. The suffixes are the contract's and no others: names of the
 * Public Suffix List's PRIVATE section (`vercel.app`, `run.app`) are public hosting.
 */
export declare function classifyHost(url: CallbackUrl, contract: Contract): CallbackHost;
/** `example.com.` and `example.com` are one name (RFC 1034 §3.1); certificates and SNI know only the latter. */
export declare function withoutRootDot(hostname: string): string;
