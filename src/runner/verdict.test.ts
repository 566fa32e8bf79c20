import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import type { Outcome, ReasonCode, ReportCheck } from "../report/model.js";
import type { Level } from "./check.js";
import { exitCodes, gatedLevels, gateOf, judgeClauses, summarize, verdictLine, verdictOf } from "./verdict.js";

const judged = (level: Level, outcome: Outcome, rest: Partial<ReportCheck> = {}): ReportCheck => ({
  id: `a/${level}-${outcome}`,
  suite: "a",
  title: "",
  level,
  clause: null,
  source: null,
  outcome,
  reason: null,
  reasonCode: null,
  mismatches: [],
  hint: null,
  reproduce: null,
  notes: [],
  durationMs: 0,
  attempts: [],
  ...rest,
});

const skipped = (level: Level, reasonCode: ReasonCode): ReportCheck => judged(level, "skipped", { reasonCode });
const verdict = (...checks: ReportCheck[]) => verdictOf(summarize(checks));

describe("the verdict", () => {
  it.each<[string, string, ReportCheck[]]>([
    ["conformant", "what is required passed", [judged("required", "passed")]],
    [
      "conformant",
      "the rest failed",
      [judged("required", "passed"), judged("recommended", "failed"), judged("hardening", "error")],
    ],
    [
      "conformant",
      "something required does not apply",
      [judged("required", "passed"), skipped("required", "not-applicable")],
    ],
    ["non-conformant", "one required check failed", [judged("required", "passed"), judged("required", "failed")]],
    [
      "non-conformant",
      "one failed and others did not run",
      [judged("required", "failed"), judged("required", "not-run"), judged("required", "error")],
    ],
    ["inconclusive", "one required check did not run", [judged("required", "passed"), judged("required", "not-run")]],
    ["inconclusive", "one is in error", [judged("required", "passed"), judged("required", "error")]],
    [
      "inconclusive",
      "none that is required ran",
      [judged("recommended", "passed"), skipped("required", "not-selected")],
    ],
    ["inconclusive", "there is none", []],
  ])("is %s where %s", (expected, _why, checks) => {
    expect(verdict(...checks)).toBe(expected);
  });

  it("is not touched by known failures", () => {
    expect(verdict(judged("required", "failed", { knownFailure: "later" }))).toBe("non-conformant");
  });
});

it("is inconclusive where a declared observer showed nothing, unless something required failed", () => {
  expect(verdictOf(summarize([judged("required", "passed")]), true)).toBe("inconclusive");
  expect(verdictOf(summarize([judged("required", "failed")]), true)).toBe("non-conformant");
});

test("the summary counts each outcome at each level", () => {
  const levels = ["required", "recommended", "hardening"] as const;
  const outcomes = ["passed", "failed", "skipped", "not-run", "error"] as const;
  const checks = levels.flatMap((level, at) =>
    outcomes.flatMap((outcome, index) => Array.from({ length: 1 + index + 5 * at }, () => judged(level, outcome))),
  );
  expect(summarize(checks)).toEqual({
    required: { passed: 1, failed: 2, skipped: 3, notRun: 4, error: 5 },
    recommended: { passed: 6, failed: 7, skipped: 8, notRun: 9, error: 10 },
    hardening: { passed: 11, failed: 12, skipped: 13, notRun: 14, error: 15 },
  });
});

