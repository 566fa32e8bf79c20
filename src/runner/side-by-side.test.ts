import { expect, test } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import { answerMsOf, sideBySide } from "./side-by-side.js";

const answeredIn = (headersMs: number | null): Attempt => ({ timings: { headersMs } }) as Attempt;

test("as many requests go side by side as wait half a deadline, should the receiver work on one at a time", () => {
  const counts = [0, 100, 1250, 1300, 5000, 20_000].map((ms) => sideBySide(8, answeredIn(ms)));
  expect(counts).toEqual([8, 8, 8, 7, 2, 1]);
});

test("they are as many as may be where nothing was answered", () => {
  expect([sideBySide(8, null), sideBySide(3, answeredIn(null)), sideBySide(20_000, null)]).toEqual([8, 3, 10_000]);
  expect([answerMsOf(null), answerMsOf(answeredIn(null)), answerMsOf(answeredIn(70))]).toEqual([0, 0, 70]);
});
