import { expect, test } from "vitest";
import { systemClock } from "../clock/system-clock.js";
import { callback, exchange } from "../receivers/exchange.test.kit.js";
import { createReferenceReceiver } from "../receivers/reference-receiver.js";
import {
  closeAfterTest,
  errorShape,
  postJson,
  resultsPath,
  sessionPath,
  start,
  token,
} from "./scriptix-api.test.kit.js";

async function registered(...options: Parameters<typeof start>) {
  const mock = await start(...options);
  mock.api.register("s1", token);
  mock.api.register("s2", token);
  return mock;
}

test.each([
  ["rate-limited", 429, "fault", { retryAfterS: 7 }, "7"],
  ["rate-limited", 429, "fault", {}, "1"],
  ["unavailable", 503, "fault", { retryAfterS: 7 }, "7"],
  ["unavailable", 503, "fault", {}, undefined],
  ["server-error", 500, "fault", {}, undefined],
  ["not-ready-404", 404, "session_id", {}, undefined],
  ["not-ready-409", 409, "session_id", {}, undefined],
] as const)("answers results with %s: %i", async (kind, status, field, more, retryAfter) => {
  const { api, get } = await registered();
  api.fault({ kind, times: 1, ...more });

  const answer = await get(resultsPath("s1"));

  expect(answer).toMatchObject({ status, json: errorShape(status, field) });
  expect(answer.headers["retry-after"]).toBe(retryAfter);
  expect(api.requests).toMatchObject([{ status, fault: kind, authorization: "owner" }]);
  expect(api.fetches("s1")).toBe(0);
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 200 });
});

test("resets the connection", async () => {
  const { api, get } = await registered();
  api.fault({ kind: "reset", times: 1 });

  await expect(get(resultsPath("s1"))).rejects.toMatchObject({ code: "ECONNRESET" });

  expect(api.requests).toMatchObject([{ status: null, fault: "reset" }]);
  expect(api.fetches("s1")).toBe(0);
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 200 });
});

test.each([
  ["hang-up", { ms: 10 }],
  ["cut-off", {}],
] as const)("breaks off by %s, which counts as no fetch", async (kind, more) => {
  const { api, get } = await registered();
  api.fault({ kind, times: 1, ...more });

  await expect(get(resultsPath("s1"))).rejects.toThrow(/hang up|aborted|terminated|closed/);

  expect(api.fetches("s1")).toBe(0);
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 200 });
  expect(api.fetches("s1")).toBe(1);
});

test("answers 200 with a page that is not JSON, which counts as no fetch", async () => {
  const { api, get } = await registered();
  api.fault({ kind: "not-json", times: 1 });

  await expect(get(resultsPath("s1"))).rejects.toThrow("is not valid JSON");

  expect(api.requests).toMatchObject([{ fault: "not-json" }]);
  expect(api.fetches("s1")).toBe(0);
});

test("stalls for the given time on the clock that it shares with the client", async () => {
  const { api, clock, call } = await registered();
  api.fault({ kind: "stall", ms: 30_000 });

  const answer = await call(resultsPath("s1"), { headers: { Authorization: token }, clock });

  expect(answer.status).toBe(200);
  expect(clock.now()).toBe(30_000);
  expect(api.requests).toMatchObject([{ time: 0, status: 200, fault: "stall" }]);
});

test("stalls for the given time where the client keeps another clock", async () => {
  const { api, clock, get } = await registered();
  api.fault({ kind: "stall", ms: 30_000 });

  await get(resultsPath("s1"));

  expect(clock.now()).toBe(30_000);
});

test("stalls until the fault is lifted, with no status meanwhile", async () => {
  const { api, get } = await registered();
  const fault = api.fault({ kind: "stall", sessionId: "s1", times: 1 });
  const answer = get(resultsPath("s1"));
  await expect.poll(() => api.requests.length).toBe(1);
  expect(api.requests).toMatchObject([{ status: null, fault: "stall" }]);
  expect(api.fetches("s1")).toBe(0);

  expect(api.lift(fault)).toBe(true);

  expect(await answer).toMatchObject({ status: 200 });
  expect(api.fetches("s1")).toBe(1);
});

test("forgets a stalled request whose client leaves", async () => {
  const { api, baseUrl, events } = await registered({ clock: systemClock });
  api.fault({ kind: "stall", ms: 60_000 });
  const leaving = new AbortController();
  const request = exchange(baseUrl + resultsPath("s1"), {
    method: "GET",
    headers: { Authorization: token },
    signal: leaving.signal,
  });
  await expect.poll(() => api.requests.length).toBe(1);

  leaving.abort();

  await expect(request).rejects.toThrow(/abort/);
  await expect.poll(() => events).toMatchObject([{ event: "request", request: { status: null, fault: "stall" } }]);
  expect(api.fetches("s1")).toBe(0);
});

test("ends stalled answers when it closes", async () => {
  const { api, get } = await registered();
  api.fault({ kind: "stall" });
  const stalled = get(resultsPath("s1")).catch((error: unknown) => error);
  await expect.poll(() => api.requests.length).toBe(1);

  await api.close();

  expect(await stalled).toMatchObject({ code: "ECONNRESET" });
});