describe("the gate", () => {
  const gate = (failOn: Level, checks: readonly ReportCheck[], stale: readonly string[] = []) => {
    const { outcome, exitCode } = gateOf(checks, gatedLevels(failOn), { staleKnownFailures: stale });
    return `${outcome} ${exitCode}`;
  };

  it.each<[string, Level, ReportCheck[]]>([
    ["passed 0", "required", [judged("required", "passed"), judged("recommended", "failed")]],
    ["failed 1", "recommended", [judged("required", "passed"), judged("recommended", "failed")]],
    ["passed 0", "recommended", [judged("required", "passed"), judged("hardening", "failed")]],
    ["failed 1", "hardening", [judged("required", "passed"), judged("hardening", "failed")]],
    ["failed 1", "hardening", [judged("required", "failed")]],
    ["failed 1", "required", [judged("required", "failed"), judged("required", "not-run")]],
    ["inconclusive 3", "required", [judged("required", "not-run")]],
    ["inconclusive 3", "required", [judged("required", "error")]],
    ["inconclusive 3", "required", [judged("required", "passed"), judged("required", "not-run")]],
    ["inconclusive 3", "required", [judged("required", "passed"), judged("required", "error")]],
    ["passed 0", "required", [judged("required", "passed"), judged("recommended", "not-run")]],
    ["inconclusive 3", "recommended", [judged("required", "passed"), judged("recommended", "not-run")]],
    ["passed 0", "required", [judged("required", "passed"), skipped("required", "not-observable")]],
    ["inconclusive 3", "required", [skipped("required", "not-observable")]],
    ["inconclusive 3", "required", [skipped("required", "not-selected"), judged("recommended", "passed")]],
    ["inconclusive 3", "recommended", [skipped("required", "not-selected"), judged("hardening", "passed")]],
    ["passed 0", "recommended", [skipped("required", "not-selected"), judged("recommended", "passed")]],
  ])("is %s with --fail-on %s", (expected, failOn, checks) => {
    expect(gate(failOn, checks)).toBe(expected);
  });

  it("excuses known failures", () => {
    expect(gate("required", [judged("required", "failed", { knownFailure: "later" })])).toBe("passed 0");
  });

  it.each(["not-run", "error"] as const)("does not excuse a listed check that ended %s", (outcome) => {
    const listed = judged("required", outcome, { knownFailure: "later" });
    expect(gate("required", [judged("required", "passed"), listed])).toBe("inconclusive 3");
  });

  it("is inconclusive where a declared observer showed nothing", () => {
    const { outcome } = gateOf([judged("required", "passed")], ["required"], { isObserverSilent: true });
    expect(outcome).toBe("inconclusive");
  });

  it("fails where the list of known failures is out of date", () => {
    expect(gate("required", [judged("required", "passed")], ["known failure …"])).toBe("failed 1");
  });

  it("leaves it to the other shards where this one has nothing that is gated", () => {
    const { outcome } = gateOf([judged("recommended", "passed")], gatedLevels("required"), { isShard: true });
    expect(outcome).toBe("passed");
  });

  it("rests on what passed in the run that it repeats a part of", () => {
    const gateBeside = (gatedPassedBefore: number) => gateOf([], ["required"], { gatedPassedBefore }).outcome;
    expect([gateBeside(0), gateBeside(1)]).toEqual(["inconclusive", "passed"]);
  });

  it("counts what is new, of what was selected", () => {
    const isNew = { isNew: true } as const;
    const checks = [judged("required", "passed"), judged("required", "passed", isNew)];
    const unselected = judged("required", "skipped", { ...isNew, reasonCode: "not-selected" });
    expect(gateOf([...checks, unselected, judged("required", "failed", isNew)], ["required"], { asOf: "0.1" })).toEqual(
      {
        outcome: "passed",
        levels: ["required"],
        exitCode: 0,
        asOf: "0.1",
        new: { checks: 2, failed: 1 },
      },
    );
    expect(gateOf(checks, ["required"])).not.toHaveProperty("new");
  });

  it("names the levels that decide", () => {
    expect(gatedLevels("required")).toEqual(["required"]);
    expect(gatedLevels("recommended")).toEqual(["required", "recommended"]);
    expect(gatedLevels("hardening")).toEqual(["required", "recommended", "hardening"]);
  });
});

test("the exit codes are what the command line promises", () => {
  expect(exitCodes).toEqual({ passed: 0, failed: 1, usage: 2, inconclusive: 3, internal: 70, interrupted: 130 });
});

