import { expect, test } from "vitest";
import { findProgram } from "../../../fixtures/stacks/requirements.test.kit.js";
import { assertDateFollows, isGo } from "./follows-time.js";

const go = findProgram("go");

test.skipIf(go === null)("knows a Go program by its file", () => {
  expect(isGo(go ?? "")).toBe(true);
});

test("knows other programs, and what is none", () => {
  expect(isGo(process.execPath)).toBe(false);
  expect(isGo("/bin/sh")).toBe(false);
  expect(isGo(import.meta.filename)).toBe(false);
  expect(isGo("/nowhere")).toBe(false);
});

test("a Date header contradicts the travel when it is far off, not when it lags", () => {
  const now = Date.UTC(2025, 0, 1, 0, 53);
  expect(() => assertDateFollows("Wed, 01 Jan 2025 00:52:58 GMT", now)).not.toThrow();
  expect(() => assertDateFollows("Wed, 25 Nov 2026 04:40:10 GMT", now)).toThrow(/dated 2026-11-25.*does not follow/);
  expect(() => assertDateFollows("soon", now)).not.toThrow();
});
