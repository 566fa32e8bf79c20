import { describe, expect, it } from "vitest";
import type { Outcome } from "../report/model.js";
import {
  flakyNotes,
  inForce,
  knownFailureOf,
  staleEntries,
  underContract,
  type KnownFailure,
} from "./known-failures.js";
import { checkOf } from "./check.test.kit.js";

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

  it("is up to date where its check is newer than what the gate is as of", () => {
    const newer = checkOf("a/newer", { since: "9.0.0" });
    const at = (asOf: string | null) =>
      staleEntries([entry("a/newer")], [newer], new Map([["a/newer", "passed"]]), asOf).length;
    expect([at("8.0.0"), at("9.0.0"), at(null)]).toEqual([0, 1, 1]);
  });

  it("counts under its contract, or any where it names none", () => {
    const known = [entry("a/one"), { ...entry("a/two"), contract: "batch" }, { ...entry("b/*"), contract: "document" }];
    expect(underContract(known, "batch").map(({ check }) => check)).toEqual(["a/one", "a/two"]);
  });

  it("gives its reason, the first one that matches", () => {
    expect(knownFailureOf([entry("a/*", "first"), entry("a/one", "second")], catalogue[0] as never)).toBe("first");
    expect(knownFailureOf([entry("a/*")], catalogue[2] as never)).toBeNull();
    expect(knownFailureOf([entry("a/*")], catalogue[0] as never, "passed")).toBe("later");
    expect(flakyNotes([entry("a/*")], catalogue[0] as never)).toEqual([]);
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
    expect(after.notes).toEqual([
      'The entry "a/one" of the known failures has expired on 2026-06-30: what fails there fails the gate again.',
    ]);
  });

  it("warns as long as nobody has explained it", () => {
    const known = [
      { ...ticket, reason: "to be explained: expected a 2XX, got 500" },
      { check: "a/two", reason: "not to be explained" },
    ];
    expect(inForce(known, day)).toEqual({
      known,
      notes: [
        'The entry "a/one" of the known failures is still to be explained: put a reason of your own in place of "to be explained".',
      ],
    });
  });

  it("may fail or pass where it is flaky, and says so in both", () => {
    const known = [{ ...ticket, flaky: true }];
    expect(knownFailureOf(known, check, "failed")).toBe("flaky: ticket 7");
    expect(knownFailureOf(known, check, "passed")).toBeNull();
    expect(flakyNotes(known, check)).toEqual(["passed this time; listed as flaky: ticket 7"]);
    expect(staleEntries(known, [check], new Map([["a/one", "passed"]]))).toEqual([]);
  });
});