describe("a clause", () => {
  const clause = "response/2xx";
  const statusOf = (...checks: ReportCheck[]) =>
    judgeClauses(
      batch,
      checks.map((check) => ({ ...check, clause })),
    ).find(({ id }) => id === clause)?.status;

  it.each<[string, ReportCheck[]]>([
    ["verified", [judged("required", "passed")]],
    ["verified", [judged("required", "passed"), skipped("required", "not-observable")]],
    ["violated", [judged("required", "passed"), judged("required", "failed"), judged("required", "not-run")]],
    ["violated", [judged("recommended", "failed")]],
    ["not-verified", [judged("required", "passed"), judged("required", "not-run")]],
    ["not-verified", [judged("required", "passed"), judged("required", "error")]],
    ["not-verified", [skipped("required", "not-applicable")]],
    ["not-verified", []],
    ["not-verified", [judged("hardening", "passed")]],
    ["not-verified", [judged("hardening", "failed")]],
    ["verified", [judged("required", "passed"), judged("hardening", "failed"), judged("hardening", "error")]],
  ])("is %s by its checks", (status, checks) => {
    expect(statusOf(...checks)).toBe(status);
  });

  it("stands in the report whether a check verifies it or not, with the ids of its checks", () => {
    const clauses = judgeClauses(batch, [judged("required", "passed", { clause })]);
    expect(clauses.map(({ id }) => id)).toEqual(batch.clauses.map(({ id }) => id));
    expect(clauses.find(({ id }) => id === clause)).toMatchObject({ checks: ["a/required-passed"] });
    expect(clauses.filter((each) => "note" in each)).toEqual([]);
  });

  it.each<[string | undefined, ReportCheck[]]>([
    ["still counts as verified", [judged("required", "passed")]],
    ["does not count as violated", []],
    [undefined, [judged("required", "failed")]],
  ])("says why it %s beside hardening checks that failed", (verb, checks) => {
    const beside = [judged("hardening", "failed"), judged("hardening", "failed", { id: "a/b" })];
    const all = [...checks, ...beside, judged("hardening", "passed"), judged("recommended", "skipped")];
    const judgedClause = judgeClauses(
      batch,
      all.map((check) => ({ ...check, clause })),
    ).find(({ id }) => id === clause);
    const why = "failed: what is hostile or unlucky asks for more than the clause says";
    expect(judgedClause?.note).toBe(verb && `${verb}, though a/hardening-failed, a/b ${why}`);
  });
});

describe("the verdict line", () => {
  const line = (...checks: ReportCheck[]): string => {
    const summary = summarize(checks);
    return verdictLine(verdictOf(summary), summary, judgeClauses(batch, checks), checks);
  };
  const clauses = batch.clauses.length;
  const passed = judged("required", "passed", { clause: "response/2xx" });

  it("says what it rests on, what was verified and what could not be seen", () => {
    expect(line(passed, skipped("recommended", "not-observable"))).toBe(
      `conformant: 1 required check passed; 1 of ${clauses} clauses verified, 1 check not observable`,
    );
  });

  it("says how many failed", () => {
    expect(line(judged("required", "failed"), judged("required", "failed"))).toBe(
      `non-conformant: 2 required checks failed; 0 of ${clauses} clauses verified, 0 checks not observable`,
    );
  });

  it("says how many did not run or are in error", () => {
    expect(line(judged("required", "not-run"), judged("required", "not-run"), judged("required", "error"))).toMatch(
      /^inconclusive: 2 required checks not run, 1 in error; /,
    );
    expect(line(judged("required", "error"))).toMatch(/^inconclusive: 1 in error; /);
  });

  it("says of a filtered run of how many it speaks", () => {
    expect(line(passed, skipped("required", "not-selected"), skipped("hardening", "not-selected"))).toMatch(
      /^conformant in the 1 of 2 required checks selected: 1 required check passed; /,
    );
  });

  it("says that those which did not run are all", () => {
    expect(line(judged("required", "not-run"))).toMatch(/^inconclusive: 1 required check not run; /);
    expect(line(judged("required", "not-run"), judged("required", "error"))).toMatch(
      /^inconclusive: 1 required check not run, 1 in error; /,
    );
  });

  it("says how many lack a session id, which were skipped for nothing else", () => {
    const lacking = skipped("required", "sessions-used-up");
    expect(line(passed, lacking, lacking, skipped("required", "not-applicable"))).toMatch(
      /^conformant: 1 required check passed, 2 required checks skipped for want of session ids; /,
    );
  });

  it("says that no required check ran", () => {
    expect(line(skipped("required", "not-selected"))).toMatch(
      /^inconclusive in the 0 of 1 required checks selected: no required check ran; /,
    );
  });
});