test("meets the requests of one session, so many times, in the order in which faults were set", async () => {
  const { api, get } = await registered();
  api.fault({ kind: "unavailable", sessionId: "s1", times: 2 });
  api.fault({ kind: "server-error", sessionId: "s1", times: 1 });
  const statuses = async (id: string) => {
    const seen: number[] = [];
    for (let count = 0; count < 4; count += 1) seen.push((await get(resultsPath(id))).status);
    return seen;
  };

  expect(await statuses("s1")).toEqual([503, 503, 500, 200]);
  expect(await statuses("s2")).toEqual([200, 200, 200, 200]);
});

test("meets every request until it is lifted, those for the state too", async () => {
  const { api, get } = await registered();
  const fault = api.fault({ kind: "unavailable" });
  const statuses = async () => {
    const answers = [
      await get(resultsPath("s1")),
      await get(`${sessionPath}/s2`),
      await get(`${sessionPath}/s1/result`),
    ];
    return answers.map(({ status }) => status);
  };
  expect(await statuses()).toEqual([503, 503, 503]);

  api.lift(fault);

  expect(await statuses()).toEqual([200, 200, 200]);
  expect(api.lift(fault)).toBe(false);
});

test("says running while results are not ready, and uses up no fault by saying so", async () => {
  const { api, get } = await registered();
  api.fault({ kind: "not-ready-409", sessionId: "s1", times: 1 });
  const state = async () => ((await get(`${sessionPath}/s1`)).json as { result: unknown }).result;

  expect(await state()).toMatchObject({ status: "running" });
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 409 });
  expect(await state()).toMatchObject({ status: "done" });
});

test("leaves the start of sessions and its own control alone", async () => {
  const { api, session, call } = await registered();
  api.fault({ kind: "reset" });

  await session();

  expect(await call("/_mock/log")).toMatchObject({ status: 200 });
});

test("makes a receiver fetch again until the API is back", async () => {
  const { api, clock, baseUrl } = await registered();
  for (const kind of ["unavailable", "rate-limited", "reset", "not-ready-404"] as const) api.fault({ kind, times: 1 });
  const receiver = createReferenceReceiver({ clock, results: { baseUrl, token } });
  closeAfterTest(receiver);

  await exchange(await receiver.listen({ port: 0 }), callback("s1"));
  await expect.poll(() => receiver.processed("s1")).toBe(1);

  expect(api.requests.map(({ status }) => status)).toEqual([503, 429, null, 404, 200]);
  expect(api.fetches("s1")).toBe(1);
});

test("is controlled with curl: faults are set, listed in the log and lifted", async () => {
  const { call, get } = await registered();
  const set = (body: unknown) => call("/_mock/faults", postJson(body));

  expect(await set({ kind: "unavailable", sessionId: "s1" })).toMatchObject({ status: 201, json: { id: "fault-1" } });
  expect(await set({ kind: "server-error" })).toMatchObject({ status: 201, json: { id: "fault-2" } });
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 503 });
  expect(await call("/_mock/faults/fault-1", { method: "DELETE", headers: { Authorization: token } })).toMatchObject({
    json: { lifted: 1 },
  });
  expect(await call("/_mock/faults/fault-1", { method: "DELETE", headers: { Authorization: token } })).toMatchObject({
    status: 404,
  });
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 500 });
  expect(await call("/_mock/faults", { method: "DELETE", headers: { Authorization: token } })).toMatchObject({
    status: 200,
    json: { lifted: 1 },
  });
  expect(await get(resultsPath("s1"))).toMatchObject({ status: 200 });
  expect((await call("/_mock/log")).json).toMatchObject({
    requests: expect.arrayContaining([expect.objectContaining({ fault: "unavailable", status: 503 })]) as unknown,
  });
});

test.each([
  [{}, "kind"],
  [{ kind: "slow" }, "kind"],
  [{ kind: "stall", ms: "30" }, "ms"],
  [{ kind: "reset", times: 0 }, "times"],
  [{ kind: "reset", time: 1 }, "time"],
])("refuses the fault %j", async (body, field) => {
  const { call } = await registered();

  expect(await call("/_mock/faults", postJson(body))).toMatchObject({ status: 422, json: errorShape(422, field) });
});

test("completes and fails jobs on demand, each once", async () => {
  const { call, session } = await registered();
  const [first, second] = [await session(), await session()];
  const end = (id: string, how: string) => call(`/_mock/session/${id}/${how}`, postJson({}));

  expect(await end(first, "complete")).toMatchObject({ status: 200, json: { result: { status: "done" } } });
  expect(await end(second, "fail")).toMatchObject({ status: 200, json: { result: { status: "failed" } } });
  expect(await end(first, "fail")).toMatchObject({ status: 409, json: errorShape(409, "session_id") });
  expect(await end("unknown", "complete")).toMatchObject({ status: 404, json: errorShape(404, "session_id") });
});
