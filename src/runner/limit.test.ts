import { describe, expect, it, test } from "vitest";
import { expectAcknowledged, expectRefused } from "./expectations.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf, timeOf } from "./run.test.kit.js";

const oversized = { label: "oversized", set: { "X-Oversized": "1" } };
const refusesIt = (id: string) =>
  checkOf(id, {
    level: "hardening",
    async run(context) {
      await expectRefused(context, [await context.send({ variation: oversized })]);
      expectAcknowledged(context, await context.send());
    },
  });

describe("what looks like a limit, and only one input gets", () => {
  it("is that input's answer, and does not slow the run down", async () => {
    const clock = timeOf();
    const receiver = await startReceiver(({ headers }) =>
      headers["x-oversized"] === undefined ? {} : { status: 503, headers: { "Retry-After": "5" } },
    );
    const target = targetOf(receiver.url, { clock });
    const report = await runChecks(target, [refusesIt("a/one"), refusesIt("a/two"), checkOf("b/plain")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({ "a/one": "failed", "a/two": "failed", "b/plain": "passed" });
    expect(checkIn(report, "a/one").mismatches[0]?.actual).toContain("503");
    expect(target.pace.slowed).toBe(false);
    expect(clock.now()).toBe(1000);
  });

  it("is a limit all the same where the next callback gets it too", async () => {
    const clock = timeOf();
    let left = 4;
    const receiver = await startReceiver(({ headers }) => {
      if (headers["x-oversized"] !== undefined && left > 0) left = Math.min(left, 3);
      left -= 1;
      return left >= 0 || clock.now() > 3000
        ? { status: headers["x-oversized"] === undefined ? 200 : 413 }
        : { status: 429 };
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [refusesIt("a/one"), refusesIt("a/two")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({ "a/one": "passed", "a/two": "passed" });
  });

  it("is a proxy's own error where it says so, limit or not", async () => {
    const clock = timeOf();
    const receiver = await startReceiver(({ headers }) =>
      headers["x-oversized"] === undefined
        ? {}
        : { status: 503, headers: { "Retry-After": "5" }, body: "<title>503 Backend fetch failed</title>" },
    );
    const report = await runChecks(targetOf(receiver.url, { clock }), [refusesIt("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/one": "failed" });
    expect(checkIn(report, "a/one").hint).toContain("a proxy answered in the place of the receiver");
    expect(clock.now()).toBe(0);
  });
});

describe("a session that gets 429 while others are acknowledged", () => {
  const sixTimes = checkOf("retries/six", {
    spansMinutes: true,
    run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 6 }))),
  });

  async function takenThrice(forgetsAfterMs: number) {
    const clock = timeOf();
    const seen = new Map<string, number[]>();
    const receiver = await startReceiver(({ sessionId }) => {
      const now = clock.now();
      const times = (seen.get(sessionId) ?? []).filter((at) => now - at < forgetsAfterMs);
      if (times.length >= 3) return { status: 429, headers: { "Retry-After": "60" } };
      seen.set(sessionId, [...times, now]);
      return {};
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [sixTimes]);
    return { report, tookMs: clock.now() };
  }

  it("is refused, where it still gets it after its Retry-After", async () => {
    const { report, tookMs } = await takenThrice(Infinity);
    expect(outcomesOf(report)).toEqual({ "retries/six": "failed" });
    expect(checkIn(report, "retries/six").mismatches).toHaveLength(3);
    expect(tookMs).toBeLessThan(120_000);
  });

  it("is no failure where it is taken after its Retry-After, as on the schedule it would be at once", async () => {
    const { report } = await takenThrice(60_000);
    expect(outcomesOf(report)).toEqual({ "retries/six": "passed" });
  });
});

test("a run that was slowed down is quick again after a while", async () => {
  const clock = timeOf();
  const receiver = await startReceiver(({ number }) => (number === 3 ? { status: 429 } : {}));
  const check = checkOf("a/many", {
    sessions: 200,
    async run(context) {
      for (let sent = 0; sent < 200; sent += 1) expectAcknowledged(context, await context.send());
    },
  });
  await runChecks(targetOf(receiver.url, { clock, deadlineClock: clock }), [check]);
  // At a tenth of a second each it would be 20 seconds.
  expect(clock.now()).toBeLessThan(7000);
});
