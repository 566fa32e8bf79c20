import { describe, expect, it } from "vitest";
import type { Outcome } from "../report/model.js";
import { flakyNotes, inForce, knownFailureOf, staleEntries, type KnownFailure } from "./known-failures.js";
import { baselineCheckOf, checkIn, checkOf, runChecks, startReceiver, targetOf } from "./run.test.kit.js";

const catalogue = [checkOf("a/one", { aliases: ["a/first"] }), checkOf("a/two"), checkOf("b/three")];
const entry = (check: string, reason = "later"): KnownFailure => ({ check, reason });
const stale = (known: readonly KnownFailure[], outcomes: Record<string, Outcome>): readonly string[] =>
  staleEntries(known, catalogue, new Map(Object.entries(outcomes)));

describe("an entry in the list of known failures", () => {
  it("is up to date while its check fails, does not run or is skipped", () => {
    expect(
      stale([entry("a/one"), entry("a/two"), entry("b/three")], {
        "a/one": "failed",
        "a/two": "not-run",
        "b/three": "skipped",
      }),
    ).toEqual([]);
  });

  it("is out of date once its check passes", () => {
    expect(stale([entry("a/one")], { "a/one": "passed" })).toEqual([
      'known failure "a/one" is out of date: a/one passes, so remove it from the list',
    ]);
  });

  it("that matches no check is wrong, a former id is not", () => {
    expect(stale([entry("a/nine"), entry("a/first")], { "a/one": "failed" })).toEqual([
      'known failure "a/nine" matches no check: correct or remove it',
    ]);
  });

  it("may be a pattern, which must hold for each check that it matches", () => {
    expect(stale([entry("a/*")], { "a/one": "failed", "a/two": "failed", "b/three": "passed" })).toEqual([]);
    expect(stale([entry("a/*")], { "a/one": "failed", "a/two": "passed" })).toEqual([
      'known failure "a/*" is out of date: a/two passes, so remove it from the list',
    ]);
  });

  it("gives its reason, the first one that matches", () => {
    expect(knownFailureOf([entry("a/*", "first"), entry("a/one", "second")], catalogue[0] as never)).toBe("first");
    expect(knownFailureOf([entry("a/*")], catalogue[2] as never)).toBeNull();
  });
});

describe("a run with known failures", () => {
  const run = async (known: readonly KnownFailure[], status = 500) => {
    const receiver = await startReceiver(() => ({ status }));
    return runChecks(
      targetOf(receiver.url),
      [baselineCheckOf("a/one"), baselineCheckOf("b/two", { level: "recommended" })],
      {
        knownFailures: known,
      },
    );
  };

  it("passes its gate, and is non-conformant all the same", async () => {
    const report = await run([entry("a/one", "until May")]);
    expect([report.verdict, report.gate.exitCode]).toEqual(["non-conformant", 0]);
    expect(checkIn(report, "a/one")).toMatchObject({ outcome: "failed", knownFailure: "until May" });
  });

  it("fails its gate where a listed check passes, of whatever level", async () => {
    const report = await run([entry("b/two")], 200);
    expect([report.verdict, report.gate.outcome, report.gate.exitCode]).toEqual(["conformant", "failed", 1]);
    expect(report.notes.join()).toContain("b/two passes, so remove it");
  });

  it("does not pass its gate where the receiver cannot be reached", async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const report = await runChecks(targetOf(receiver.url), [checkOf("a/one")], { knownFailures: [entry("**")] });
    expect(report.gate.exitCode).toBe(3);
  });
});

describe("an entry with a day or a flake", () => {
  const check = checkOf("a/one");
  const day = Date.UTC(2026, 5, 30, 12);
  const ticket = { check: "a/one", reason: "ticket 7" };

  it("holds on its last day, and not on the next", () => {
    const known = [{ ...ticket, expires: "2026-06-30" }];
    expect(inForce(known, day)).toEqual({ known, notes: [] });
    const after = inForce(known, day + 24 * 60 * 60_000);
    expect(after.known).toEqual([]);
    expect(after.notes).toEqual([expect.stringContaining("has expired on 2026-06-30")]);
  });

  it("warns as long as nobody has explained it", () => {
    const known = [{ ...ticket, reason: "to be explained: expected a 2XX, got 500" }];
    expect(inForce(known, day).notes).toEqual([expect.stringContaining("still to be explained")]);
  });

  it("may fail or pass where it is flaky, and says so in both", () => {
    const known = [{ ...ticket, flaky: true }];
    expect(knownFailureOf(known, check, "failed")).toBe("flaky: ticket 7");
    expect(knownFailureOf(known, check, "passed")).toBeNull();
    expect(flakyNotes(known, check)).toEqual(["passed this time; listed as flaky: ticket 7"]);
    expect(staleEntries(known, [check], new Map([["a/one", "passed"]]))).toEqual([]);
  });
});
