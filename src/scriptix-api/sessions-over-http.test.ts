import { expect, test } from "vitest";
import { exchangeBytes } from "../receivers/exchange.test.kit.js";
import { errorShape, postJson, resultsPath, sessionPath, start, token } from "./scriptix-api.test.kit.js";

const everyMember = {
  language: "nl-nl",
  webhook_method: "PUT",
  webhook_headers: ["X-A: b"],
  media_source: "https://media.customer.com/a/meeting.wav?signature=1",
  keep_source: true,
  punctuation: true,
  multichannel: false,
  document: { any: "thing" },
  meta_data: { order: "7" },
};

test("starts a session with the documented answer and a documented id", async () => {
  const { post } = await start();

  const { status, json } = await post(sessionPath, everyMember);

  expect([status, json]).toEqual([
    200,
    { result: { session_id: expect.stringMatching(/^[0-9a-f]{26}$/) as string, status: "new" } },
  ]);
});

test("makes the same session ids from the same seed", async () => {
  const ids = async (seed: string) => {
    const { session } = await start({ seed });
    return [await session(), await session()];
  };

  const [first, again, other] = [await ids("a"), await ids("a"), await ids("b")];

  expect(again).toEqual(first);
  expect(new Set([...first, ...other]).size).toBe(4);
});

test.each<[string, unknown, string, unknown]>([
  ["no language", {}, "language", "is required"],
  ["an empty language", { language: "" }, "language", expect.any(String)],
  ["a number for a language", { language: 7 }, "language", "must be string"],
  ["a body that is no object", [], "body", "must be object"],
  [
    "an unknown method",
    { language: "x", webhook_method: "GET" },
    "webhook_method",
    expect.stringContaining("POST, PUT"),
  ],
  ["text for a boolean", { language: "x", punctuation: "true" }, "punctuation", "must be boolean"],
  ["numbers in meta_data", { language: "x", meta_data: { a: 1 } }, "meta_data.a", "must be string"],
  ["headers that are no list", { language: "x", webhook_headers: "A: b" }, "webhook_headers", "must be array"],
  [
    "a header without a colon",
    { language: "x", webhook_headers: ["A: b", "s3cret"] },
    "webhook_headers.1",
    'expected "Name: value"',
  ],
  [
    "a header without a name",
    { language: "x", webhook_headers: [": b"] },
    "webhook_headers.0",
    'expected "Name: value"',
  ],
  [
    "a header name with a space",
    { language: "x", webhook_headers: ["A b: c"] },
    "webhook_headers.0",
    expect.stringContaining("a name that is legal"),
  ],
  [
    "a header value with a line break",
    { language: "x", webhook_headers: ["A: b\r\nC: d"] },
    "webhook_headers.0",
    expect.stringContaining("carriage return"),
  ],
])("refuses %s", async (_what, body, field, issue) => {
  const { post } = await start();

  const { status, json } = await post(sessionPath, body);

  expect([status, json]).toEqual([422, errorShape(422, field, issue)]);
});

test.each([
  ["malformed JSON", 400, "application/json", '{"language":', "body"],
  ["an empty body", 400, "application/json", "", "body"],
  ["another content type", 415, "text/plain", "{}", "Content-Type"],
  ["a form", 415, "application/x-www-form-urlencoded", "language=x", "Content-Type"],
  ["a body that is too large", 413, "application/json", `{"language":"${"x".repeat(70_000)}"}`, "body"],
])("answers %s with %i", async (_what, code, type, body, field) => {
  const { call } = await start();

  const headers = { Authorization: token, "Content-Type": type };
  const { status, json } = await call(sessionPath, { method: "POST", headers, body });

  expect([status, json]).toEqual([code, errorShape(code, field)]);
});

test.each([
  ["an unknown path", "/api/v2/batch", 404, "path"],
  ["a path that is not percent-encoded", resultsPath("%zz"), 400, "path"],
  ["a path that is too long", resultsPath("x".repeat(5000)), 414, "path"],
])("answers %s in the documented shape", async (_what, path, code, field) => {
  const { get, api } = await start();

  const { status, json } = await get(path);

  expect([status, json]).toEqual([code, errorShape(code, field)]);
  expect(api.requests).toMatchObject([{ status: code }]);
});

test("answers another method with 405 and the methods allowed, and counts no fetch", async () => {
  const { api, call } = await start();
  api.register("s1", token);

  const { status, json, headers } = await call(resultsPath("s1"), postJson({}));

  expect([status, json, headers.allow]).toEqual([405, errorShape(405, "method"), "GET"]);
  expect(api.requests).toMatchObject([{ method: "POST", sessionId: "s1", status: 405 }]);
  expect(api.fetches("s1")).toBe(0);
});

test("answers what is not HTTP in the documented shape", async () => {
  const { baseUrl } = await start();

  const answer = await exchangeBytes(Number(new URL(baseUrl).port), "nonsense\r\n\r\n");

  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toEqual(errorShape(400, "request"));
});

test("tells the state of a session, and refuses results until its job has completed", async () => {
  const { api, get, session } = await start();
  const [completed, failed] = [await session(), await session()];
  const state = async (id: string) => (await get(`${sessionPath}/${id}`)).json;
  expect(await state(completed)).toEqual({ result: { session_id: completed, status: "new" } });
  expect(await get(resultsPath(completed))).toMatchObject({ status: 409, json: errorShape(409, "session_id") });

  api.complete(completed);
  api.fail(failed);

  expect(await state(completed)).toEqual({ result: { session_id: completed, status: "done" } });
  expect(await state(failed)).toEqual({ result: { session_id: failed, status: "failed" } });
  expect(await get(resultsPath(completed))).toMatchObject({ status: 200 });
  expect(await get(resultsPath(failed))).toMatchObject({ status: 409, json: errorShape(409, "session_id") });
});

test("completes a job by itself after the time that was set", async () => {
  const { clock, session, get, events } = await start({ completeAfterMs: 5000 });

  const sessionId = await session();

  await expect.poll(() => events.at(-1)).toMatchObject({ event: "job-completed", sessionId, callback: false });
  expect(clock.now()).toBe(5000);
  expect(await get(resultsPath(sessionId))).toMatchObject({ status: 200 });
});
