import { expect, test } from "vitest";
import { isoTime, parseTime } from "./timestamps.js";

test("a moment is printed as ISO 8601 has it", () => {
  expect(isoTime(Date.UTC(2026, 0, 31, 12))).toBe("2026-01-31T12:00:00.000Z");
});

test.each([
  ["an HTTP date", "Sat, 31 Jan 2026 12:00:00 GMT", Date.UTC(2026, 0, 31, 12)],
  ["an ISO time", "2026-01-31T12:00:00Z", Date.UTC(2026, 0, 31, 12)],
  ["neither", "soon", null],
])("%s is read", (_what, text, ms) => {
  expect(parseTime(text)).toBe(ms);
});
