import { createHash } from "node:crypto";
import { isoTime } from "../clock/timestamps.js";
import type { Contract, Template } from "../contract/contract.js";
import { filled, filledHeaders } from "../contract/message.js";
import { subjectOf } from "../contract/subject.js";
import { UsageError } from "../errors.js";
import { harness } from "../package-facts.js";
import type { CallbackRequest, Header } from "./attempt.js";
import type { CallbackUrl } from "./callback-url.js";
import { signatureHeaders } from "./signature.js";

/**
 * How the harness names itself on the wire (decision `wire`).
 * @internal
 */
export const userAgent = `${harness.name}/${harness.version}`;

/** A callback that is sent in place of the documented one, such as one that was captured from the real service. */
export interface CallbackTemplate {
  readonly method: string;
  /** In their order and letter case. Null stands for a value that is not known: a custom header has to give it. */
  readonly headers: readonly (readonly [name: string, value: string | null])[];
  readonly body: Buffer;
  /** What it calls its session: its session id and, if it strays from the contract, others. None if it names none. */
  readonly sessionIds: readonly string[];
  /** What it calls its document, where the contract has documents. @default nothing */
  readonly documentIds?: readonly string[];
}

/** What of a callback depends on more than what it is about. */
export interface Occasion {
  /** Milliseconds since the Unix epoch at which it came about. */
  readonly at: number;
  /** @default the contract's body of a job that went well */
  readonly template?: Template;
  /** What the body is signed with, where the contract has bodies signed. @default not signed */
  readonly secret?: string | null;
}

/** A visible-ASCII field value that HTTP neither trims nor forbids (RFC 9110 §5.5). */
const legalSessionId = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * The documented callback for one session (`request/*`, `auth/*`): system headers first, then what any HTTP client
 * sends, then the custom headers, which may replace the latter.
 * @throws UsageError `ERR_SESSION_ID` for an id that no header can carry.
 */
export function documentedCallback(
  contract: Contract,
  url: CallbackUrl,
  custom: readonly Header[],
  sessionId: string,
  { at, template = contract.request.body, secret = null }: Occasion,
): CallbackRequest {
  assertSessionId(sessionId);
  const { request } = contract;
  const { sessionId: id, documentId } = subjectOf(contract, sessionId);
  const places = {
    sessionId: id,
    documentId,
    // Few templates have a place for these.
    get timestamp() {
      return wholeSecond(at);
    },
    get number() {
      return numberOf(sessionId);
    },
  };
  const body = Buffer.from(JSON.stringify(filled(template, places)));
  return {
    sessionId,
    method: request.method,
    path: url.path,
    headers: [
      ["Content-Type", request.contentType],
      ...filledHeaders(request, places),
      ...signatureHeaders(contract, secret, body),
      ...clientHeaders(url, custom),
      ...custom,
    ],
    body,
  };
}

/** Ten times the documented length; it stands in each attempt of the evidence several times. */
const longestSessionId = 256;

const ofAnyClient: readonly Header[] = [
  ["User-Agent", userAgent],
  ["Accept", "*/*"],
];

/** What any client sends beside the custom headers. */
function clientHeaders(url: CallbackUrl, custom: readonly Header[]): readonly Header[] {
  const configured = new Set(custom.map(([header]) => header.toLowerCase()));
  return [...ofAnyClient, ...basicAuthorization(url)].filter(([header]) => !configured.has(header.toLowerCase()));
}

/**
 * @param what the id, for the message: `--session-ids known.txt, id 3`.
 * @throws UsageError `ERR_SESSION_ID` for an id that no header can carry, or that is far too long.
 */
export function assertSessionId(sessionId: string, what = "session id"): void {
  const { length } = sessionId;
  const why =
    length > longestSessionId
      ? `expected ${longestSessionId} characters at most, got ${length}`
      : legalSessionId.test(sessionId)
        ? null
        : `expected visible ASCII characters that a header can carry, got ${JSON.stringify(sessionId)}`;
  if (why !== null) throw new UsageError("ERR_SESSION_ID", `${what}: ${why}`);
}

/** `2025-01-17T10:30:00Z`, as the page has it. */
const wholeSecond = (ms: number): string => isoTime(ms).replace(/\.\d+Z$/, "Z");

/**
 * Another one for each id, and the same one for the same: a receiver may have it for its key. No larger than what a
 * 32-bit column holds.
 */
export const numberOf = (sessionId: string): string =>
  String(createHash("sha256").update(sessionId).digest().readUInt32BE() >>> 1);

/** Userinfo in a URL becomes Basic credentials (RFC 7617), as HTTP clients in general do. */
export function basicAuthorization({ userinfo }: CallbackUrl): Header[] {
  if (userinfo === null) return [];
  const credentials = Buffer.from(`${userinfo.username}:${userinfo.password}`).toString("base64");
  return [["Authorization", `Basic ${credentials}`]];
}
