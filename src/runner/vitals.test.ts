import { describe, expect, it } from "vitest";
import type { Attempt } from "../sender/attempt.js";
import {
  causeOfDeath,
  createVitals,
  isDeathByThis,
  isOfDeath,
  mayBeDeathByOthers,
  restartedAfter,
  restartedAfterNone,
  type Sent,
  type Vitals,
} from "./vitals.js";
import { expectAcknowledged, expectNoFailure } from "./expectations.js";
import { notObservable, type Check } from "./check.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf, type Arrived } from "./run.test.kit.js";

/** A receiver whose port is closed when it has met what it dies of, and stays so. */
async function mortal(isDeadly: (callback: Arrived) => boolean, answersFirst = false) {
  const receiver = await startReceiver((callback) => {
    if (!isDeadly(callback)) return {};
    receiver.stopListening();
    return answersFirst ? { headers: { Connection: "close" } } : "reset";
  });
  return targetOf(receiver.url);
}

const odd = { label: "with an odd header", set: { "X-Odd": "1" } };
const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";
const sendsOdd = (id: string, rest: Partial<Check> = {}): Check =>
  checkOf(id, { run: async (context) => expectNoFailure(context, await context.send({ variation: odd })), ...rest });

describe("a process that dies", () => {
  const says =
    'the receiver\'s process has ended: nothing listens at its port any more, and the last that it was sent before was the callback "with an odd header" of a/odd';

  it("is said to have died, and after what; the checks after it are not run", async () => {
    const target = await mortal(isOdd);
    const after = checkOf("b/after", { pace: "rough" });
    const report = await runChecks(target, [checkOf("a/plain"), sendsOdd("a/odd", { pace: "rough" }), after]);
    expect(outcomesOf(report)).toEqual({
      "a/plain": "passed",
      "a/odd": "failed",
      "b/after": "not-run receiver-unhealthy",
    });
    expect(checkIn(report, "a/odd").hint).toContain(`Likely cause: ${says}.`);
    expect(checkIn(report, "b/after").reason).toBe(says);
  });

  it("over what was sent to confirm a failure, is said to have died though that shows only afterwards", async () => {
    let met = 0;
    const receiver = await startReceiver((callback) => {
      if (!isOdd(callback)) return {};
      met += 1;
      if (met > 1) receiver.stopListening();
      return "reset";
    });
    const told = new Map<string, string | null>();
    const report = await runChecks(targetOf(receiver.url), [sendsOdd("a/odd"), checkOf("b/after", { pace: "rough" })], {
      on: (event) => void (event.kind === "check-ended" && told.set(event.check.id, event.check.hint)),
    });
    expect(outcomesOf(report)).toEqual({ "a/odd": "failed", "b/after": "not-run receiver-unhealthy" });
    expect(told.get("a/odd"), "told last, as the journal has it").toBe(checkIn(report, "a/odd").hint);
    expect(checkIn(report, "a/odd").hint).toContain(`Likely cause: ${says}.`);
    expect(report.causes).toMatchObject([{ id: "process-ended: a/odd", checks: ["a/odd", "b/after"] }]);
  });

  it("after it has answered, is said to have died all the same", async () => {
    const target = await mortal(isOdd, true);
    const report = await runChecks(target, [checkOf("a/plain"), sendsOdd("a/odd", { pace: "rough" })]);
    expect(outcomesOf(report)).toEqual({ "a/plain": "passed", "a/odd": "failed" });
    expect(checkIn(report, "a/odd")).toMatchObject({
      mismatches: [
        {
          expected: "a receiver that goes on listening",
          actual: "no connection: its process has ended",
          where: "the documented callback right afterwards",
        },
      ],
      hint: expect.stringContaining(says),
    });
  });

  it("is not charged to those that found nobody there", async () => {
    const target = await mortal(isOdd);
    const report = await runChecks(target, [sendsOdd("a/odd"), checkOf("a/plain"), checkOf("a/other")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({
      "a/odd": "failed",
      "a/plain": "not-run receiver-unhealthy",
      "a/other": "not-run receiver-unhealthy",
    });
    expect(checkIn(report, "a/plain").reason).toBe(says);
  });

  it("over one of those that went side by side is the cause of whatever was not run, and names them", async () => {
    const target = await mortal(isOdd);
    const silent = (id: string): Check =>
      checkOf(id, { run: async (context) => void (await context.send({ variation: odd })) });
    const report = await runChecks(target, [silent("a/odd"), silent("b/odd"), checkOf("c/after", { pace: "rough" })]);
    expect(outcomesOf(report)).toMatchObject({ "c/after": "not-run receiver-unhealthy" });
    expect(report.causes).toMatchObject([
      {
        id: "process-ended",
        says: expect.stringMatching(
          /one of those that these sent, the latest first: (a\/odd and b\/odd|b\/odd and a\/odd)$/,
        ),
        fix: expect.stringContaining("--concurrency 1"),
        checks: ["c/after"],
      },
    ]);
  });

  it("between several that got no answer charges none of them with it", async () => {
    const target = await mortal(isOdd);
    const report = await runChecks(target, [sendsOdd("a/odd"), sendsOdd("b/odd")]);
    expect(outcomesOf(report)).toEqual({
      "a/odd": "not-run receiver-unhealthy",
      "b/odd": "not-run receiver-unhealthy",
    });
    expect(report.causes?.map(({ checks }) => checks)).toEqual([["a/odd", "b/odd"]]);
  });

  it.each([
    ["no answer", { run: async (context) => void (await context.send({ variation: odd })) }],
    [
      "an effect",
      {
        run: async (context) => void (await context.send({ variation: odd })),
        collects: { misdeeds: ["lost"], from: "any-suite" },
      },
    ],
    [
      "nothing",
      { run: async (context) => (await context.send({ variation: odd }), notObservable("it cannot be seen")) },
    ],
  ] as readonly [string, Partial<Check>][])(
    "over a check that expects %s fails it all the same, once what comes afterwards has shown it",
    async (_what, expecting) => {
      const target = await mortal(isOdd);
      const ended: string[] = [];
      const report = await runChecks(target, [checkOf("a/odd", expecting), checkOf("a/plain")], {
        concurrency: 1,
        on(event) {
          if (event.kind === "check-ended") ended.push(`${event.check.id} ${event.check.outcome}`);
        },
      });
      expect(outcomesOf(report)).toMatchObject({ "a/odd": "failed", "a/plain": "not-run receiver-unhealthy" });
      expect(checkIn(report, "a/odd").mismatches).toEqual([
        {
          expected: "a receiver that goes on listening",
          actual: "no connection: its process has ended",
          where: "what was sent afterwards",
        },
      ]);
      expect(report.causes).toMatchObject([{ id: "process-ended: a/odd", checks: ["a/odd", "a/plain"] }]);
      expect(ended.at(-1)).toBe("a/odd failed");
    },
  );

  it("over a session that it knew is told apart from the documented callback", async () => {
    const target = await mortal(({ number }) => number === 3);
    const again = checkOf("a/again", {
      run: async (context) => {
        const sessionId = context.session();
        for (let sent = 0; sent < 2; sent += 1) expectAcknowledged(context, await context.send({ sessionId }));
      },
    });
    const report = await runChecks(target, [again, checkOf("a/plain")], { concurrency: 1 });
    expect(checkIn(report, "a/plain").reason).toContain('the callback "for a session that it knew" of a/again');
  });

  it("of nothing but documented callbacks is a failure of the check that sent them", async () => {
    const target = await mortal(({ number }) => number === 3);
    const report = await runChecks(target, [checkOf("a/one"), checkOf("a/two")], { concurrency: 1 });
    expect(outcomesOf(report)["a/two"]).toBe("failed");
    expect(checkIn(report, "a/two").hint).toContain("the receiver's process has ended");
  });
});

describe("what a receiver died of", () => {
  const attempt = (outcome: object, response: object | null = null, startedAt = 0, endMs = 0): Attempt =>
    ({ outcome, response, startedAt, timings: { endMs } }) as unknown as Attempt;
  const answeredAt = (startedAt: number, endMs: number): Attempt =>
    attempt({ kind: "acknowledged" }, { status: 200 }, startedAt, endMs);
  const answered = answeredAt(0, 0);
  const silent = attempt({ kind: "failed", reason: "reset", phase: "headers" });
  const nobody = attempt({ kind: "failed", reason: "connect", phase: "connect" });

  const plain = (check: string): Sent => ({ check, label: "" });
  const special = (check: string): Sent => ({ check, label: "odd" });

  /** Sends these one after the other. */
  function after(...sent: readonly (readonly [Sent, Attempt])[]): Vitals {
    const vitals = createVitals(() => true);
    for (const [each, made] of sent) vitals.sends(each)(made);
    return vitals;
  }
  const last = [plain("later"), nobody] as const;

  it.each([
    [
      "what was answered last",
      [
        [plain("a"), answered],
        [plain("b"), answered],
      ],
      [plain("b")],
    ],
    [
      "what got no answer since",
      [
        [plain("a"), answered],
        [plain("b"), silent],
      ],
      [plain("b"), plain("a")],
    ],
    [
      "nothing that was answered for before that",
      [
        [plain("a"), silent],
        [plain("b"), answered],
      ],
      [plain("b")],
    ],
    [
      "what was special, where anything was",
      [
        [special("a"), silent],
        [plain("b"), silent],
      ],
      [special("a")],
    ],
    [
      "what was special two answers ago",
      [
        [special("a"), answered],
        [plain("b"), answered],
        [plain("c"), answered],
      ],
      [special("a")],
    ],
    [
      "what was special within the second before, where nothing was of late",
      [
        [special("a"), answered],
        [special("b"), answered],
        ...["c", "d", "e"].map((id) => [plain(id), answered] as const),
      ],
      [special("b"), special("a")],
    ],
    [
      "what was special, however much got no answer since",
      [[special("a"), answered], ...["b", "c", "d"].map((id) => [plain(id), silent] as const)],
      [special("a")],
    ],
    [
      "what was special two answers ago, however much got none since",
      [
        [special("a"), answered],
        [plain("b"), answered],
        [plain("c"), silent],
        [plain("d"), silent],
      ],
      [special("a")],
    ],
    [
      "all that was special and answered within the second before, of which none is more likely",
      [
        [special("a"), answered],
        [plain("b"), answered],
        [special("c"), answered],
      ],
      [special("c"), special("a")],
    ],
    [
      "what was special and got no answer, before what was answered",
      [
        [special("a"), answered],
        [special("b"), silent],
      ],
      [special("b")],
    ],
    [
      "what was cut too, though what came after it was answered",
      [
        [special("a"), silent],
        [special("b"), answered],
      ],
      [special("b"), special("a")],
    ],
    [
      "all that was special, where several got no answer",
      [
        [special("a"), answered],
        [special("b"), silent],
        [special("c"), silent],
      ],
      [special("c"), special("b"), special("a")],
    ],
    ["nothing, where nothing was sent before", [], []],
  ] as readonly (readonly [string, readonly (readonly [Sent, Attempt])[], readonly Sent[]])[])(
    "is %s",
    (_what, sent, expected) => {
      expect(after(...sent, last).death).toEqual({ after: expected });
    },
  );

  it.each([
    ["is what was special two answers ago, however long ago", [answered, answeredAt(5000, 0)], special("a")],
    ["is that too where others got none since", [silent, silent, answeredAt(5000, 0)], special("a")],
    [
      "is what was answered a second before, however much was since",
      [answered, answered, answeredAt(900, 100)],
      special("a"),
    ],
    ["is not what was answered more than a second before", [answered, answered, answeredAt(900, 101)], plain("c")],
  ])("%s", (_what, since, expected) => {
    const vitals = after(
      [special("a"), answered],
      ...since.map((each, index) => [plain("abc"[index] ?? ""), each] as const),
      last,
    );
    expect(vitals.death).toEqual({ after: [expected] });
  });

  it("is what was special a second before its last sign of life, however late nobody was found", () => {
    const vitals = after([special("a"), silent], [special("b"), answered]);
    vitals.sends(plain("control"))(attempt({ kind: "failed", reason: "reset", phase: "headers" }, null, 900));
    vitals.sends(plain("later"))(attempt({ kind: "failed", reason: "connect", phase: "connect" }, null, 6000));
    expect(vitals.death).toEqual({ after: [special("b"), special("a")] });
  });

  it("is what was still under way", () => {
    const vitals = createVitals(() => true);
    vitals.sends(special("hangs"));
    vitals.sends(plain("later"))(nobody);
    expect(vitals.death).toEqual({ after: [special("hangs")] });
  });

  it("is not what was broken off, once something that was sent later was answered", () => {
    const vitals = createVitals(() => true);
    vitals.sends(special("stalls"))(null);
    vitals.sends(special("deadly"))(answered);
    vitals.sends(plain("later"))(nobody);
    expect(vitals.death).toEqual({ after: [special("deadly")] });
  });

  it.each([
    ["got no answer", silent],
    ["was broken off", null],
  ])("is what %s, though one came later to what was sent before", (_what, made) => {
    const vitals = createVitals(() => true);
    const before = vitals.sends(plain("before"));
    vitals.sends(special("deadly"))(made);
    before(answered);
    vitals.sends(plain("later"))(nobody);
    expect(vitals.death).toEqual({ after: [special("deadly")] });
  });

  it("is not what was under way and found nobody either", () => {
    const vitals = createVitals(() => true);
    const [hangs, tries] = [special("hangs"), special("tries")];
    vitals.sends(hangs);
    const tried = vitals.sends(tries);
    vitals.sends(plain("later"))(nobody);
    expect(vitals.death).toEqual({ after: [tries, hangs] });
    tried(nobody);
    expect(vitals.death).toEqual({ after: [hangs] });
    expect([vitals.deathBy("hangs"), vitals.deathBy("tries")]).toEqual([vitals.death, null]);
  });

  it("is not asked where nobody was expected to listen", () => {
    const vitals = createVitals(() => false);
    vitals.sends(plain("first"))(nobody);
    expect(vitals.death).toBeNull();
  });

  it.each([
    ["no answer", silent],
    ["a name that is not found", attempt({ kind: "failed", reason: "dns", phase: "dns" })],
    ["a connection that takes too long", attempt({ kind: "failed", reason: "timeout", phase: "connect" })],
    ["a proxy that does not connect", attempt({ kind: "failed", reason: "connect", phase: "tls" })],
  ])("is not asked after %s", (_what, made) => {
    expect(after([special("a"), answered], [plain("b"), made]).death).toBeNull();
  });

  it("is told as it was at first, however many find nobody afterwards", () => {
    const vitals = after([special("a"), answered], last, [special("b"), nobody], last);
    vitals.sends(special("c"));
    vitals.sends(plain("later"))(nobody);
    expect(vitals.death).toEqual({ after: [special("a")] });
    expect([vitals.deathBy("a"), vitals.deathBy("b")]).toEqual([{ after: [special("a")] }, null]);
    expect(vitals.deaths).toHaveLength(1);
  });

  it("is over when somebody answers again, and remembered by check, the first time", () => {
    const vitals = after([special("a"), silent], last, [plain("b"), answered]);
    expect(vitals.death).toBeNull();
    const first = vitals.deathBy("a");
    vitals.sends(special("a"))(silent);
    vitals.sends(special("c"))(silent);
    vitals.sends(plain("d"))(nobody);
    expect(vitals.death).toEqual({ after: [special("c"), special("a")] });
    expect(vitals.deathBy("a")).toBe(first);
    expect(vitals.deaths).toEqual([first, vitals.death]);
    expect(first).toEqual({ after: [special("a")] });
  });

  it("is remembered by check as its own alone, where there was one", () => {
    const vitals = after(
      [special("a"), silent],
      [special("b"), silent],
      last,
      [plain("c"), answered],
      [special("a"), silent],
      last,
    );
    expect(vitals.deathBy("a")).toBe(vitals.death);
    expect(vitals.deathBy("b")).toBe(vitals.deaths[0]);
  });

  it("is noticed by whoever else finds nobody", () => {
    const vitals = after([special("a"), answered]);
    vitals.findsNobody();
    expect(vitals.death).toEqual({ after: [special("a")] });
  });

  it.each([
    [[special("a")], "b", true, false],
    [[special("a")], "a", false, true],
    [[special("a"), special("b")], "a", true, false],
    [[special("a"), plain("c")], "b", true, false],
    [[plain("a")], "b", false, false],
    [[], "b", false, false],
  ])("%j may be that of others than %s, or is its own", (sent, check, others, own) => {
    expect([mayBeDeathByOthers({ after: sent }, check), isDeathByThis({ after: sent }, check)]).toEqual([others, own]);
  });

  it.each([
    [[], /was a documented callback$/],
    [[plain("baseline")], /was a documented callback sent as a control$/],
    [[plain("a")], /was the documented callback of a$/],
    [[special("a"), { check: "a", label: "other" }], /was the callback "odd" of a or the callback "other" of a$/],
    [
      ["1", "2", "3", "4", "5"].map((label) => ({ check: "a", label })),
      /"1" of a, the callback "2" of a, the callback "3" of a or 2 others$/,
    ],
    [[special("a"), special("b"), special("a")], /was one of those that these sent, the latest first: a and b$/],
    [[plain("baseline"), special("a"), special("b")], /sent, the latest first: a and b$/],
    [[plain("baseline"), special("a")], /was a documented callback sent as a control or the callback "odd" of a$/],
    [[..."abcdefgh"].map(special), /: a, b, c, d, e, f, g and h$/],
    [[..."abcdefghi"].map(special), /: a, b, c, d, e, f, g, h and another$/],
  ])("is said in words: %j", (sent, says) => {
    const cause = causeOfDeath({ after: sent });
    expect(cause.says).toMatch(says);
    expect(restartedAfter({ after: sent }).slice(0, -1)).toMatch(says);
    expect(isOfDeath(cause)).toBe(true);
    expect(cause).toMatchObject({
      id: expect.stringMatching(/^process-ended\b/) as string,
      fix: expect.stringContaining("Look at what it threw") as string,
    });
  });

  it("is by none of those that were played alone since, once that was all of them", () => {
    const vitals = createVitals(() => true);
    const death = { after: [plain("baseline"), special("a"), special("b")] };
    vitals.acquits("a");
    expect(vitals.isByNoneOf(death)).toBe(false);
    vitals.acquits("b");
    expect(vitals.isByNoneOf(death)).toBe(true);
    expect(vitals.isByNoneOf({ after: [plain("baseline")] })).toBe(false);
    expect(restartedAfterNone(death)).toMatch(
      /What was sent last before it \(by a and b\) did not end it when it was played alone: it was something earlier/,
    );
  });

  it("is one cause for each check that it comes after, and the way to find out which where there are several", () => {
    const causes = [[plain("baseline")], [special("a")], [special("a"), special("b")]].map((sent) =>
      causeOfDeath({ after: sent }),
    );
    expect(causes.map(({ id }) => id)).toEqual(["process-ended", "process-ended: a", "process-ended"]);
    expect(causes.map(({ fix }) => fix.split("Look at")[0])).toEqual([
      "",
      "",
      expect.stringContaining("--concurrency 1"),
    ]);
  });
});
