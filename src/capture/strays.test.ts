import { expect, it, test } from "vitest";
import { createHmac } from "node:crypto";
import { batch } from "../contract/batch.js";
import { signed } from "../contract/signed.js";
import { captureOf } from "./capture.js";
import { captured, seen, sessionId } from "./capture.test.kit.js";
import { additionsIn, straysFrom, strayText } from "./strays.js";

type Changes = Parameters<typeof captured>[0];

const straysOf = (changes: Changes): readonly string[] => straysFrom(batch, captured(changes)).map(strayText);

const [type, header, legacy] = seen().headers as [[string, string], [string, string], [string, string]];
const body = (members: object): Changes => ({ body: JSON.stringify({ sessionId, zoom_id: sessionId, ...members }) });

test.each<[string, Changes]>([
  ["the documented callback", {}],
  [
    "header names in other letter case",
    { headers: seen().headers.map(([name, value]) => [name.toUpperCase(), value]) },
  ],
  [
    "parameters of the content type",
    { headers: [["Content-Type", "Application/JSON; charset=utf-8"], header, legacy] },
  ],
  ["further headers and members", { ...body({ event: "completed", result: "success", text: "a b" }) }],
  ["a job that says it has succeeded", body({ status: "done" })],
  ["a body in other form", { body: ` {"zoom_id":"${sessionId}",\n"sessionId":"${sessionId}"}\n` }],
])("%s does not stray", (_, changes) => {
  expect(straysOf(changes)).toEqual([]);
});

const legacyField = `zoom_id: ${sessionId} (request/zoom-id-may-go: a future version may remove it)`;

test.each<[string, Changes, string[]]>([
  ["another method", { method: "PUT" }, ["request/post-json: expected POST, got PUT"]],
  [
    "another content type",
    { headers: [["Content-Type", "text/plain"], header, legacy] },
    ["request/post-json: expected Content-Type: application/json, got text/plain"],
  ],
  [
    "no content type",
    { headers: [header, legacy] },
    ["request/post-json: expected Content-Type: application/json, got no such header"],
  ],
  [
    "no session header",
    { headers: [type, legacy] },
    [`request/session-header: expected X-Scriptix-Session: ${sessionId}, got no such header`],
  ],
  [
    "an empty session header",
    { headers: [type, ["X-Scriptix-Session", ""], legacy] },
    [`request/session-header: expected X-Scriptix-Session: ${sessionId}, got ""`],
  ],
  [
    "no legacy header",
    { headers: [type, header] },
    [`request/legacy-session-header: expected X-Zoom-Session: ${sessionId}, got no such header`],
  ],
  [
    "another id in the legacy header",
    { headers: [type, header, ["X-Zoom-Session", "other"]] },
    [`request/legacy-session-header: expected X-Zoom-Session: ${sessionId}, got other`],
  ],
  ["another id in the body", body({ sessionId: "b" }), [`request/body: expected sessionId: ${sessionId}, got b`]],
  ["an id that is a number", body({ zoom_id: 7 }), [`request/body: expected ${legacyField}, got 7`]],
  ["no zoom_id", body({ zoom_id: undefined }), [`request/body: expected ${legacyField}, got no such member`]],
  ["an object for an id", body({ sessionId: {} }), [`request/body: expected sessionId: ${sessionId}, got an object`]],
  ...[
    ["", "an empty body"],
    ["{", "text that is not JSON"],
    ["[]", "a list"],
    ["null", "null"],
    ["42", "a number"],
  ].map(([text = "", kind = ""]): [string, Changes, string[]] => [
    `the body ${JSON.stringify(text)}`,
    { body: text },
    [`request/body: expected a JSON object with sessionId and zoom_id, got ${kind}`],
  ]),
  [
    "bytes for a body",
    { body: Buffer.from([0xff, 0xfe]) },
    ["request/body: expected a JSON object with sessionId and zoom_id, got 2 bytes that are not UTF-8"],
  ],
  [
    "a body that was cut",
    { bodyIsCut: true },
    ["request/body: expected a JSON object with sessionId and zoom_id, got a body of which only the start was kept"],
  ],
  [
    "a system header twice",
    { headers: [type, ["content-type", "application/json"], header, legacy] },
    ["auth/system-headers-win: expected one Content-Type header, got 2: application/json and application/json"],
  ],
  [
    "results in the body",
    body({ data: { "transcription-result": [{ text: "a" }] } }),
    ["results/not-in-callback: expected no transcription results, got a member transcription-result in the body"],
  ],
  [
    "a job that failed",
    body({ status: "Failed" }),
    ["trigger/success-only: expected a job that completed successfully, got status: Failed"],
  ],
])("%s strays", (_, changes, strays) => {
  expect(straysOf(changes)).toEqual(strays);
});

it("reports everything that strays", () => {
  const strays = straysFrom(batch, captured({ method: "GET", headers: [], body: "" }));
  expect(strays.map(({ clause }) => clause)).toEqual([
    "request/post-json",
    "request/post-json",
    "request/session-header",
    "request/legacy-session-header",
    "request/body",
  ]);
});

it("asks for the headers that are configured, apart from system headers", () => {
  const strays = straysFrom(batch, captured(), { configured: ["X-Api-Key", "Host"] });
  expect(strays.map(strayText)).toEqual(["auth/custom-headers: expected X-Api-Key, as configured, got no such header"]);
  const kept = captured({ headers: [...seen().headers, ["x-api-key", "k"]] });
  expect(straysFrom(batch, kept, { configured: ["X-Api-Key"] })).toEqual([]);
});

it("shows a long or odd value cut and escaped", () => {
  const [stray = ""] = straysOf({ headers: [["Content-Type", `a\u00ff${"x".repeat(500)}`], header, legacy] });
  expect(stray.length).toBeLessThan(300);
  expect(stray).toContain('"a');
});

it("is not put out by a body that is nested to do harm", () => {
  const nested = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const text = `{"sessionId":"${sessionId}","zoom_id":"${sessionId}","a":${nested}}`;
  expect(straysOf({ body: text })).toEqual([]);
});

it("names members that are not documented, without calling them strays", () => {
  expect(additionsIn(captured(body({ event: 1, at: 2 })), batch)).toEqual(["event", "at"]);
  expect(additionsIn(captured({ body: "x" }), batch)).toEqual([]);
});

test("a signed event strays by its signature: where there is none, one of another form, or another one than is known to be right", () => {
  const text = '{"event":"transcription.completed","timestamp":"2026-01-31T12:00:00Z","data":{"id":"stt_1"}}';
  const sign = (secret: string): string => `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;
  const straysBy = (signature: string | null, secret: string | null = null): readonly string[] => {
    const headers = [type, ...(signature === null ? [] : [["X-Scriptix-Signature", signature] as const])];
    const options = { contract: signed, path: "/webhook", capturedAt: "2026-01-31T12:00:00.000Z" };
    return straysFrom(signed, captureOf(seen({ headers, body: text }), options), { secret }).map(strayText);
  };
  expect(straysBy(sign("a"))).toEqual([]);
  expect(straysBy(sign("a"), "a")).toEqual([]);
  const form = "request/signature: expected X-Scriptix-Signature: sha256= and 64 hexadecimal digits";
  expect(straysBy(null)).toEqual([`${form}, got no such header`]);
  expect(straysBy("sha1=00ff")).toEqual([`${form}, got sha1=00ff`]);
  expect(straysBy(sign("b"), "a")).toEqual([
    "request/signature: expected X-Scriptix-Signature: sha256= and the HMAC of the body under the secret, got another one",
  ]);
});
