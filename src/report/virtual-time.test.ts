import { expect, test } from "vitest";
import { formatOffset } from "./virtual-time.js";

test.each([
  [0, "00:00:00"],
  [180_000, "00:03:00"],
  [53 * 60_000, "00:53:00"],
  [180_250, "00:03:00.250"],
  [19_999.6, "00:00:20"],
  [100 * 3_600_000, "100:00:00"],
])("%d ms reads %s", (ms, text) => {
  expect(formatOffset(ms)).toBe(text);
});
