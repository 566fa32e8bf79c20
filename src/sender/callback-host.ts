import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import ipaddr from "ipaddr.js";
import type { Contract } from "../contract/contract.js";
import type { CallbackUrl } from "./callback-url.js";

/** What kind of host a callback URL names (`url/externally-reachable`, decision `external-reachability`). */
export type CallbackHost =
  | {
      readonly kind: "ip-address";
      /** The address that the literal stands for; an IPv4-mapped one as IPv4. */
      readonly address: string;
      /** The literal as configured, such as `0x7f.1`. */
      readonly written: string;
    }
  | { readonly kind: "localhost"; readonly suffix: string }
  | { readonly kind: "internal"; readonly because: "single-label" }
  | { readonly kind: "internal"; readonly because: "suffix"; readonly suffix: string }
  /** Anything else is for DNS to say, an unknown top-level domain too. */
  | { readonly kind: "public-name"; readonly name: string };

/**
 * Says what a callback URL's host is, by its name alone. The suffixes are the contract's and no others: names of the
 * Public Suffix List's PRIVATE section (`vercel.app`, `run.app`) are public hosting.
 */
export function classifyHost(url: CallbackUrl, contract: Contract): CallbackHost {
  if (isIP(url.hostname) !== 0) {
    return { kind: "ip-address", address: ipaddr.process(url.hostname).toString(), written: writtenHost(url) };
  }
  const name = withoutRootDot(url.hostname);
  const localhost = suffixOf(name, contract.callbackUrl.localhostSuffixes);
  if (localhost !== undefined) return { kind: "localhost", suffix: localhost };
  const internal = suffixOf(name, contract.callbackUrl.internalSuffixes);
  if (internal !== undefined) return { kind: "internal", because: "suffix", suffix: internal };
  if (!name.includes(".")) return { kind: "internal", because: "single-label" };
  return { kind: "public-name", name };
}

/** `example.com.` and `example.com` are one name (RFC 1034 §3.1); certificates and SNI know only the latter. */
export function withoutRootDot(hostname: string): string {
  return hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
}

/** The URL parser has already put the name in lower case and punycode. */
function suffixOf(name: string, suffixes: readonly string[]): string | undefined {
  return suffixes.find((suffix) => `.${name}`.endsWith(`.${domainToASCII(suffix)}`));
}

function writtenHost(url: CallbackUrl): string {
  const authority = /^https?:\/\/([^/\\?#]+)/i.exec(url.raw)?.[1] ?? url.hostname;
  return authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
}
