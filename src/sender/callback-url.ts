import { UsageError } from "../errors.js";
import { parsedUrl } from "../parsed-url.js";

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
  readonly userinfo: { readonly username: string; readonly password: string } | null;
}

/** Scheme, authority, and what follows up to the fragment. The URL parser takes a backslash for a slash. */
const parts = /^https?:\/\/(?<authority>[^/\\?#]+)(?<path>[^?#]*)(?<query>\?[^#]*)?/is;

/** What cannot stand in a request target (RFC 9112 §3.2), and so goes as the URL parser encodes it. */
const illegalInPath = /[^\x21-\x7e]|["<>`{}\\]/gu;
const illegalInQuery = /[^\x21-\x7e]|["<>]/gu;

/**
 * Takes a callback URL apart. The request target keeps dot segments, doubled slashes, either case of percent-escapes
 * and an empty query, since a receiver may route by them; only what HTTP cannot carry is encoded.
 * @throws UsageError `ERR_CALLBACK_URL` unless it is an absolute http(s) URL; its message holds no part of the URL
 * that may be secret.
 */
export function parseCallbackUrl(raw: string): CallbackUrl {
  const trimmed = raw.trim();
  const found = parts.exec(trimmed)?.groups;
  if (found === undefined) throw unusable(withoutScheme(trimmed));
  const url = parsedUrl(trimmed);
  if (url === null) throw unusable("one with a host or port that no URL can have");
  if (url.port === "0") throw unusable("one with port 0");
  const scheme = url.protocol === "https:" ? "https:" : "http:";
  const path = requestTarget(found.path ?? "", found.query ?? "");
  return {
    raw: trimmed,
    display: `${scheme}//${url.host}${path}`,
    scheme,
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (scheme === "https:" ? 443 : 80) : Number(url.port),
    path,
    userinfo:
      url.username === "" && url.password === ""
        ? null
        : { username: decoded(url.username), password: decoded(url.password) },
  };
}

function requestTarget(path: string, query: string): string {
  const legalPath = path.replace(illegalInPath, (character) =>
    new URL(`http://h/a${character}b`).pathname.slice(2, -1),
  );
  const legalQuery = query.replace(illegalInQuery, (character) =>
    new URL(`http://h/?a${character}b`).search.slice(2, -1),
  );
  return `${legalPath === "" ? "/" : legalPath}${legalQuery}`;
}

/** A stray percent sign is a percent sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutScheme(raw: string): string {
  if (/^https?:/i.test(raw)) return "one without a host";
  // `localhost:3000/hook` has no scheme, whatever a URL parser makes of it; with `//` the word before is one.
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(raw)?.[1];
  return scheme === undefined ? "one without a scheme" : `one with the scheme ${scheme.toLowerCase()}:`;
}

function unusable(got: string): UsageError {
  return new UsageError(
    "ERR_CALLBACK_URL",
    `callback URL: expected an absolute https:// or http:// URL such as https://hooks.example.com/scriptix, got ${got}`,
  );
}
