import { describe, expect, it } from "vitest";
import type { Check } from "./check.js";
import { emptyRecord, type CheckEnd } from "./check-record.js";
import { checkOf } from "./check.test.kit.js";
import { collectedBy, judged, troubleIn, unansweredText, withCollected } from "./effects-judged.js";
import { ProbeError } from "./effects-probe.js";
import { NotRun } from "./interruption.js";
import type { Misdone } from "./ledger.js";
import type { Misdeed } from "./misdeed.js";

const finding = { expected: "a 2XX", actual: "500", where: "there", fix: null };
const ended = (outcome: CheckEnd["outcome"], findings: readonly (typeof finding)[] = []): CheckEnd => ({
  outcome,
  reasonCode: outcome === "passed" ? null : "not-applicable",
  reason: outcome === "passed" ? null : "for a reason",
  durationMs: 1,
  record: { ...emptyRecord(), findings: [...findings] },
});

const notSettled = new NotRun("effects-not-settled", "it was still working");
const probeFailed = new ProbeError("the probe answered 500");

describe("what kept effects from being seen", () => {
  const going = new AbortController().signal;

  it("is nothing where they were", async () => {
    expect(await troubleIn(async () => {}, going)).toBeNull();
  });

  it.each([notSettled, probeFailed])("is what was thrown: %s", async (trouble) => {
    expect(await troubleIn(() => Promise.reject(trouble), going)).toBe(trouble);
  });

  it("is the end of the run, where that came meanwhile", async () => {
    const stop = new AbortController();
    const interrupted = new NotRun("interrupted", "the run was interrupted");
    const looks = async (): Promise<void> => {
      stop.abort(interrupted);
      throw new Error("aborted");
    };
    expect(await troubleIn(looks, stop.signal)).toBe(interrupted);
    let hasLooked = false;
    expect(await troubleIn(async () => void (hasLooked = true), stop.signal)).toBe(interrupted);
    expect(hasLooked).toBe(false);
  });

  it("is a fault of the harness where it is anything else", async () => {
    await expect(troubleIn(() => Promise.reject(new TypeError("x is undefined")), going)).rejects.toThrow(TypeError);
  });
});

describe("a check that answers for its effects", () => {
  const needing = checkOf("a/needing", { needs: ["effects"] });
  const plain = checkOf("a/plain");

  it("has failed where something was found, whatever it was before", () => {
    const end = ended("skipped", [finding]);
    expect(judged(plain, end, null)).toEqual({ ...end, outcome: "failed", reasonCode: null, reason: null });
  });

  it("stays as it is where nothing was found and all was seen", () => {
    const end = ended("passed");
    expect(judged(plain, end, null)).toBe(end);
  });

  it.each(["error", "not-run"] as const)("stays as it is where it was not judged: %s", (outcome) => {
    const end = ended(outcome, [finding]);
    expect(judged(plain, end, probeFailed)).toBe(end);
  });

  it("stays as it is where it was not started", () => {
    const end = { ...ended("skipped"), record: null };
    expect(judged(plain, end, probeFailed)).toBe(end);
  });

  it("passes with a note where they could not be seen, and it has more to go by", () => {
    const end = judged(plain, ended("passed"), probeFailed);
    expect([end.outcome, end.record?.notes]).toEqual([
      "passed",
      ["What it led to could not be seen: the probe answered 500."],
    ]);
  });

  it.each([
    [probeFailed, { outcome: "error", reasonCode: "probe-failed", reason: "the probe answered 500" }],
    [notSettled, { outcome: "not-run", reasonCode: "effects-not-settled", reason: "it was still working" }],
  ])("is not judged where they could not be seen and it has nothing else: %s", (trouble, expected) => {
    expect(judged(needing, ended("passed"), trouble)).toMatchObject(expected);
  });
});

/** A session of a check that something became of. */
const misdone = (misdeed: Misdeed, check: Check, actual = "processed never", label = ""): Misdone => ({
  misdeed,
  check,
  sessionId: "s",
  actual,
  entry: { attempt: { number: 1 } as never, label, onTheWay: "pass", entitles: true },
});

