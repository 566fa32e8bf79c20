import type { IncomingHttpHeaders } from "node:http";
import type { Contract } from "../contract/contract.js";
import { classifyHost } from "../sender/callback-host.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { parsedUrl } from "../parsed-url.js";
import { ApiError } from "./api-error.js";
import { tokenOf, type Tokens } from "./tokens.js";

/**
 * The mock's own paths are for whoever works on this machine, and for no page that a browser on it has open: not for one
 * of another origin, nor for one whose name was made to resolve to this machine (DNS rebinding). Who has one of the
 * tokens that were configured may do anything.
 * @throws ApiError 403, or 401 for a change that a form could send: with neither a token nor a JSON body.
 */
export function assertMayControl(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  tokens: Tokens,
  contract: Contract,
): void {
  const token = tokenOf(headers)?.token ?? null;
  if (token !== null && tokens.areConfigured && tokens.accepts(token)) return;
  const { host = "", origin } = headers;
  if (!namesThisMachine(host, contract)) {
    throw new ApiError(403, { field: "Host", issue: "expected an address, localhost or an internal name, or a token" });
  }
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    throw new ApiError(403, { field: "Origin", issue: "expected no page of another origin" });
  }
  if (method === "GET" || (token !== null && tokens.accepts(token)) || hasJsonBody(headers)) return;
  const challenge = { "WWW-Authenticate": "Bearer" };
  throw new ApiError(401, { field: "Authorization", issue: "expected a token, or a JSON body such as {}" }, challenge);
}

/** Special-use names that lead nowhere, and so not to this machine (RFC 6761, RFC 7686, RFC 9476). */
const nobodys = /\.(example|invalid|onion|alt)\.?$/i;

/** Nobody outside has a name such as `mock` or `host.docker.internal`. */
function namesThisMachine(host: string, contract: Contract): boolean {
  const text = `http://${host}/`;
  if (host === "" || parsedUrl(text) === null) return false;
  const url = parseCallbackUrl(text);
  return classifyHost(url, contract).kind !== "public-name" && !nobodys.test(url.hostname);
}

const isSameOrigin = (origin: string, host: string): boolean =>
  parsedUrl(origin)?.host === new URL(`http://${host}/`).host;

/** No form and no page of another origin sends one without having asked before. */
const hasJsonBody = (headers: IncomingHttpHeaders): boolean =>
  /^application\/json\b/i.test(headers["content-type"] ?? "") &&
  (Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== undefined);
