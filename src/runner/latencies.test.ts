import { expect, it, test } from "vitest";
import { summarizeLatencies } from "./latencies.js";

test("where nothing was measured there is nothing to say", () => {
  expect(summarizeLatencies([])).toBeNull();
});

test("percentiles are what was measured, by nearest rank, whatever its order", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summarizeLatencies(hundred)).toMatchObject({ count: 100, p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 });
  expect(summarizeLatencies([3, 20, 100])).toMatchObject({ count: 3, p50Ms: 20, p95Ms: 100, p99Ms: 100, maxMs: 100 });
  expect(summarizeLatencies([7.16])).toMatchObject({ count: 1, p50Ms: 7.2, p95Ms: 7.2, p99Ms: 7.2, maxMs: 7.2 });
});

it.each<[readonly number[], readonly (readonly [upToMs: number, count: number])[]]>([
  [[0], [[1, 1]]],
  [[1], [[1, 1]]],
  [
    [1.5, 2, 2.5],
    [
      [2, 2],
      [4, 1],
    ],
  ],
  // Empty buckets stand between full ones, and none before the first.
  [
    [3, 20],
    [
      [4, 1],
      [8, 0],
      [16, 0],
      [32, 1],
    ],
  ],
])("the histogram of %j doubles from one millisecond", (ms, buckets) => {
  expect(summarizeLatencies(ms)?.histogram).toEqual(buckets.map(([upToMs, count]) => ({ upToMs, count })));
});
