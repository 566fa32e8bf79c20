import type { Contract } from "../src/contract/contract.js";
import { idHeaders, sessionMemberOf, valueAt, withIds } from "../src/contract/message.js";
import type { CallbackBody, Variation } from "../src/runner/check-context.js";

const oversizedBytes = 8 * 1024 * 1024;

/** Deeper than any recursive reader goes. */
const nestingDepth = 10_000;

/** The JSON of an object with one more member, which may be no JSON. */
const withMember = (json: string, member: string): string => `${json.slice(0, json.lastIndexOf("}"))},${member}}`;

export const padded = (json: string): string => withMember(json, `"padding":"${"x".repeat(oversizedBytes)}"`);

type Names = Contract["request"];

/** The session headers go too: a receiver may rightly take the id from there. */
const sessionHeaders = idHeaders;

export const malformedJson: readonly Variation[] = [
  { label: "with JSON cut off", drop: sessionHeaders, bytes: (json) => json.trimEnd().slice(0, -8) },
  { label: "with a trailing comma", drop: sessionHeaders, bytes: (json) => withMember(json, "") },
  { label: "with single quotes", drop: sessionHeaders, bytes: (json) => json.replaceAll('"', "'") },
  {
    label: "with text after the JSON",
    drop: sessionHeaders,
    bytes: (json) => `${json}x`,
    fixIfAcknowledged:
      "Where the decoder stops at the end of the first JSON value, make it look at what follows, and answer 400 unless that is the end (Go: a second Decode must give io.EOF, or use json.Unmarshal; Jackson: FAIL_ON_TRAILING_TOKENS; Gson: the reader must be at END_DOCUMENT).",
  },
];

export const emptyBody: readonly Variation[] = [
  { label: "with an empty body", drop: sessionHeaders, bytes: () => "" },
  { label: "with white space for a body", drop: sessionHeaders, bytes: () => "  \n" },
];

export const noObject: readonly Variation[] = [
  { label: "with null for a body", drop: sessionHeaders, bytes: () => "null" },
  { label: "with an array for a body", drop: sessionHeaders, body: (documented) => [documented] },
  {
    label: "with a string for a body",
    drop: sessionHeaders,
    body: (documented, names) => valueAt(documented, sessionMemberOf(names)),
  },
  { label: "with a number for a body", drop: sessionHeaders, bytes: () => "42" },
];

const withoutIds = (documented: CallbackBody, names: Names): CallbackBody =>
  withIds(names, documented, () => undefined);

export const noSessionId: readonly Variation[] = [
  { label: "without a session id", drop: sessionHeaders, body: withoutIds },
  {
    label: "with other fields only",
    drop: sessionHeaders,
    body: (documented, names) => ({ kind: "completed", id: 7, ...withoutIds(documented, names) }),
  },
];

export const noDocumentId: readonly Variation[] = [
  {
    label: "without a document id",
    drop: sessionHeaders,
    body: (documented, names) => withIds(names, documented, () => undefined, "documentId"),
  },
];

export const emptySessionId: readonly Variation[] = [
  {
    label: "with an empty session id",
    drop: sessionHeaders,
    body: (documented, names) => withIds(names, documented, () => ""),
  },
];

export const oddSessionIds: readonly Variation[] = [null, 42, true, [], {}].map((value) => ({
  label: `with ${JSON.stringify(value)} for a session id`,
  drop: sessionHeaders,
  body: (documented, names) => withIds(names, documented, () => value),
}));

export const wrongContentTypes: readonly Variation[] = [
  { label: "as text/plain", set: { "Content-Type": "text/plain" } },
  { label: "as a form", set: { "Content-Type": "application/x-www-form-urlencoded" } },
  { label: "as XML", set: { "Content-Type": "application/xml" } },
];

export const otherMethods: readonly Variation[] = [
  { label: "as a GET", method: "GET", bytes: () => "", drop: ["Content-Type"] },
  { label: "as a DELETE", method: "DELETE", bytes: () => "", drop: ["Content-Type"] },
];

const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;

export const deepNesting: readonly Variation[] = [
  {
    label: `with ${nestingDepth} nested arrays`,
    bytes: (json) => withMember(json, `"details":${nested(nestingDepth)}`),
  },
];

export const prototypeKeys: readonly Variation[] = [
  { label: "with __proto__", bytes: (json) => withMember(json, '"__proto__":{"isAdmin":true,"toString":null}') },
  {
    label: "with constructor.prototype",
    bytes: (json) => withMember(json, '"constructor":{"prototype":{"isAdmin":true}}'),
  },
  {
    label: "with hasOwnProperty and toString",
    body: (documented) => ({ ...documented, hasOwnProperty: 1, toString: 1 }),
  },
];

export const invalidUtf8: readonly Variation[] = [
  { label: "with bytes that are not UTF-8", bytes: (json) => insertBytes(json, [0xff, 0xfe, 0xc3, 0x28]) },
  { label: "with half a surrogate pair", bytes: (json) => withMember(json, String.raw`"note":"\ud83d"`) },
  {
    label: "with a byte order mark",
    bytes: (json) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(json)]),
  },
];

export const controlCharacters: readonly Variation[] = [
  { label: "with an escaped NUL", bytes: (json) => withMember(json, String.raw`"note":"a\u0000b"`) },
  { label: "with a raw NUL", bytes: (json) => insertBytes(json, [0x00]) },
  { label: "with terminal escapes", bytes: (json) => withMember(json, String.raw`"note":"\u001b[2J\u0007\u202e"`) },
  {
    label: "with a NUL in the session id",
    drop: sessionHeaders,
    body: (documented, names) => withIds(names, documented, (id) => `${String(id)}\0`),
  },
];

/** Broken, with the session in the headers all the same. */
export const spoiled: readonly Variation[] = [
  { label: "with JSON cut off, the session in the headers", bytes: (json) => json.trimEnd().slice(0, -8) },
  { label: "with an empty body, the session in the headers", bytes: () => "" },
  { label: "as text/plain, the session in the headers", set: { "Content-Type": "text/plain" } },
  { label: "with a body of 8 MB, the session in the headers", bytes: padded },
];

/** Puts bytes into a string value of a member of its own. */
function insertBytes(json: string, bytes: readonly number[]): Buffer {
  const member = `"note":"${Buffer.from(bytes).toString("latin1")}"`;
  return Buffer.from(withMember(Buffer.from(json).toString("latin1"), member), "latin1");
}
