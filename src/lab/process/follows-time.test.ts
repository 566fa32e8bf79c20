import { expect, test } from "vitest";
import { assertDateFollows } from "./follows-time.js";

test("a Date header contradicts the travel when it is far off, not when it lags", () => {
  const now = Date.UTC(2025, 0, 1, 0, 53);
  const movedMs = 53 * 60_000;
  expect(() => assertDateFollows("Wed, 01 Jan 2025 00:52:58 GMT", now, movedMs)).not.toThrow();
  expect(() => assertDateFollows("Wed, 25 Nov 2026 04:40:10 GMT", now, movedMs)).toThrow(
    /dated 2026-11-25.*does not follow/,
  );
  expect(() => assertDateFollows("Wed, 01 Jan 2025 00:00:01 GMT", now, movedMs)).toThrow(/does not follow/);
  expect(() => assertDateFollows("Wed, 01 Jan 2025 00:52:00 GMT", now, 0)).not.toThrow();
  expect(() => assertDateFollows("soon", now, movedMs)).not.toThrow();
});
