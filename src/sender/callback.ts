import type { Contract } from "../contract/contract.js";
import { UsageError } from "../errors.js";
import { harness } from "../package-facts.js";
import type { CallbackRequest, Header } from "./attempt.js";
import type { CallbackUrl } from "./callback-url.js";

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
): CallbackRequest {
  assertSessionId(sessionId);
  const { request } = contract;
  const configured = new Set(custom.map(([header]) => header.toLowerCase()));
  const defaults: Header[] = [["User-Agent", userAgent], ["Accept", "*/*"], ...basicAuthorization(url)];
  return {
    sessionId,
    method: request.method,
    path: url.path,
    headers: [
      ["Content-Type", request.contentType],
      [request.sessionHeader, sessionId],
      [request.legacySessionHeader, sessionId],
      ...defaults.filter(([header]) => !configured.has(header.toLowerCase())),
      ...custom,
    ],
    body: Buffer.from(JSON.stringify({ [request.sessionField]: sessionId, [request.legacySessionField]: sessionId })),
  };
}

/** @throws UsageError `ERR_SESSION_ID` for an id that no header can carry. */
export function assertSessionId(sessionId: string): void {
  if (legalSessionId.test(sessionId)) return;
  throw new UsageError(
    "ERR_SESSION_ID",
    `session id: expected visible ASCII characters that a header can carry, got ${JSON.stringify(sessionId)}`,
  );
}

/** Userinfo in a URL becomes Basic credentials (RFC 7617), as HTTP clients in general do. */
export function basicAuthorization({ userinfo }: CallbackUrl): Header[] {
  if (userinfo === null) return [];
  const credentials = Buffer.from(`${userinfo.username}:${userinfo.password}`).toString("base64");
  return [["Authorization", `Basic ${credentials}`]];
}
