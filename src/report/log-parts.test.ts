import { expect, it, test } from "vitest";
import { fitted, type LogPart } from "./log-parts.js";

const part = (rank: number, name: string, count: number, most?: number): LogPart => ({
  rank,
  units: Array.from({ length: count }, (_, index) => [`${name}${index + 1}`]),
  ...(most !== undefined && { most }),
  more: (left) => `and ${left} more of ${name}`,
});

it("tells all where there is room, in the order given", () => {
  expect(fitted([part(1, "a", 2), part(0, "b", 1)], 10)).toEqual(["a1", "a2", "b1"]);
});

it("gives lines by rank, and counts what is left out", () => {
  expect(fitted([part(1, "a", 9), part(0, "b", 3)], 5)).toEqual(["a1", "and 8 more of a", "b1", "b2", "b3"]);
});

it("keeps a line for each, whatever comes before it", () => {
  expect(fitted([part(0, "a", 9), part(1, "b", 9), part(2, "c", 1)], 4)).toEqual([
    "a1",
    "and 8 more of a",
    "and 9 more of b",
    "c1",
  ]);
});

it("tells things of several lines together or not at all", () => {
  const causes: LogPart = {
    rank: 0,
    units: [
      ["a", "fix a"],
      ["b", "fix b"],
    ],
    more: (left) => `${left} more`,
  };
  expect(fitted([causes], 3)).toEqual(["a", "fix a", "1 more"]);
  expect(fitted([causes], 2)).toEqual(["2 more"]);
});

it("tells no more of a kind than is good to read", () => {
  expect(fitted([part(0, "a", 9, 2)], 20)).toEqual(["a1", "a2", "and 7 more of a"]);
});

test.each([-3, 0, 1, 2, 3, 7, 20])("never has more than %i lines", (lines) => {
  const parts = [part(3, "a", 9), part(1, "b", 30, 4), part(0, "c", 0), part(2, "d", 1)];
  expect(fitted(parts, lines).length).toBeLessThanOrEqual(Math.max(0, lines));
});
