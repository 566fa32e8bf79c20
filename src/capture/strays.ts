import type { Contract } from "../contract/contract.js";
import { capText } from "../report/evidence.js";
import { signatureOf } from "../sender/signature.js";
import { bytesOf, type Capture } from "./capture.js";
import { looksLikeResults, saysItFailed } from "./foreign-members.js";
import { idsAmong, namesIn, objectIn, valuesOf, type Names } from "./session-names.js";

/** Where a captured callback is otherwise than the contract says, by one clause. */
export interface Stray {
  readonly clause: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a captured callback shows and does not show. */
export const unseenInOneCallback =
  "One callback shows nothing of the retry schedule, nor of the URL that it was sent to.";

/** `request/post-json: expected POST, got PUT`. */
export const strayText = ({ clause, expected, actual }: Stray): string =>
  `${clause}: expected ${expected}, got ${actual}`;

interface Seen {
  readonly contract: Contract;
  readonly request: Capture["request"];
  /** What it calls each part of what it is about, and the id that counts, as far as there is one. */
  readonly parts: readonly { readonly what: string; readonly names: Names; readonly id: string | undefined }[];
  /** Members of the body; null where it is no JSON object. */
  readonly members: Readonly<Record<string, unknown>> | null;
}

/** What is known of the webhook beside the contract. */
interface Known {
  /** Names of the headers that are configured with it. @default none */
  readonly configured?: readonly string[];
  /** What its requests are signed with. @default not known */
  readonly secret?: string | null;
}

/** Compares a captured callback with what binds the sender, as far as one callback shows it. */
export function straysFrom(
  contract: Contract,
  { request, removed }: Capture,
  { configured = [], secret = null }: Known = {},
): readonly Stray[] {
  const body = bytesOf(request.body);
  const parts = contract.subject.parts.map((part) => {
    const names = namesIn(contract, part, request.headers, body);
    return { what: part === "sessionId" ? "a session id" : "a document id", names, id: idsAmong(names)[0] };
  });
  const seen: Seen = { contract, request, parts, members: request.body.cut ? null : objectIn(body) };
  return [
    ...inTrigger(seen),
    ...inMethodAndType(seen),
    ...inIdHeaders(seen),
    ...inSignature(seen, request.body.cut || removed.body ? null : body, secret),
    ...inBody(seen, body),
    ...inCustomHeaders(seen, configured),
    ...inSystemHeaders(seen),
    ...inResults(seen),
  ];
}

/** Members of the body that are not documented: no stray, since additions break nothing. */
export function additionsIn({ request }: Capture, contract: Contract): readonly string[] {
  const members = Object.keys(objectIn(bytesOf(request.body)) ?? {});
  return members.filter((name) => !(name in contract.request.body));
}

function inTrigger({ contract, members }: Seen): readonly Stray[] {
  if (!hasClause(contract, "trigger/success-only")) return [];
  const failed = saysItFailed(members ?? {});
  if (failed === null) return [];
  return [{ clause: "trigger/success-only", expected: "a job that completed successfully", actual: failed }];
}

function inMethodAndType({ contract, request }: Seen): readonly Stray[] {
  const clause = "request/post-json";
  const { method, contentType } = contract.request;
  const types = valuesOf(request.headers, "content-type");
  // A media type may have parameters (RFC 9110 §8.3.1).
  const isType = (value: string): boolean => value.split(";", 1)[0]?.trim().toLowerCase() === contentType;
  const strays: Stray[] = [];
  if (request.method !== method) strays.push({ clause, expected: method, actual: shown(request.method) });
  if (types.length === 0 || !types.every(isType)) {
    const actual = types.length === 0 ? "no such header" : types.map(shown).join(" and ");
    strays.push({ clause, expected: `Content-Type: ${contentType}`, actual });
  }
  return strays;
}

function inIdHeaders({ parts }: Seen): readonly Stray[] {
  const strays: Stray[] = [];
  for (const { what, names, id } of parts) {
    for (const { name, clause, values } of names.headers) {
      const expected = `${name}: ${id === undefined ? what : shown(id)}`;
      if (values.length === 0) strays.push({ clause, expected, actual: "no such header" });
      for (const value of new Set(values)) {
        if (value === "" || value !== id) strays.push({ clause, expected, actual: shown(value) });
      }
    }
  }
  return strays;
}

/** @param body null where the bytes that were signed are not all there. */
function inSignature({ contract, request }: Seen, body: Buffer | null, secret: string | null): readonly Stray[] {
  const { signature } = contract.request;
  if (signature === null) return [];
  const { header, hash } = signature;
  const values = valuesOf(request.headers, header);
  const right = body === null || secret === null ? null : signatureOf(contract, secret, body);
  const isRight = (value: string): boolean =>
    right === null ? new RegExp(`^${hash}=[0-9a-f]{64}$`).test(value) : value === right;
  if (values.length === 1 && values.every(isRight)) return [];
  const expected = `${header}: ${hash}= ${right === null ? "and 64 hexadecimal digits" : "and the HMAC of the body under the secret"}`;
  const actual =
    values.length === 0 ? "no such header" : right === null ? values.map(shown).join(" and ") : "another one";
  return [{ clause: "request/signature", expected, actual }];
}

const mayGo = " (request/zoom-id-may-go: a future version may remove it)";

function inBody({ contract, request, parts, members }: Seen, body: Buffer): readonly Stray[] {
  const clause = "request/body";
  if (members === null) {
    const expected = `a JSON object with ${Object.keys(contract.request.body).join(" and ")}`;
    return [{ clause, expected, actual: kindOf(request, body) }];
  }
  return parts.flatMap(({ what, names, id }) =>
    names.members
      .filter(({ value }) => value === "" || value === undefined || value !== id)
      .map(({ name, value, isDeprecated }) => ({
        clause,
        expected: `${name}: ${id === undefined ? what : shown(id)}${isDeprecated ? mayGo : ""}`,
        actual: value === undefined ? "no such member" : shown(value),
      })),
  );
}

const hasClause = ({ clauses }: Contract, id: string): boolean => clauses.some((clause) => clause.id === id);

function inCustomHeaders({ contract, request }: Seen, configured: readonly string[]): readonly Stray[] {
  return configured
    .filter((name) => !contract.request.systemHeaders.includes(name.toLowerCase()))
    .filter((name) => valuesOf(request.headers, name).length === 0)
    .map((name) => ({ clause: "auth/custom-headers", expected: `${name}, as configured`, actual: "no such header" }));
}

/** A second one beside the system's own is how a custom header overrides it. The other system headers may be lists. */
function inSystemHeaders({ contract, request }: Seen): readonly Stray[] {
  return ["Content-Type", ...contract.request.headers.map(([name]) => name), "Host", "Content-Length"].flatMap(
    (name) => {
      const values = valuesOf(request.headers, name);
      const actual = `${values.length}: ${values.map(shown).join(" and ")}`;
      return values.length < 2
        ? []
        : [{ clause: "auth/system-headers-win", expected: `one ${name} header`, actual } as const];
    },
  );
}

function inResults({ contract, members }: Seen): readonly Stray[] {
  if (!hasClause(contract, "results/not-in-callback")) return [];
  const name = looksLikeResults(members);
  if (name === null) return [];
  const actual = `a member ${shown(name)} in the body`;
  return [{ clause: "results/not-in-callback", expected: "no transcription results", actual }];
}

function kindOf({ body: { cut, encoding } }: Capture["request"], body: Buffer): string {
  if (cut) return "a body of which only the start was kept";
  if (body.length === 0) return "an empty body";
  if (encoding === "base64") return `${body.length} bytes that are not UTF-8`;
  try {
    const value = JSON.parse(body.toString()) as unknown;
    return typeof value === "object" ? shown(value) : `a ${typeof value}`;
  } catch {
    return "text that is not JSON";
  }
}

const longestShownBytes = 120;

/** What came, as far as it is good to read. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const isPlain = typeof value === "string" && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
  return capText(isPlain ? value : JSON.stringify(value), longestShownBytes);
}
