import { describe, expect, it, test } from "vitest";
import { expectAcknowledged } from "./expectations.js";
import { rateLimitRetries } from "./pace.js";
import {
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  startReceiver,
  targetOf,
  timeOf,
  type Given,
} from "./run.test.kit.js";

describe("a receiver that limits the rate", () => {
  /** Refuses the second callback, so often, and takes the others. */
  async function limitedBy(answer: Given, times = 1) {
    let refusals = 0;
    const receiver = await startReceiver(({ number }) => (number > 1 && refusals++ < times ? answer : {}));
    const clock = timeOf();
    const report = await runChecks(targetOf(receiver.url, { clock }), [checkOf("a/one")]);
    return { receiver, report, waitedMs: clock.now() };
  }

  it.each<[string, Given, number]>([
    ["429 with Retry-After in seconds", { status: 429, headers: { "Retry-After": "7" } }, 7000],
    [
      "429 with Retry-After as a date",
      { status: 429, headers: { "Retry-After": "Thu, 01 Jan 1970 00:00:04 GMT" } },
      4000,
    ],
    ["503 with Retry-After", { status: 503, headers: { "Retry-After": "2" } }, 2000],
    ["plain 429", { status: 429 }, 1000],
  ])("%s slows the run down, and is no failure", async (_name, answer, waitedMs) => {
    const limited = await limitedBy(answer);
    expect(outcomesOf(limited.report)).toEqual({ "a/one": "passed" });
    expect(limited.waitedMs).toBe(waitedMs);
  });

  it("gets the same request again", async () => {
    const { receiver } = await limitedBy({ status: 429 });
    const [, refused, repeated] = receiver.arrived;
    expect(repeated?.body).toBe(refused?.body);
  });

  it("has failed with a 503 that asks for no delay", async () => {
    const { report } = await limitedBy({ status: 503 }, Infinity);
    expect(checkIn(report, "a/one").outcome).toBe("failed");
  });

  it("leaves a check unjudged where it goes on", async () => {
    const { receiver, report } = await limitedBy({ status: 429, headers: { "Retry-After": "1" } }, Infinity);
    expect(outcomesOf(report)).toEqual({ "a/one": "not-run rate-limited" });
    expect(checkIn(report, "a/one").reason).toBe(
      "the receiver still answers 429 after the run slowed down 4 times; pass a lower --max-rate, or raise the limit for the test",
    );
    expect(report.verdict).toBe("inconclusive");
    expect(receiver.arrived).toHaveLength(1 + 1 + rateLimitRetries);
  });

  it("is judged by a check that asks for it", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 2 ? 429 : 200 }));
    const statuses: (number | undefined)[] = [];
    const check = checkOf("a/one", {
      run: async (context) => void statuses.push((await context.send({ judgesRateLimit: true })).response?.status),
    });
    await runChecks(targetOf(receiver.url), [check]);
    expect(statuses).toEqual([429]);
  });

  it("does not end the run when the control is limited too", async () => {
    const receiver = await startReceiver(({ number }) => ({ status: number === 1 ? 200 : number === 2 ? 500 : 429 }));
    const odd = checkOf("a/odd", {
      run: async (context) => {
        const attempt = await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } });
        if (attempt.outcome.kind === "failed") context.mismatch("a 2XX", "none", attempt);
      },
    });
    const report = await runChecks(targetOf(receiver.url), [odd]);
    expect(outcomesOf(report)).toEqual({ "a/odd": "not-run rate-limited" });
  });
});

test("a ceiling spaces the requests of a run", async () => {
  const clock = timeOf();
  const times: number[] = [];
  const receiver = await startReceiver(() => {
    times.push(clock.now());
    return {};
  });
  const checks = ["a/one", "a/two", "a/three"].map((id) => checkOf(id));
  await runChecks(targetOf(receiver.url, { clock, deadlineClock: clock, maxRate: 2 }), checks);
  expect(times).toEqual([0, 500, 1000, 1500]);
});

describe("a rate limit that persists", () => {
  it("is waited for once, and not again by every check", async () => {
    const receiver = await startReceiver(({ number }) => (number > 1 ? { status: 429 } : {}));
    const clock = timeOf();
    const checks = Array.from({ length: 10 }, (_, index) => checkOf(`a/${index}`));
    const report = await runChecks(targetOf(receiver.url, { clock }), checks, { concurrency: 1 });
    expect(new Set(Object.values(outcomesOf(report)))).toEqual(new Set(["not-run rate-limited"]));
    expect(receiver.arrived).toHaveLength(1 + (1 + rateLimitRetries) + 9);
  });

  it("does not keep the run from going on once it has passed", async () => {
    const receiver = await startReceiver(({ number }) => (number > 1 && number < 8 ? { status: 429 } : {}));
    const checks = ["a/one", "a/two", "a/three"].map((id) => checkOf(id));
    const report = await runChecks(targetOf(receiver.url, { clock: timeOf() }), checks, { concurrency: 1 });
    expect(outcomesOf(report)).toEqual({
      "a/one": "not-run rate-limited",
      "a/two": "not-run rate-limited",
      "a/three": "passed",
    });
  });

  it("is no failure of a schedule, where the documented callback meets it too", async () => {
    const receiver = await startReceiver(({ number }) => (number > 1 ? { status: 429 } : {}));
    const check = checkOf("a/retries", {
      spansMinutes: true,
      run: async (context) => {
        for (const attempt of await context.schedule({ attempts: 2 })) {
          if (attempt.outcome.kind === "failed") context.mismatch("a 2XX", "429", attempt);
        }
      },
    });
    const report = await runChecks(targetOf(receiver.url, { clock: timeOf() }), [check]);
    expect(outcomesOf(report)).toEqual({ "a/retries": "not-run rate-limited" });
  });
});

describe("a receiver that answers 503 without Retry-After beyond its limit", () => {
  const twelveInARow = checkOf("a/twelve", {
    sessions: 12,
    async run(context) {
      for (let sent = 0; sent < 12; sent += 1) expectAcknowledged(context, await context.send());
    },
  });

  it("is asked again slowly before it counts as broken", async () => {
    const clock = timeOf();
    let tokens = 10;
    let filledAt = clock.now();
    const receiver = await startReceiver(() => {
      tokens = Math.min(10, tokens + ((clock.now() - filledAt) / 1000) * 5);
      filledAt = clock.now();
      if (tokens < 1) return { status: 503 };
      tokens -= 1;
      return {};
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [twelveInARow]);
    expect(outcomesOf(report)).toEqual({ "a/twelve": "passed" });
    expect(checkIn(report, "a/twelve").notes.join()).toContain("may be a rate limit");
  });

  it("fails when it answers so at any speed", async () => {
    const receiver = await startReceiver(({ number }) => (number % 4 === 0 ? { status: 503 } : {}));
    const report = await runChecks(targetOf(receiver.url, { clock: timeOf() }), [twelveInARow]);
    expect(outcomesOf(report)).toEqual({ "a/twelve": "failed" });
  });
});
