import { expect, test } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import { answerMsOf, createLanes, type Lanes } from "./lanes.js";

const answeredIn = (headersMs: number | null): Attempt => ({ timings: { headersMs } }) as Attempt;

const startedAt = (most: number, baseline: Attempt | null): Lanes => {
  const lanes = createLanes(most);
  lanes.startAt(baseline);
  return lanes;
};

const widthsAfter = (lanes: Lanes, ...answersMs: readonly number[]): readonly number[] =>
  answersMs.map((ms) => {
    lanes.answered(answeredIn(ms));
    return lanes.width;
  });

test("as many requests go side by side as wait half a deadline, should the receiver work on one at a time", () => {
  const widths = [0, 100, 1250, 1300, 5000, 20_000].map((ms) => startedAt(8, answeredIn(ms)).width);
  expect(widths).toEqual([8, 8, 8, 7, 2, 1]);
});

test("they are as many as may be where nothing was answered", () => {
  expect([startedAt(8, null).width, startedAt(3, answeredIn(null)).width]).toEqual([8, 3]);
  expect([answerMsOf(null), answerMsOf(answeredIn(null)), answerMsOf(answeredIn(70))]).toEqual([0, 0, 70]);
});

test("they are half as many once answers take half a deadline, and one at a time at last", () => {
  expect(widthsAfter(startedAt(8, answeredIn(100)), 9999, 10_000, 12_000, 12_000, 12_000)).toEqual([8, 4, 2, 1, 1]);
});

test("they are more again while answers leave room, and no more than the user allows", () => {
  const lanes = startedAt(3, answeredIn(12_000));
  expect(widthsAfter(lanes, 20, 20, 20, 20, 20, 20)).toEqual([2, 2, 3, 3, 3, 3]);
});

test("they stay as they are where one more would make answers take too long", () => {
  // One at a time is worked on in 1.2 seconds: four wait for 4.8, and five would for 6.
  const lanes = startedAt(8, answeredIn(2500));
  expect(widthsAfter(lanes, ...Array.from({ length: 20 }, () => 4800)).at(-1)).toBe(4);
});

test("they are more where requests would wait for a quarter of a deadline just so", () => {
  expect(widthsAfter(startedAt(3, answeredIn(12_000)), 2501, 2500, 3334, 3333, 3333)).toEqual([1, 2, 2, 2, 3]);
});

test("a hang is no answer, and says nothing of how many there may be", () => {
  const lanes = [startedAt(8, answeredIn(100)), startedAt(8, answeredIn(12_000))];
  for (const each of lanes) each.answered(answeredIn(null));
  expect(lanes.map(({ width }) => width)).toEqual([8, 1]);
});
