import type { Contract } from "../contract/contract.js";
import type { ArrivedHeader } from "../receivers/journal.js";
import { namedShortSecrets } from "../report/named-secret.js";
import { findSecrets, mergeRanges, shortestAtAnEnd } from "../report/secret-search.js";
import { spellingsOf } from "../report/secret-spelling.js";
import { freeTextValues, type Secret } from "../report/secret.js";
import { changeMembers } from "./secret-members.js";
import { documentIdsIn, sessionIdsIn } from "./session-names.js";

/** What stands in a capture in the place of a value that may be a secret. */
export const removed = "[removed]";

/**
 * Headers of which it is known that they hold no secret, beside the system headers: content negotiation and what
 * describes the message. Everything else may be a key, a cookie, an address of the tunnel or of its user.
 */
const harmless = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "content-encoding",
  "content-language",
  "date",
  "pragma",
  "user-agent",
]);

/** Whether a header's value may be shown. `Host` is a system header, but names the tunnel. */
export function isHarmless(name: string, { request }: Contract): boolean {
  const key = name.toLowerCase();
  return harmless.has(key) || (request.systemHeaders.includes(key) && key !== "host");
}

interface Request {
  readonly target: string;
  readonly headers: readonly ArrivedHeader[];
  readonly body: Buffer;
  /** The body ends early, perhaps within a secret. */
  readonly cut: boolean;
}

/** Session ids stay, since they are what is sent again; so do the system headers, which the contract is about. */
export function secretsTakenOut(request: Request, contract: Contract, path: string) {
  const query = queryOf(request.target);
  const hidden = request.headers.filter(([name, value]) => !isHarmless(name, contract) && value !== "");
  const ids = [
    ...sessionIdsIn(contract, request.headers, request.body),
    ...documentIdsIn(contract, request.headers, request.body),
  ];
  const secrets: Secret[] = [
    ...hidden.map(([name, value]): Secret => ({ kind: "header", name, value })),
    ...query.map(({ name, value }): Secret => ({ kind: "query", name, value })),
  ].filter(({ value }) => value !== "" && !ids.some((id) => id.includes(value)));
  const without = sweeper(secrets, ids);

  const isHidden = new Set(hidden);
  const headers = request.headers.map((header): ArrivedHeader => {
    const [name, value] = header;
    const isSystem = contract.request.systemHeaders.includes(name.toLowerCase());
    const isSecret = isHidden.has(header) || (!isSystem && without(value) !== value);
    return isSecret ? [name, removed] : header;
  });
  const body = Buffer.from(
    without(wholeValuesOut(request.body, secrets, ids).toString("latin1"), request.cut),
    "latin1",
  );
  return {
    target: targetWithout(request.target, path),
    headers,
    body,
    removed: {
      headers: distinct(headers.filter((header, index) => header !== request.headers[index]).map(([name]) => name)),
      query: distinct(query.map(({ name }) => name).filter((name) => name !== "")),
      body: !body.equals(request.body),
    },
  };
}

/** Takes secrets out of a byte string, in every spelling. */
function sweeper(secrets: readonly Secret[], ids: readonly string[]): (text: string, cut?: boolean) => string {
  const values = freeTextValues(secrets).filter((value) => !ids.some((id) => id.includes(value)));
  const spellings = values.flatMap(spellingsOf);
  const findNamed = namedShortSecrets(secrets);
  return (text, cut = false) => {
    let result = "";
    let position = 0;
    for (const [start, end] of mergeRanges([
      ...findSecrets(text, spellings, cut ? shortestAtAnEnd : null),
      ...findNamed(text),
    ])) {
      result += text.slice(position, start) + removed;
      position = end;
    }
    return result + text.slice(position);
  };
}

/** A value that is a secret as a whole, or by its name, goes however short it is, and so that the body stays JSON. */
function wholeValuesOut(body: Buffer, secrets: readonly Secret[], ids: readonly string[]): Buffer {
  const values = new Set(secrets.flatMap(({ value }) => [value, Buffer.from(value, "latin1").toString()]));
  const text = body.toString();
  const changed = changeMembers(text, (value, looksSecret) =>
    values.has(value) || (value !== "" && looksSecret && !ids.includes(value)) ? removed : null,
  );
  return changed === text ? body : Buffer.from(changed);
}

/** Names of parameters stay. One without a value is itself one, and a path that is not the receiver's may be. */
function targetWithout(target: string, path: string): string {
  const [pathname = "", query] = target.split(/\?(.*)/s);
  const shown = pathname === path ? path : `/${removed}`;
  if (query === undefined) return shown;
  const pairs = query.split("&").map((pair) => {
    const equals = pair.indexOf("=");
    return equals < 0 ? (pair === "" ? "" : removed) : `${pair.slice(0, equals)}=${removed}`;
  });
  return `${shown}?${pairs.join("&")}`;
}

function queryOf(target: string): { readonly name: string; readonly value: string }[] {
  const [, query = ""] = target.split(/\?(.*)/s);
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return { name: pair.slice(0, Math.max(equals, 0)), value: pair.slice(equals + 1) };
    });
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)];
