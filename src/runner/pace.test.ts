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
