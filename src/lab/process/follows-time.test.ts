import { expect, test } from "vitest";
import { assertDateFollows } from "./follows-time.js";

test("a Date header contradicts the travel when it is far off, not when it lags", () => {
  const now = Date.UTC(2025, 0, 1, 0, 53);
  expect(() => assertDateFollows("Wed, 01 Jan 2025 00:52:58 GMT", now)).not.toThrow();
  expect(() => assertDateFollows("Wed, 25 Nov 2026 04:40:10 GMT", now)).toThrow(/dated 2026-11-25.*does not follow/);
  expect(() => assertDateFollows("soon", now)).not.toThrow();
});
