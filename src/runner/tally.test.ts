import { describe, expect, it, test } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import { expectAcknowledged } from "./expectations.js";
import type { Check } from "./check.js";
import { createTally } from "./tally.js";
import { checkIn, checkOf, runChecks, startReceiver, targetOf, type Arrived, type Given } from "./run.test.kit.js";

const twentyPlain = checkOf("a/plain", {
  sessions: 20,
  async run(context) {
    for (let sent = 0; sent < 20; sent += 1) expectAcknowledged(context, await context.send());
  },
});

const varied: Check = checkOf("a/varied", {
  level: "recommended",
  run: async (context) =>
    expectAcknowledged(context, await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } })),
});

const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";

async function hintBy(answer: (callback: Arrived, plain: number) => Given): Promise<string | null> {
  let plain = 0;
  const receiver = await startReceiver((callback) => answer(callback, isOdd(callback) ? plain : (plain += 1)));
  const report = await runChecks(targetOf(receiver.url), [twentyPlain, varied], { concurrency: 1 });
  return checkIn(report, "a/varied").hint;
}

test("what plain callbacks get as often is not put down to what was varied", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) || plain % 3 === 0 ? 500 : 200 }));
  expect(hint).toMatch(
    /^Likely cause: the receiver is flaky: \d+ of \d+ plain documented callbacks got 500 Internal Server Error\. Nothing that was varied is to blame\. /,
  );
});

test("what plain callbacks never get is", async () => {
  expect(await hintBy((callback) => ({ status: isOdd(callback) ? 500 : 200 }))).toBe("Mend it.");
});

test("what plain callbacks get only otherwise is", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) ? 422 : plain % 3 === 0 ? 500 : 200 }));
  expect(hint).toBe("Mend it.");
});

test("what happened to a plain callback once is no habit", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) || plain === 7 ? 500 : 200 }));
  expect(hint).toBe("Mend it.");
});

test("what a session gets that another check has sent before is no plain callback's", async () => {
  const seen = new Set<string>();
  const receiver = await startReceiver((callback) => {
    const isKnown = seen.has(callback.sessionId);
    seen.add(callback.sessionId);
    return { status: isKnown ? 410 : 200 };
  });
  const ids: string[] = [];
  const first = checkOf("a/first", {
    sessions: 20,
    run: async (context) => {
      for (let sent = 0; sent < 20; sent += 1) ids.push((await context.send()).request.sessionId);
    },
  });
  const again = checkOf("a/again", {
    run: async (context) => {
      for (const sessionId of ids) expectAcknowledged(context, await context.send({ sessionId }));
    },
  });
  const report = await runChecks(targetOf(receiver.url), [first, again], { concurrency: 1 });
  expect(checkIn(report, "a/again").hint).toBe("Mend it.");
});

describe("plain callbacks that fail explain a failure", () => {
  let atMs = 0;
  /** Each a while after the one before it. */
  const got = (status: number): Attempt =>
    ({
      startedAt: (atMs += 10),
      timings: { endMs: 5 },
      outcome: status < 300 ? { kind: "acknowledged", status } : { kind: "failed" },
      response: { status, statusText: "" },
    }) as unknown as Attempt;

  /** Of so many plain callbacks so many got 500; of those of a check, too. */
  function tallied([of, failed]: readonly [number, number], [ownOf, ownFailed]: readonly [number, number] = [0, 0]) {
    const tally = createTally();
    for (let sent = 0; sent < of; sent += 1) tally.counts(got(sent < failed ? 500 : 200), null);
    for (let sent = 0; sent < ownOf; sent += 1) tally.counts(got(sent < ownFailed ? 500 : 200), "a/varied");
    return tally;
  }

  it.each([
    ["two of eight", [8, 2], true],
    ["two of seven, which is too few", [7, 2], false],
    ["one of eight, which is once", [8, 1], false],
    ["one in twenty", [40, 2], true],
    ["fewer than that", [41, 2], false],
    ["nine of ten", [10, 9], true],
    ["nearly all, which is not flaky", [20, 19], false],
  ] as const)("where it is %s", (_share, [of, failed], explains) => {
    expect(tallied([of, failed]).asOften(got(500), "a/varied")).toEqual(
      explains ? { failed, of, failedInAll: failed, forGood: false } : null,
    );
  });

  it("for good, however often what came after the first of them has failed", () => {
    const tally = tallied([0, 0]);
    for (let sent = 0; sent < 12; sent += 1) tally.counts(got(200), null);
    const early = got(500);
    expect(tally.lastFailed).toBeNull();
    const [first, last] = [got(500), got(500)];
    for (const failed of [first, last]) tally.counts(failed, null);
    for (let sent = 0; sent < 9; sent += 1) tally.counts(got(500), "a/varied");
    expect(tally.asOften(got(500), "a/varied")).toEqual({ failed: 2, of: 14, failedInAll: 2, forGood: true });
    expect(tally.asOften({ ...got(500), startedAt: first.startedAt }, "a/varied")).toBeNull();
    const underWay = { ...got(500), startedAt: first.startedAt + 1 };
    expect(tally.asOften(underWay, "a/varied")).toEqual({ failed: 2, of: 14, failedInAll: 2, forGood: true });
    expect(tally.asOften(early, "a/varied")).toBeNull();
    expect(tally.lastFailed).toBe(last);
  });

  it("for good, where none was acknowledged since the first of them", () => {
    const tally = createTally();
    tally.counts(got(500), "a/varied");
    for (let sent = 0; sent < 6; sent += 1) tally.counts(got(200), null);
    const first = got(500);
    for (const failed of [first, got(500), got(500), got(500)]) tally.counts(failed, null);
    tally.counts(got(200), "a/varied");
    expect(tally.asOften(got(500), "a/other")).toEqual({ failed: 4, of: 10, failedInAll: 4, forGood: true });
    tally.counts({ ...got(200), startedAt: first.startedAt + first.timings.endMs }, null);
    expect(tally.asOften(got(500), "a/other")).toEqual({ failed: 4, of: 11, failedInAll: 4, forGood: true });
    tally.counts(got(200), null);
    expect(tally.asOften(got(500), "a/other")).toEqual({ failed: 4, of: 12, failedInAll: 4, forGood: false });
  });

  it("for good, in whatever ways they failed, with how many in all", () => {
    const tally = createTally();
    for (const status of [200, 200, 200, 200, 200, 200, 502, 500, 500]) tally.counts(got(status), null);
    expect(tally.asOften(got(500), "a/other")).toEqual({ failed: 2, of: 9, failedInAll: 3, forGood: true });
  });

  it("that got the same, and no other", () => {
    const tally = tallied([10, 2]);
    expect([tally.asOften(got(502), "a/varied"), tally.asOften(got(200), "a/varied")]).toEqual([null, null]);
  });

  it.each([
    [[4, 2], true],
    [[4, 3], true],
    [[4, 4], false],
    [[5, 3], true],
    [[5, 4], false],
    [[6, 4], true],
    [[1, 1], true],
  ] as const)("where one in four does, and of what was varied it is by chance: %j", (own, explains) => {
    const tally = tallied([8, 2], own);
    const often = { failed: 2, of: 8, failedInAll: 2, forGood: false };
    expect(tally.asOften(got(500), "a/varied")).toEqual(explains ? often : null);
    expect(tally.asOften(got(500), "a/other")).toEqual(often);
  });
});
