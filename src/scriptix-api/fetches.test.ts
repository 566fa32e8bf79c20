import { expect, test } from "vitest";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import { callback, exchange, exchangeBytes } from "../receivers/exchange.test.kit.js";
import { closeAfterTest, errorShape, resultsPath, sessionPath, start, token } from "./scriptix-api.test.kit.js";

test("answers with the documented results", async () => {
  const { api, get } = await start({ utterances: 1 });
  api.register("s1", token);

  expect((await get(resultsPath("s1"))).json).toEqual({
    count: 1,
    total_results: 1,
    result: {
      session_id: "s1",
      status: "done",
      duration: 2,
      error: null,
      filename: null,
      media_type: "audio",
      results: [
        {
          result: [
            ["good", 0, 0.4, 0.95],
            ["morning", 0.4, 0.8, 0.95],
            ["everyone", 0.8, 1.2, 0.95],
          ],
          speaker: "unk",
          text: "good morning everyone",
          sconf: 0.85,
          channel: 0,
        },
      ],
    },
  });
});

test.each([
  ["", 3, "good morning everyone"],
  ["?limit=2", 2, "good morning everyone"],
  ["?limit=2&offset=2", 1, "thank you for your time"],
  ["?limit=2&page=2", 1, "thank you for your time"],
  ["?offset=1&unknown=x", 2, "let us begin"],
  ["?offset=9", 0, undefined],
])("answers %j with %i of three results", async (query, count, text) => {
  const { api, get } = await start();
  api.register("s1", token);

  const { json } = await get(resultsPath("s1") + query);

  const page = json as { result: { results: { text: string }[] } };
  expect(page).toMatchObject({ count, total_results: 3 });
  expect(page.result.results).toHaveLength(count);
  expect(page.result.results[0]?.text).toBe(text);
});

test.each([
  ["?limit=0", "limit"],
  ["?limit=x", "limit"],
  ["?offset=-1", "offset"],
  ["?page=0", "page"],
  ["?page=1&offset=0", "page"],
])("refuses %j and counts no fetch", async (query, field) => {
  const { api, get } = await start();
  api.register("s1", token);

  expect(await get(resultsPath("s1") + query)).toMatchObject({ status: 422, json: errorShape(422, field) });

  expect(api.fetches("s1")).toBe(0);
});

test("counts the pages of one fetch once, and a page that is read again as a second fetch", async () => {
  const { api, get } = await start();
  api.register("s1", token);
  const fetchAll = async () => {
    for (const query of ["", "?limit=1&page=2", "?limit=1&page=3"]) await get(resultsPath("s1") + query);
  };

  await fetchAll();
  expect(api.fetches("s1")).toBe(1);
  await get(`${resultsPath("s1")}?page=3&limit=1`);
  expect(api.fetches("s1")).toBe(2);
  await fetchAll();
  expect(api.fetches("s1")).toBe(3);
});

test("counts fetches on both paths together, and no state request", async () => {
  const { api, get } = await start();
  api.register("s1", token);

  await get(`${sessionPath}/s1`);
  await get(resultsPath("s1"));
  await get(`${sessionPath}/s1`);
  await get(`${sessionPath}/s1/result`);

  expect(api.fetches("s1")).toBe(2);
  expect(api.fetches("unknown")).toBe(0);
});

test("has a fetch in its log before the client has the answer", async () => {
  const { api, get } = await start();
  api.register("s1", token);

  await get(resultsPath("s1"));

  expect(api.requests).toEqual([
    {
      time: 0,
      method: "GET",
      target: resultsPath("s1"),
      sessionId: "s1",
      authorization: "owner",
      undocumented: null,
      status: 200,
      fault: null,
    },
  ]);
  expect(api.fetches("s1")).toBe(1);
});

test.each([
  ["a..%2f..%2fb", "a../../b"],
  ["..%2f", "../"],
  ["a%3fb%23c", "a?b#c"],
  ["%252f", "%2f"],
  ["%40host", "@host"],
  ["%C3%BC", "ü"],
])("keeps the session id %s in its path segment", async (encoded, sessionId) => {
  const { api, get } = await start();
  api.register(sessionId, token);

  expect(await get(resultsPath(encoded))).toMatchObject({ status: 200 });

  expect(api.requests).toMatchObject([{ target: resultsPath(encoded), sessionId, authorization: "owner" }]);
  expect(api.fetches(sessionId)).toBe(1);
});

test.each([
  ["../../x", null],
  ["a/b", null],
  ["..", ".."],
  ["%2e%2e", ".."],
  ["a?b", null],
  ["a#b", null],
])("logs the target as it arrives where a receiver puts %s into the path as it is", async (written, sessionId) => {
  const { api, baseUrl } = await start();
  const target = resultsPath(written);

  const request = `GET ${target} HTTP/1.1\r\nHost: a\r\nAuthorization: ${token}\r\nConnection: close\r\n\r\n`;
  expect(await exchangeBytes(Number(new URL(baseUrl).port), request)).toMatch(/^HTTP\/1\.1 404 /);

  expect(api.requests).toMatchObject([{ target, sessionId, status: 404 }]);
});

test("shows that the reference receiver keeps a hostile session id in its path segment", async () => {
  const { api, clock, baseUrl } = await start();
  const sessionId = "../../../x?y#z@host%2f";
  api.register(sessionId, token);
  const receiver = createReferenceReceiver({ clock, results: { baseUrl, token } });
  closeAfterTest(receiver);

  await exchange(await receiver.listen({ port: 0 }), callback(sessionId));

  await expect.poll(() => api.fetches(sessionId)).toBe(1);
});
