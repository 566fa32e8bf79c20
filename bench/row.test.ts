import { expect, test } from "vitest";
import { median, row, unmeasured } from "./row.js";

const compared = {
  id: "x",
  what: "x",
  unit: "ms",
  peer: "y",
  goal: { of: "ratio", bound: "at-most", value: 2 },
} as const;

test("the median of an even number of values lies between the middle two", () => {
  expect(median([9, 1, 3, 2])).toBe(2.5);
});

test("the ratio is the median of the rounds' ratios, not the ratio of the medians", () => {
  const { ratio, ours, peers } = row(compared, [10, 20, 60], [10, 5, 20]);
  expect({ ratio, ours, peers }).toEqual({ ratio: 3, ours: 20, peers: 10 });
});

test("a goal is judged by the figure it is about, and its bound is still met", () => {
  expect(row(compared, [2], [1]).met).toBe(true);
  expect(row({ ...compared, goal: { of: "ours", bound: "at-most", value: 2 } }, [3], [3]).met).toBe(false);
  expect(row({ ...compared, goal: { of: "ratio", bound: "at-least", value: 0.9 } }, [9], [10]).met).toBe(true);
});

test("what has no goal, or was not measured, is neither met nor missed", () => {
  expect(row({ ...compared, goal: null }, [1], [1]).met).toBeNull();
  expect(unmeasured(compared, "no such file")).toMatchObject({ met: null, ratio: null, note: "no such file" });
});
