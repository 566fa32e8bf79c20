import { describe, expect, it, test } from "vitest";
import { createPace, retryAfterMs } from "./pace.js";
import { timeOf } from "./run.test.kit.js";

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
  ["a 1", null],
  ["1970-01-01T00:00:10Z", null],
  ["", null],
])("Retry-After %j is %j milliseconds", (value, ms) => {
  expect(retryAfterMs(value, 1000)).toBe(ms);
});

test("no Retry-After says nothing", () => {
  expect(retryAfterMs(null, 0)).toBeNull();
});

describe("requests that were under way together", () => {
  it("slow the run down once when they are refused together", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    await pace.turn(never);
    for (let refused = 0; refused < 8; refused += 1) pace.slowDown(null);
    await pace.turn(never);
    await pace.turn(never);
    expect(clock.now()).toBe(1100);
  });

  it("line up again when the receiver asks for a wait before their turn", async () => {
    const clock = timeOf();
    const pace = createPace(clock, 10);
    await pace.turn(never);
    const turn = pace.turn(never);
    pace.slowDown(5000);
    await turn;
    expect(clock.now()).toBeGreaterThanOrEqual(5000);
  });
});

describe("a run that was slowed down", () => {
  /** Milliseconds between two requests from now on. */
  async function interval(clock: ReturnType<typeof timeOf>, pace: ReturnType<typeof createPace>): Promise<number> {
    await pace.turn(never);
    const before = clock.now();
    await pace.turn(never);
    return clock.now() - before;
  }
  const went = (pace: ReturnType<typeof createPace>, times: number): void => {
    for (let answers = 0; answers < times; answers += 1) pace.went(true);
  };

  it("is half as fast after each further limit, down to one request in two seconds", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    const intervals: number[] = [];
    for (let limits = 0; limits < 6; limits += 1) {
      pace.slowDown(0);
      intervals.push(await interval(clock, pace));
    }
    expect(intervals).toEqual([100, 200, 400, 800, 1600, 2000]);
  });

  it("is a fifth quicker after ten answers that ask for nothing, counted from the last limit", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    pace.slowDown(0);
    went(pace, 9);
    expect(await interval(clock, pace)).toBe(100);
    went(pace, 1);
    expect(await interval(clock, pace)).toBe(80);
    went(pace, 9);
    pace.slowDown(0);
    went(pace, 9);
    expect(await interval(clock, pace)).toBe(160);
    went(pace, 1);
    expect(await interval(clock, pace)).toBe(128);
  });

  it("is as fast as it was in the end", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    pace.slowDown(0);
    // 100 times 0.8 to the eleventh is less than ten milliseconds, which is as good as nothing.
    went(pace, 110);
    expect(await interval(clock, pace)).toBe(9);
    went(pace, 10);
    expect(await interval(clock, pace)).toBe(0);
  });

  it("is never faster than the ceiling", async () => {
    const clock = timeOf();
    const pace = createPace(clock, 12.5);
    pace.slowDown(0);
    expect(await interval(clock, pace)).toBe(160);
    went(pace, 30);
    expect(await interval(clock, pace)).toBe(82);
    went(pace, 100);
    expect(await interval(clock, pace)).toBe(80);
  });

  it("in case of a limit that does not say so waits two seconds and sends two a second, until that is undone", async () => {
    const clock = timeOf();
    const pace = createPace(clock, null);
    const undo = pace.ease();
    await pace.turn(never);
    expect(clock.now()).toBe(2000);
    expect(await interval(clock, pace)).toBe(500);
    expect(pace.slowed).toBe(false);
    undo();
    await pace.turn(never);
    expect(await interval(clock, pace)).toBe(0);
  });

  it("has met nothing yet at first", () => {
    const pace = createPace(timeOf(), null);
    expect(pace).toMatchObject({
      wasAcknowledged: false,
      blocked: false,
      refusesInputs: false,
      refusesSessions: false,
      refusesForGood: false,
    });
    pace.went(false);
    expect(pace.wasAcknowledged).toBe(false);
    went(pace, 1);
    pace.went(false);
    expect(pace.wasAcknowledged).toBe(true);
  });
});
