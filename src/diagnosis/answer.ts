import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Attempt, Header } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { parsedUrl } from "../parsed-url.js";

/** An attempt's answer, laid out for recognising what gave it. */
export interface Answer {
  /** Of the request. */
  readonly method: string;
  /** 0 where no answer came. */
  readonly status: number;
  /** First value of a header, lower-cased name; empty where absent. */
  readonly header: (name: string) => string;
  readonly body: string;
  readonly isHtml: boolean;
  /** Target of a redirect, resolved against the request; null where there is none or it is no URL. */
  readonly location: URL | null;
  readonly requested: URL;
  /** What the harness sent, before the connection adds its own. */
  readonly sent: readonly Header[];
  /** Why the attempt failed below HTTP: `tls CERT_HAS_EXPIRED`; empty where an answer came. */
  readonly failure: string;
}

export function answerOf(attempt: Attempt, url: CallbackUrl): Answer {
  const { response, outcome, request } = attempt;
  const headers = new Map<string, string>();
  for (const [name, value] of response?.headers ?? []) {
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value);
  }
  const header = (name: string): string => headers.get(name) ?? "";
  const body = response === null ? "" : decoded(response.body, header("content-encoding"));
  const requested = requestedUrl(url, request.path);
  const location = textOf(header("location"));
  return {
    method: request.method,
    status: response?.status ?? 0,
    header,
    body,
    isHtml: startsAsHtml.test(body) || (isDeclaredHtml.test(header("content-type")) && hasMarkup.test(body)),
    location: location === "" ? null : parsedUrl(location, requested),
    requested,
    sent: request.headers,
    failure: response === null && outcome.kind === "failed" ? `${outcome.reason} ${outcome.code}` : "",
  };
}

/** Many frameworks declare so whatever they send: an empty body, or `ok`. */
const isDeclaredHtml = /^(text\/html|application\/xhtml)/i;
const hasMarkup = /<(!doctype|\/?[a-z][\w-]*)\b[^<>]*>/i;

/** A byte order mark and comments may come first. */
const startsAsHtml = /^\ufeff?(\s|<!--[^]*?-->)*<(!doctype html|html)\b/i;

/** A header's value is a byte a character; where the bytes are UTF-8 they mean that, as those of many a Location do. */
function textOf(value: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** Nobody asked for an encoded body, but some servers send one; of a bomb no more than this is unpacked. */
const decodedCapBytes = 256 * 1024;

function decoded(body: Buffer, encoding: string): string {
  const unpack = { gzip: gunzipSync, "x-gzip": gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[
    encoding.trim().toLowerCase()
  ];
  try {
    return (unpack?.(body, { maxOutputLength: decodedCapBytes }) ?? body).toString();
  } catch {
    return body.toString();
  }
}

function requestedUrl({ scheme, hostname, port }: CallbackUrl, path: string): URL {
  const origin = `${scheme}//${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  return parsedUrl(path, origin) ?? new URL(origin);
}
