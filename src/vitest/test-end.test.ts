import { describe, expect, test } from "vitest";
import { batch } from "../contract/batch.js";
import type { ReportCheck } from "../report/model.js";
import { checkIn } from "../report/sample-report.test.kit.js";
import { testEndOf, type TestEnd, type TestEndOptions } from "./test-end.js";

const passed = checkIn("payload/accepts-unknown-fields", {
  title: "accepts a body with a field it does not know",
  level: "recommended",
  clause: "request/body",
  source: null,
  outcome: "passed",
});

const failed: ReportCheck = {
  ...passed,
  outcome: "failed",
  mismatches: [
    { expected: "a 2XX", actual: "400 Bad Request", where: "callback 1" },
    { expected: "a 2XX", actual: "a \u001b[31mred\u0007 answer", where: "callback 2" },
  ],
  hint: "Ignore what you do not know.",
  reproduce: "curl -i 'http://127.0.0.1:4711/hook'",
  notes: ["It could not be repeated to confirm it."],
};

const end = (check: ReportCheck, options: Partial<TestEndOptions> = {}): TestEnd =>
  testEndOf(check, { contract: batch, failOn: "required", seed: "abc", servedAt: null, ...options });

describe("a check as a test", () => {
  test("passes where it passed", () => {
    expect(end(passed)).toEqual({ kind: "passed" });
  });

  test("says everything that it takes to act on a failure, and nothing that a terminal would obey", () => {
    const statement = batch.clauses.find(({ id }) => id === "request/body")?.statement;
    expect(end(failed, { failOn: "recommended" })).toEqual({
      kind: "failed",
      message: [
        "accepts a body with a field it does not know (recommended)",
        "callback 1: expected a 2XX, got 400 Bad Request",
        String.raw`callback 2: expected a 2XX, got a \x1b[31mred\x07 answer`,
        "Ignore what you do not know.",
        `clause request/body: ${statement} (${batch.documentUrl}, Body (JSON))`,
        "It could not be repeated to confirm it.",
        "curl -i 'http://127.0.0.1:4711/hook'",
      ].join("\n"),
    });
  });

  test("names no port that is gone when the message is read", () => {
    expect(end(failed, { failOn: "recommended", servedAt: "http://127.0.0.1:4711" })).toMatchObject({
      message: expect.stringContaining("with your app on PORT: curl -i 'http://127.0.0.1:PORT/hook'") as string,
    });
  });

  test("is skipped, with what failed, at a level that does not fail the run", () => {
    expect(end(failed)).toEqual({
      kind: "skipped",
      note: "failed: callback 1: expected a 2XX, got 400 Bad Request (and 1 more); recommended checks do not fail the run (failOn)",
    });
  });

  test("tells the seed of random input", () => {
    const fuzzed = { ...failed, suite: "fuzz", level: "required" as const };
    expect(end(fuzzed)).toMatchObject({ message: expect.stringContaining('seed: "abc"') as string });
  });

  test("is skipped where it was, in terms of the options here", () => {
    const reason =
      "not observable: nothing tells how often a session was processed; pass --probe-url or --probe-command, or point the receiver at --results-api";
    expect(end({ ...passed, outcome: "skipped", reason })).toEqual({
      kind: "skipped",
      note: "not observable: nothing tells how often a session was processed; pass processed",
    });
  });

  for (const outcome of ["not-run", "error"] as const) {
    test(`is never green where it came to ${outcome}`, () => {
      const reason = "the receiver is unreachable";
      expect(end({ ...passed, level: "required", outcome, reason })).toMatchObject({
        kind: "failed",
        message: expect.stringContaining(reason) as string,
      });
      expect(end({ ...passed, outcome, reason })).toMatchObject({ kind: "skipped" });
    });
  }

  test("says that an error is not the receiver's", () => {
    const check = {
      ...passed,
      level: "required" as const,
      outcome: "error" as const,
      reason: "processed() failed: no",
    };
    expect(end(check)).toEqual({
      kind: "failed",
      message: "an error of the harness or its set-up, not charged to the receiver: processed() failed: no",
    });
  });

  test("that is known to fail is skipped, and red once it passes", () => {
    const knownFailure = "mended next week";
    expect(end({ ...failed, level: "required", knownFailure })).toEqual({
      kind: "skipped",
      note: "known failure (mended next week): callback 1: expected a 2XX, got 400 Bad Request (and 1 more)",
    });
    expect(end({ ...passed, knownFailure })).toEqual({
      kind: "failed",
      message: "it passes, but is listed as a known failure (mended next week): take it off the list",
    });
  });
});
