import type { Contract } from "../contract/contract.js";
import { idHeaders, numbersOf, valueAt } from "../contract/message.js";
import { subjectOf } from "../contract/subject.js";
import type { CallbackRequest, Header } from "./attempt.js";
import { customHeaders } from "./custom-headers.js";
import { assertSessionId, basicAuthorization, numberOf, type CallbackTemplate } from "./callback.js";
import type { CallbackUrl } from "./callback-url.js";
import { changeJsonValues } from "./json-values.js";

/** A template made ready for one callback URL and its custom headers. */
export interface TemplatedCallback {
  /** Names of headers that are left out, because no custom header gives their value. */
  readonly missing: readonly string[];
  /**
   * The callback of the template's own session is as it stands there. For another one, the session id takes the place
   * of the template's in the session headers and wherever it is a whole value in a JSON body; a number that the service
   * has for it is another one, too.
   * @throws UsageError `ERR_SESSION_ID` for an id that no header can carry.
   */
  readonly callback: (sessionId: string) => CallbackRequest;
}

/** Path and query are the URL's, and what belongs to a connection is left to the connection. */
export function templatedCallback(
  template: CallbackTemplate,
  contract: Contract,
  url: CallbackUrl,
  custom: readonly Header[],
): TemplatedCallback {
  const { method, body } = template;
  const { sent, missing } = headersOf(template, contract, url, custom);
  const sessionHeaders = new Set(ownHeadersOf(contract));
  const isNamed = new Set(template.sessionIds);
  const namesDocument = new Set(template.documentIds);
  const text = jsonTextOf(body);
  const json: unknown = text === null ? null : JSON.parse(text);
  const numbers = new Map(
    numbersOf(contract.request).flatMap((way) => {
      const number = valueAt(json, way);
      return typeof number === "number" ? [[way.at(-1), String(number)]] : [];
    }),
  );

  return {
    missing,
    callback(sessionId) {
      if (isNamed.has(sessionId)) return { sessionId, method, path: url.path, headers: sent, body };
      assertSessionId(sessionId);
      const subject = subjectOf(contract, sessionId);
      const changed = (value: string): string | null =>
        isNamed.has(value) ? subject.sessionId : namesDocument.has(value) ? subject.documentId : null;
      return {
        sessionId,
        method,
        path: url.path,
        headers: sent.map(([name, value]) => [
          name,
          sessionHeaders.has(name.toLowerCase()) ? (changed(value) ?? value) : value,
        ]),
        body:
          text === null
            ? body
            : Buffer.from(
                changeJsonValues(text, (value, name) =>
                  numbers.get(name) === value ? Number(numberOf(sessionId)) : changed(value),
                ),
              ),
      };
    },
  };
}

/** Names of a template's headers that would be left out, because no configured header gives their value. */
export const missingIn = (
  template: CallbackTemplate,
  contract: Contract,
  configured: readonly Header[],
): readonly string[] => headersOf(template, contract, null, customHeaders(configured, contract).sent).missing;

/** The template's headers, with the custom ones in their places and behind. */
function headersOf(
  { headers }: CallbackTemplate,
  contract: Contract,
  url: CallbackUrl | null,
  custom: readonly Header[],
): { readonly sent: readonly Header[]; readonly missing: readonly string[] } {
  const left = connectionHeaders(headers, contract);
  const isConfigured = custom.some(([name]) => name.toLowerCase() === "authorization");
  const given = [...(isConfigured || url === null ? [] : basicAuthorization(url)), ...custom];
  const givenNames = new Set(given.map(([name]) => name.toLowerCase()));
  const placed = new Set<string>();
  const missing = new Set<string>();
  const sent: Header[] = [];
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (left.has(key) || placed.has(key)) continue;
    if (givenNames.has(key)) {
      placed.add(key);
      for (const [each, own] of given) if (each.toLowerCase() === key) sent.push([name, own]);
    } else if (value === null) missing.add(name);
    else sent.push([name, value]);
  }
  return { sent: [...sent, ...given.filter(([name]) => !placed.has(name.toLowerCase()))], missing: [...missing] };
}

const ownHeadersOf = ({ request }: Contract): readonly string[] => idHeaders(request).map((name) => name.toLowerCase());

/** What HTTP itself owns, and what a Connection header names besides (RFC 9110 §7.6.1): no part of the callback. */
function connectionHeaders(headers: CallbackTemplate["headers"], contract: Contract): ReadonlySet<string> {
  const callbackOwn = new Set(["content-type", ...ownHeadersOf(contract)]);
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => (value ?? "").toLowerCase().split(/[\s,]+/));
  return new Set(
    [...contract.request.systemHeaders, "proxy-connection", ...named].filter((name) => !callbackOwn.has(name)),
  );
}

/** Null where the body is no JSON, in which nothing can be told apart. */
function jsonTextOf(body: Buffer): string | null {
  const text = body.toString();
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return Buffer.from(text).equals(body) ? text : null;
}