describe("a misdone session goes to", () => {
  const collecting = (id: string, misdeeds: readonly Misdeed[], rest: Partial<Check> = {}): Check =>
    checkOf(id, { sessions: 0, collects: { misdeeds, from: "its-suite" }, ...rest });
  const any = collecting("z/any", ["lost", "doubled"], {
    collects: { misdeeds: ["lost", "doubled"], from: "any-suite" },
  });
  const sent = checkOf("a/sent");

  /** Ids of the collectors that get one, and how many go to none. */
  function given(collectors: readonly (readonly [Check, CheckEnd["outcome"]])[], ...ones: readonly Misdone[]) {
    const { byCollector, others } = collectedBy(
      collectors.map(([check, outcome]) => [check, ended(outcome)]),
      ones,
    );
    return [[...byCollector].map(([{ id }, got]) => `${id} ${got.length}`), others];
  }

  it("the check that collects its misdeed", () => {
    const lost = collecting("a/lost", ["lost"]);
    const doubled = collecting("a/doubled", ["doubled"]);
    const ones = [misdone("doubled", sent), misdone("lost", sent), misdone("doubled", sent)];
    expect(
      given(
        [
          [lost, "passed"],
          [doubled, "passed"],
        ],
        ...ones,
      ),
    ).toEqual([["a/doubled 2", "a/lost 1"], 0]);
  });

  it("none where no check does, or only one of another suite", () => {
    expect(given([], misdone("lost", sent))).toEqual([[], 1]);
    expect(given([[checkOf("a/other"), "failed"]], misdone("lost", sent))).toEqual([[], 1]);
    expect(given([[collecting("b/lost", ["lost"]), "passed"]], misdone("lost", sent))).toEqual([[], 1]);
  });

  it("one of its own suite before one of any", () => {
    const own = collecting("a/lost", ["lost"]);
    expect(
      given(
        [
          [any, "passed"],
          [own, "passed"],
        ],
        misdone("lost", sent),
      ),
    ).toEqual([["a/lost 1"], 0]);
    expect(
      given(
        [
          [any, "passed"],
          [own, "passed"],
        ],
        misdone("lost", checkOf("b/sent")),
      ),
    ).toEqual([["z/any 1"], 0]);
  });

  it("the check of its special case before that of the plain one", () => {
    const special = collecting("z/cut", ["lost-after-cut"], {
      collects: { misdeeds: ["lost-after-cut"], from: "any-suite" },
    });
    expect(
      given(
        [
          [any, "passed"],
          [special, "passed"],
        ],
        misdone("lost-after-cut", checkOf("b/x")),
      ),
    ).toEqual([["z/cut 1"], 0]);
    expect(given([[any, "passed"]], misdone("lost-after-cut", checkOf("b/x")))).toEqual([["z/any 1"], 0]);
  });

  it.each([
    ["failed", ["a/cut 1"]],
    ["passed", ["z/any 1"]],
  ] as const)("who plays the special case itself only where that has %s", (outcome, expected) => {
    const playing = collecting("a/cut", ["lost-after-cut"], { sessions: 3 });
    expect(
      given(
        [
          [playing, outcome],
          [any, "passed"],
        ],
        misdone("lost-after-cut", sent),
      ),
    ).toEqual([expected, 0]);
  });

  it("who plays something itself, where it collects what is plainly lost", () => {
    expect(given([[collecting("a/lost", ["lost"], { sessions: 3 }), "passed"]], misdone("lost", sent))).toEqual([
      ["a/lost 1"],
      0,
    ]);
  });
});

describe("a check that collects", () => {
  const ones = (count: number): Misdone[] =>
    Array.from({ length: count }, (_, index) =>
      misdone(
        "lost",
        checkOf("a/sent"),
        index === 1 ? "processed 2 times" : "processed never",
        index === 0 ? "odd" : "",
      ),
    );

  it("stays as it is where there is nothing to collect", () => {
    const end = ended("passed");
    expect(withCollected(end, [], "processed once")).toBe(end);
  });

  it("has failed over each, with where it was sent", () => {
    const all = ones(2);
    const { outcome, reason, reasonCode, record } = withCollected(ended("skipped", [finding]), all, "processed once");
    expect([outcome, reason, reasonCode]).toEqual(["failed", null, null]);
    expect(record?.findings).toEqual([
      finding,
      { expected: "processed once", actual: "processed never", where: all[0]?.entry.attempt, fix: null },
      { expected: "processed once", actual: "processed 2 times", where: all[1]?.entry.attempt, fix: null },
    ]);
    expect(record?.evidence).toEqual([
      { attempt: all[0]?.entry.attempt, label: "odd, in a/sent", scheduled: false, fitsCurl: false, variation: null },
      { attempt: all[1]?.entry.attempt, label: "in a/sent", scheduled: false, fitsCurl: false, variation: null },
    ]);
  });

  it("tells what is behind all that was lost, and nothing of what was doubled", () => {
    const cause = { id: "work-stopped", says: "the work has stopped", fix: "Look." };
    const all = [misdone("lost-after-cut", checkOf("a/sent")), misdone("doubled", checkOf("a/sent"))];
    const { record } = withCollected(ended("passed"), all, "processed once", cause);
    expect(record?.findings.map((each) => each.cause)).toEqual([cause, undefined]);
    const [, doubled] = record?.findings ?? [];
    expect(doubled).not.toHaveProperty("cause");
  });

  it("shows five of many, after how many there are in all", () => {
    expect(withCollected(ended("passed"), ones(5), "processed once").record?.findings).toHaveLength(5);
    const { record } = withCollected({ ...ended("passed"), record: null }, ones(7), "processed once");
    expect(record?.findings).toHaveLength(6);
    expect(record?.findings[0]).toEqual({
      expected: "each acknowledged session processed once",
      actual: "6 processed never, 1 processed 2 times",
      where: "over the whole run",
      fix: null,
    });
    expect(record?.evidence).toHaveLength(5);
  });
});

it.each([
  [1, /^1 acknowledged session was not processed once, and no check that answers for that was selected: add /],
  [2, /^2 acknowledged sessions were not processed once, /],
])("what no check answers for is told: %i", (sessions, says) => {
  expect(unansweredText(sessions)).toMatch(says);
});
