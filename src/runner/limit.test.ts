import { describe, expect, it, test } from "vitest";
import type { Attempt, Header } from "../sender/attempt.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { answerOfItsOwn, asksForLess } from "./limit.js";
import { createPace } from "./pace.js";
import { expectAcknowledged, expectRefused } from "./expectations.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf, timeOf } from "./run.test.kit.js";

const oversized = { label: "oversized", set: { "X-Oversized": "1" } };
const refusesIt = (id: string) =>
  checkOf(id, {
    level: "hardening",
    async run(context) {
      await expectRefused(context, [await context.send({ variation: oversized })]);
      expectAcknowledged(context, await context.send());
    },
  });

describe("what looks like a limit, and only one input gets", () => {
  it("is that input's answer, and does not slow the run down", async () => {
    const clock = timeOf();
    const receiver = await startReceiver(({ headers }) =>
      headers["x-oversized"] === undefined ? {} : { status: 503, headers: { "Retry-After": "5" } },
    );
    const target = targetOf(receiver.url, { clock });
    const report = await runChecks(target, [refusesIt("a/one"), refusesIt("a/two"), checkOf("b/plain")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({ "a/one": "failed", "a/two": "failed", "b/plain": "passed" });
    expect(checkIn(report, "a/one").mismatches[0]?.actual).toContain("503");
    expect(target.pace.slowed).toBe(false);
    expect(clock.now()).toBe(1000);
  });

  it("is a limit all the same where the next callback gets it too", async () => {
    const clock = timeOf();
    let left = 4;
    const receiver = await startReceiver(({ headers }) => {
      if (headers["x-oversized"] !== undefined && left > 0) left = Math.min(left, 3);
      left -= 1;
      return left >= 0 || clock.now() > 3000
        ? { status: headers["x-oversized"] === undefined ? 200 : 413 }
        : { status: 429 };
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [refusesIt("a/one"), refusesIt("a/two")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({ "a/one": "passed", "a/two": "passed" });
  });

  it("is a proxy's own error where it says so, limit or not", async () => {
    const clock = timeOf();
    const receiver = await startReceiver(({ headers }) =>
      headers["x-oversized"] === undefined
        ? {}
        : { status: 503, headers: { "Retry-After": "5" }, body: "<title>503 Backend fetch failed</title>" },
    );
    const report = await runChecks(targetOf(receiver.url, { clock }), [refusesIt("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/one": "failed" });
    expect(checkIn(report, "a/one").hint).toContain("a proxy answered in the place of the receiver");
    expect(clock.now()).toBe(0);
  });
});

describe("a session that gets 429 while others are acknowledged", () => {
  const sixTimes = checkOf("retries/six", {
    spansMinutes: true,
    run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 6 }))),
  });

  async function takenThrice(forgetsAfterMs: number) {
    const clock = timeOf();
    const seen = new Map<string, number[]>();
    const receiver = await startReceiver(({ sessionId }) => {
      const now = clock.now();
      const times = (seen.get(sessionId) ?? []).filter((at) => now - at < forgetsAfterMs);
      if (times.length >= 3) return { status: 429, headers: { "Retry-After": "60" } };
      seen.set(sessionId, [...times, now]);
      return {};
    });
    const report = await runChecks(targetOf(receiver.url, { clock }), [sixTimes]);
    return { report, tookMs: clock.now() };
  }

  it("is refused, where it still gets it after its Retry-After", async () => {
    const { report, tookMs } = await takenThrice(Infinity);
    expect(outcomesOf(report)).toEqual({ "retries/six": "failed" });
    expect(checkIn(report, "retries/six").mismatches).toHaveLength(3);
    expect(tookMs).toBeLessThan(120_000);
  });

  it("is no failure where it is taken after its Retry-After, as on the schedule it would be at once", async () => {
    const { report } = await takenThrice(60_000);
    expect(outcomesOf(report)).toEqual({ "retries/six": "passed" });
  });
});

test("a run that was slowed down is quick again after a while", async () => {
  const clock = timeOf();
  const receiver = await startReceiver(({ number }) => (number === 3 ? { status: 429 } : {}));
  const check = checkOf("a/many", {
    sessions: 200,
    async run(context) {
      for (let sent = 0; sent < 200; sent += 1) expectAcknowledged(context, await context.send());
    },
  });
  await runChecks(targetOf(receiver.url, { clock, deadlineClock: clock }), [check]);
  // At a tenth of a second each it would be 20 seconds.
  expect(clock.now()).toBeLessThan(7000);
});

/** An answer of this status. */
const answer = (status: number, headers: readonly Header[] = [], body = ""): Attempt =>
  ({
    outcome: status < 300 ? { kind: "acknowledged", status } : { kind: "failed", reason: "status" },
    response: { status, statusText: "", headers, body: Buffer.from(body), bodyEnd: "complete", oddities: [] },
    request: { headers: [], body: Buffer.alloc(0) },
  }) as unknown as Attempt;

describe("an answer asks for less", () => {
  const nginx = "<center><h1>503 Service Temporarily Unavailable</h1></center>";
  const url = parseCallbackUrl("http://127.0.0.1/hook");

  it.each([
    ["429", answer(429), false, true],
    ["503 with Retry-After", answer(503, [["Retry-After", "5"]]), false, true],
    ["nginx's 503 to one that was acknowledged before", answer(503, [], nginx), true, true],
    ["not nginx's 503 to one that never was", answer(503, [], nginx), false, false],
    ["not any other 503", answer(503), true, false],
    [
      "not a proxy's own error",
      answer(503, [["Retry-After", "5"]], "<title>503 Backend fetch failed</title>"),
      true,
      false,
    ],
    ["not what nginx answers with another status", answer(500, [], nginx), true, false],
    ["not 200", answer(200), true, false],
  ])("by %s", (_what, attempt, wasAcknowledged, expected) => {
    expect(asksForLess(attempt, url, { wasAcknowledged })).toBe(expected);
  });
});

describe("an answer of its own", () => {
  const first = answer(429, [["Retry-After", "3600"]]);

  /** What is judged, how long it was waited for, and what is known of the receiver by then. */
  async function judged(
    particular: "input" | "session",
    controls: readonly (boolean | null)[],
    second: Attempt,
    known: { readonly slowed?: boolean; readonly refuses?: boolean; readonly first?: Attempt } = {},
  ) {
    const clock = timeOf();
    const left = [...controls];
    const pace = createPace(clock, null);
    if (known.slowed === true) pace.slowDown(0);
    if (known.refuses === true) pace[particular === "input" ? "refusesInputs" : "refusesSessions"] = true;
    const own = await answerOfItsOwn({
      attempt: known.first ?? first,
      particular,
      pace,
      clock,
      signal: new AbortController().signal,
      isLimited: ({ response }) => response?.status === 429,
      again: async () => second,
      control: async () => left.shift() ?? null,
    });
    return [
      own,
      clock.now(),
      particular === "input" ? pace.refusesInputs : pace.refusesSessions,
      left.length,
      ...(pace.refusesForGood ? ["for good"] : []),
    ];
  }
  const limited = answer(429);
  const acknowledged = answer(200);
  const withoutDelay = answer(429);

  it.each(["input", "session"] as const)("is none where others are not acknowledged either: %s", async (particular) => {
    expect(await judged(particular, [false, true], limited)).toEqual([null, 0, false, 1]);
    expect(await judged(particular, [null, true], limited)).toEqual([null, 0, false, 1]);
  });

  it.each([
    ["input", first, 1000, []],
    ["session", first, 60_000, ["for good"]],
    ["session", withoutDelay, 1000, []],
    ["session", answer(429, [["Retry-After", "7"]]), 7000, []],
  ] as const)("stands where it was waited for: %s", async (particular, attempt, waitedMs, forGood) => {
    const own = await judged(particular, [true, true], limited, { first: attempt });
    expect(own).toEqual([limited, waitedMs, true, 0, ...forGood]);
  });

  it("is what comes after the wait, which is no limit any more", async () => {
    expect(await judged("session", [true, true], acknowledged)).toEqual([acknowledged, 60_000, false, 1]);
  });

  it("is none where others are limited too by then", async () => {
    expect(await judged("input", [true, false], limited)).toEqual([null, 1000, false, 0]);
  });

  it("is not looked at twice where inputs are known to be refused so, unless the run was slowed down", async () => {
    expect(await judged("input", [true, true], limited, { refuses: true })).toEqual([first, 0, true, 1]);
    expect(await judged("input", [true, true], limited, { refuses: true, slowed: true })).toEqual([
      limited,
      1000,
      true,
      0,
    ]);
  });

  it("is not waited for so long again where sessions are known to be refused so", async () => {
    expect(await judged("session", [true, true], limited, { refuses: true })).toEqual([limited, 1000, true, 0]);
  });
});
