import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { UsageError } from "../errors.js";
import { createResultsClient, ResultsUnavailable, type ResultsClientOptions } from "./results-client.js";
import { batchResults } from "../contract/batch.js";

const baseUrl = "https://api.scriptix.io";
const pathOf = (sessionId: string): string => `/api/v2/batch/session/${sessionId}/results`;
const results = { count: 1, result: { status: "done" } };
const running = new AbortController().signal;

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function setUp(options: Partial<ResultsClientOptions> = {}) {
  const clock = virtualClock({ startAt: 0 });
  const retries: [reason: string, delayMs: number][] = [];
  const fetchResults = createResultsClient({
    clock,
    baseUrl,
    path: batchResults.path,
    token: "t0ken-Value",
    timeoutMs: 60_000,
    retryDelaysMs: [1_000, 2_000],
    onRetry: (_sessionId, reason, delayMs) => retries.push([reason, delayMs]),
    ...options,
  });
  return { clock, retries, fetchResults };
}

describe("a results client", () => {
  test("makes the documented request", async () => {
    const { fetchResults } = setUp();
    nock(baseUrl).get(pathOf("abc")).matchHeader("authorization", "t0ken-Value").reply(200, results);

    await expect(fetchResults("abc", running)).resolves.toEqual(results);
  });

  test("keeps the path of its base URL", async () => {
    const { fetchResults } = setUp({ baseUrl: "http://mock.example:8080/scriptix/" });
    nock("http://mock.example:8080")
      .get(`/scriptix${pathOf("abc")}`)
      .reply(200, results);

    await expect(fetchResults("abc", running)).resolves.toEqual(results);
  });

  test.each(["../x", "a/b", "a?b", "a#b", "@host", "%2f", "$&", "ü", "a b"])(
    "keeps %j in its place in the path",
    async (sessionId) => {
      const { fetchResults } = setUp();
      let asked = "";
      nock(baseUrl)
        .get((path) => ((asked = path), true))
        .reply(200, results);

      await fetchResults(sessionId, running);

      expect(asked).toBe(pathOf(encodeURIComponent(sessionId)));
    },
  );

  test.each([404, 408, 409, 425, 429, 500, 502, 503])("tries again after %i", async (status) => {
    const { clock, retries, fetchResults } = setUp();
    nock(baseUrl).get(pathOf("abc")).reply(status).get(pathOf("abc")).reply(200, results);

    await expect(fetchResults("abc", running)).resolves.toEqual(results);

    expect(retries).toEqual([[`the results API answered ${status}`, 1_000]]);
    expect(clock.now()).toBe(1_000);
  });

  test("tries again after a reset and after an answer that is not JSON", async () => {
    const { retries, fetchResults } = setUp();
    const reset = Object.assign(new Error("reset, with t0ken-Value in its message"), { code: "ECONNRESET" });
    nock(baseUrl).get(pathOf("abc")).replyWithError(reset);
    nock(baseUrl).get(pathOf("abc")).reply(200, "<html>").get(pathOf("abc")).reply(200, results);

    await expect(fetchResults("abc", running)).resolves.toEqual(results);

    expect(retries.map(([reason]) => reason)).toEqual(["the request failed (ECONNRESET)", "the results are not JSON"]);
  });

  test.each([
    ["seconds", "7", 7_000],
    ["a date", "Thu, 01 Jan 1970 00:00:09 GMT", 9_000],
    ["less than its own delay", "0", 1_000],
    ["nonsense", "soon", 1_000],
    ["a year", "31536000", 600_000],
  ])("waits as Retry-After says in %s", async (_what, value, expectedMs) => {
    const { clock, fetchResults } = setUp();
    nock(baseUrl).get(pathOf("abc")).reply(429, "", { "Retry-After": value }).get(pathOf("abc")).reply(200, results);

    await fetchResults("abc", running);

    expect(clock.now()).toBe(expectedMs);
  });

  test("gives up after its last delay", async () => {
    const { clock, fetchResults } = setUp();
    nock(baseUrl).get(pathOf("abc")).times(3).reply(503);

    const refused = fetchResults("abc", running);

    await expect(refused).rejects.toThrow(new ResultsUnavailable("the results API answered 503"));
    expect(nock.isDone()).toBe(true);
    expect(clock.now()).toBe(3_000);
    expect(clock.pendingTimers()).toBe(0);
  });

  test.each([400, 401, 403, 410, 302])("gives up at once on %i", async (status) => {
    const { retries, fetchResults } = setUp();
    nock(baseUrl).get(pathOf("abc")).reply(status, "", { Location: "https://elsewhere.example/" });

    await expect(fetchResults("abc", running)).rejects.toThrow(ResultsUnavailable);
    expect(retries).toEqual([]);
  });

  test("stops while it waits when it is told to", async () => {
    const controller = new AbortController();
    const stopped = new Error("stopped");
    const { clock, fetchResults } = setUp({ onRetry: () => controller.abort(stopped) });
    nock(baseUrl).get(pathOf("abc")).reply(503);

    await expect(fetchResults("abc", controller.signal)).rejects.toBe(stopped);
    expect(clock.pendingTimers()).toBe(0);
    expect(clock.holdsOut()).toBe(0);
  });

  test.each(["", "ftp://api.scriptix.io", "https://user:pass-word@api.scriptix.io", "https://api.scriptix.io?x"])(
    "refuses the base URL %j",
    (url) => {
      expect(() => setUp({ baseUrl: url })).toThrow(UsageError);
      expect(() => setUp({ baseUrl: url })).not.toThrow(/pass-word/);
    },
  );

  test("refuses a token that cannot stand in a header, without repeating it", () => {
    expect(() => setUp({ token: "t0ken\nValue" })).toThrow(UsageError);
    expect(() => setUp({ token: "t0ken\nValue" })).not.toThrow(/t0ken/);
  });
});
