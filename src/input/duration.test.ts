import { expect, it } from "vitest";
import { parseDurationMs } from "./duration.js";

it.each([
  ["90", 90_000],
  ["90s", 90_000],
  ["1.5m", 90_000],
  ["2h", 7_200_000],
  ["250ms", 250],
  ["0", null],
  ["-1", null],
  ["5 m", null],
  ["NaN", null],
  ["", null],
])("%s is %s ms", (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms);
});
