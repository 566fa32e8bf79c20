import nock from "nock";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { callback, exchange } from "./exchange.test.kit.js";
import type { ReferenceReceiverOptions } from "./reference-receiver.js";
import { start as startReceiver } from "./reference-receiver.test.kit.js";

const api = "https://api.scriptix.io";
const token = "t0ken-Value";
const path = "/api/v2/batch/session/s1/results";

beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect("127.0.0.1");
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const start = (options: Partial<ReferenceReceiverOptions> = {}) => startReceiver({ results: { token }, ...options });

test("fetches the results with the token and hands them over", async () => {
  const fetched = nock(api, { reqheaders: { authorization: token } })
    .get(path)
    .reply(200, { count: 1 });
  const processed: unknown[] = [];
  const { receiver, url } = await start({ process: (...session) => void processed.push(session) });

  await exchange(url, callback("s1"));
  await expect.poll(() => receiver.processed("s1")).toBe(1);

  expect(processed).toEqual([["s1", { count: 1 }]]);
  expect(fetched.isDone()).toBe(true);
});

test("acknowledges before the results arrive, and fetches once for all duplicates", async () => {
  let deliver = (): void => {};
  const requested: string[] = [];
  nock(api)
    .persist()
    .get(path)
    .reply(async (uri) => {
      requested.push(uri);
      await new Promise<void>((resolve) => (deliver = resolve));
      return [200, {}];
    });
  const { receiver, url } = await start();

  for (let count = 0; count < 3; count += 1) expect((await exchange(url, callback("s1"))).status).toBe(200);
  expect(receiver.processed("s1")).toBe(0);
  await expect.poll(() => requested.length).toBe(1);
  deliver();

  await expect.poll(() => receiver.processed("s1")).toBe(1);
  expect((await exchange(url, callback("s1"))).status).toBe(200);
  expect(requested).toEqual([path]);
});

test("fetches again while the API fails, and acknowledges all the same", async () => {
  nock(api).get(path).reply(503).get(path).reply(429, "", { "Retry-After": "30" }).get(path).reply(200, {});
  const { clock, receiver, url, log } = await start();

  expect((await exchange(url, callback("s1"))).status).toBe(200);
  await expect.poll(() => receiver.processed("s1")).toBe(1);

  expect(clock.now()).toBe(31_000);
  expect(log.filter(({ event }) => event === "retrying")).toHaveLength(2);
});

test("takes a callback as a new chance after it gave up, and never tells the token", async () => {
  nock(api).get(path).reply(401).get(path).reply(200, {});
  const { receiver, url, log } = await start();

  await exchange(url, callback("s1"));
  await expect.poll(() => log.at(-1)?.event).toBe("gave-up");
  await exchange(url, callback("s1"));
  await expect.poll(() => receiver.processed("s1")).toBe(1);

  expect(log.filter(({ event }) => event === "callback").map((entry) => "decision" in entry && entry.decision)).toEqual(
    ["accepted", "accepted"],
  );
  expect(JSON.stringify(log)).not.toContain(token);
});

test("fetches nothing for a refused callback", async () => {
  const fetched = nock(api).get(path).reply(200, {});
  const { url } = await start({ credential: { header: "X-Api-Key", value: "s3cret" } });

  expect((await exchange(url, callback("s1"))).status).toBe(401);

  expect(fetched.isDone()).toBe(false);
});

test("ends a fetch in progress when it closes", async () => {
  nock(api).get(path).delay(3_600_000).reply(200, {});
  const { clock, receiver, url, log } = await start();
  await exchange(url, callback("s1"));
  await expect.poll(() => clock.holdsOut()).toBe(1);

  await receiver.close();

  expect(log.at(-1)).toEqual({ event: "gave-up", sessionId: "s1", reason: "the receiver was closed" });
  expect([clock.holdsOut(), clock.pendingTimers()]).toEqual([0, 0]);
  nock.abortPendingRequests();
});

test("gives up a fetch that takes too long, by its clock", async () => {
  nock(api).get(path).delay(3_600_000).reply(200, {}).get(path).reply(200, {});
  const virtual = virtualClock({ startAt: 0 });
  // One that moves on while a fetch is under way, as the system clock does.
  const clock = Object.assign(Object.create(virtual) as typeof virtual, {
    now: () => virtual.now(),
    timer: virtual.timer.bind(virtual),
    sleep: virtual.sleep.bind(virtual),
    hold: () => ({ bind() {}, release() {} }),
  });
  const { receiver, url, log } = await start({ clock, results: { token, timeoutMs: 5_000 } });

  await exchange(url, callback("s1"));
  await expect.poll(() => log.filter(({ event }) => event === "retrying").length).toBeGreaterThanOrEqual(1);

  expect(log).toContainEqual({
    event: "retrying",
    sessionId: "s1",
    reason: "no results within 5000 ms",
    delayMs: 1_000,
  });
  await receiver.close();
  nock.abortPendingRequests();
});

test("fetches the results of many sessions side by side without a warning", async () => {
  nock(api).persist().get(/./).reply(200, {});
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on("warning", onWarning);
  const { receiver, url } = await start();
  const sessionIds = Array.from({ length: 30 }, (_, index) => `session-${index}`);

  await Promise.all(sessionIds.map((sessionId) => exchange(url, callback(sessionId))));

  await expect.poll(() => sessionIds.every((sessionId) => receiver.processed(sessionId) === 1)).toBe(true);
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});
