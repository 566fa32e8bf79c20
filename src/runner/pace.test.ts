import { describe, expect, it, test } from "vitest";
import { createPace, rateLimitRetries, retryAfterMs } from "./pace.js";
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

const never = new AbortController().signal;

describe("pace", () => {
  it("lets requests go at once where there is no ceiling", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    for (let request = 0; request < 5; request += 1) await pace.turn(never);
    expect(clock.now()).toBe(0);
    expect(pace.slowed).toBe(false);
  });

  it("spaces requests by the ceiling, in the order in which they came", async () => {
    const clock = timeOf();
    const pace = createPace(clock, 4);
    const starts: [number, number][] = [];
    await Promise.all(
      [1, 2, 3].map(async (request) => {
        await pace.turn(never);
        starts.push([request, clock.now()]);
      }),
    );
    expect(starts).toEqual([
      [1, 0],
      [2, 250],
      [3, 500],
    ]);
  });

  it("waits as long as the receiver asks, and is slower from there on", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    pace.slowDown(3000);
    await pace.turn(never);
    expect(clock.now()).toBe(3000);
    await pace.turn(never);
    expect(clock.now()).toBe(3100);
    expect(pace.slowed).toBe(true);
  });

  it("waits longer each time where the receiver does not say how long", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    const waits: number[] = [];
    for (let limit = 0; limit < 5; limit += 1) {
      const before = clock.now();
      pace.slowDown(null);
      await pace.turn(never);
      waits.push(clock.now() - before);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000]);
  });

  it("does not wait for an hour", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    pace.slowDown(3_600_000);
    await pace.turn(never);
    expect(clock.now()).toBe(30_000);
  });

  it("gives up waiting when the run is stopped", async () => {
    const pace = createPace(
      { ...timeOf(), now: () => 0, sleep: (_ms, signal) => Promise.reject(signal?.reason as Error) },
      1,
    );
    await pace.turn(never);
    await expect(pace.turn(AbortSignal.abort(new Error("stopped")))).rejects.toThrow("stopped");
  });
});

test.each([
  ["120", 120_000],
  [" 5 ", 5000],
  ["0", 0],
  ["Thu, 01 Jan 1970 00:00:10 GMT", 9000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["Thursday, 01-Jan-70 00:00:10 GMT", 9000],
  ["soon", null],
  ["-1", null],
  ["1.5", null],
  ["", null],
])("Retry-After %j is %j milliseconds", (value, ms) => {
  expect(retryAfterMs(value, 1000)).toBe(ms);
});

test("no Retry-After says nothing", () => {
  expect(retryAfterMs(null, 0)).toBeNull();
});

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
