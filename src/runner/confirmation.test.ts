import { describe, expect, it } from "vitest";
import type { CheckContext } from "./check-context.js";
import { expectAcknowledged } from "./expectations.js";
import {
  baselineCheckOf,
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  sharingTime,
  startReceiver,
  targetOf,
  timeOf,
  type Answer,
  type Arrived,
} from "./run.test.kit.js";

/** Sends something odd, and expects a 2XX. */
const sendsOdd = async (context: CheckContext): Promise<void> =>
  expectAcknowledged(context, await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } }));

const odd = checkOf("a/odd", { run: sendsOdd });
const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";

/** Answers odd callbacks and the others from two lists, and the last of each from there on. */
async function answering(oddly: readonly Answer[], plainly: readonly Answer[] = [{}]) {
  const left = { odd: [...oddly], plain: [...plainly] };
  const receiver = await startReceiver((callback) => {
    const list = isOdd(callback) ? left.odd : left.plain;
    return (list.length > 1 ? list.shift() : list[0]) ?? {};
  });
  return { receiver, target: targetOf(receiver.url) };
}

const bad = { status: 500 };
const good = { status: 200 };

describe("a failure", () => {
  it("that passes when it is repeated is passed, with a note", async () => {
    const { target } = await answering([bad, good]);
    const report = await runChecks(target, [odd]);
    expect(checkIn(report, "a/odd")).toMatchObject({
      outcome: "passed",
      mismatches: [],
      hint: null,
      reproduce: null,
      notes: ["It failed at first, and passed when it was repeated alone."],
    });
    expect(report.gate.exitCode).toBe(0);
  });

  it("that fails twice is failed, with the evidence of the second time", async () => {
    const { target } = await answering([{ status: 500 }, { status: 502 }]);
    const check = checkIn(await runChecks(target, [odd]), "a/odd");
    expect(check.outcome).toBe("failed");
    expect(check.mismatches).toMatchObject([
      { expected: "a 2XX", actual: "502 Bad Gateway", where: "callback 1 (odd)" },
    ]);
    expect(check.attempts.map(({ response }) => response?.status)).toEqual([502]);
  });

  it("is repeated after a control, alone and with fresh sessions", async () => {
    const { receiver, target } = await answering([bad]);
    await runChecks(target, [odd]);
    expect(receiver.arrived.map((callback) => (isOdd(callback) ? "odd" : "plain"))).toEqual([
      "plain",
      "odd",
      "plain",
      "odd",
    ]);
    expect(new Set(receiver.arrived.map(({ sessionId }) => sessionId)).size).toBe(4);
  });

  it("does not count where the control fails as well", async () => {
    const { target } = await answering([bad], [good, bad]);
    const report = await runChecks(target, [odd]);
    expect(outcomesOf(report)).toEqual({ "a/odd": "not-run receiver-unhealthy" });
    expect(checkIn(report, "a/odd").reason).toContain("so did the documented callback that was sent as a control");
    expect(report.verdict).toBe("inconclusive");
  });

  it("counts where nothing but the documented callback was sent, which no control can excuse", async () => {
    const { receiver, target } = await answering([good], [good, bad]);
    const report = await runChecks(target, [checkOf("a/plain")]);
    expect(outcomesOf(report)).toEqual({ "a/plain": "failed" });
    expect(receiver.arrived).toHaveLength(3);
  });

  it("of a check that judges the baseline is not repeated", async () => {
    const { receiver, target } = await answering([good], [{ status: 500 }]);
    let runs = 0;
    const check = baselineCheckOf("a/judges", {
      run: async (context) => {
        runs += 1;
        expectAcknowledged(context, context.baseline);
      },
    });
    expect(outcomesOf(await runChecks(target, [check]))).toEqual({ "a/judges": "failed" });
    expect(runs).toBe(1);
    expect(receiver.arrived).toHaveLength(2);
  });

  it("of a check that sends nothing is repeated without a control", async () => {
    const { receiver, target } = await answering([good]);
    const confirming: boolean[] = [];
    const check = checkOf("a/looks", {
      builds: "nothing",
      run: async (context) => {
        confirming.push(context.confirming);
        context.mismatch("a public address", "a private one", "the address");
      },
    });
    expect(outcomesOf(await runChecks(target, [check]))).toEqual({ "a/looks": "failed" });
    expect(confirming).toEqual([false, true]);
    expect(receiver.arrived).toEqual([]);
  });

  it("that cannot be repeated because of a fault of ours is an error, not a failure", async () => {
    const { target } = await answering([bad]);
    const check = checkOf("a/odd", {
      run: async (context) => {
        if (context.confirming) throw new Error("oh");
        await sendsOdd(context);
      },
    });
    expect(outcomesOf(await runChecks(target, [check]))).toEqual({ "a/odd": "error harness-error" });
  });
});

describe("a hang", () => {
  const hangsOnOdd = (callback: Arrived): Answer => (isOdd(callback) ? "hang" : {});

  it("on hardening input is not asked for twice, though a control shows that it is the input", async () => {
    const { receiver, clock, target } = await sharingTime(hangsOnOdd);
    const report = await runChecks(target, [checkOf("a/odd", { level: "hardening", run: sendsOdd })]);
    expect(outcomesOf(report)).toEqual({ "a/odd": "failed" });
    expect(receiver.arrived).toHaveLength(3);
    expect(clock.now()).toBe(20_000);
  });

  it.each([
    [
      "is asked for again where the first callback took so long that the checks beside it may be to blame",
      501,
      "passed",
    ],
    ["is not where it did not", 500, "failed"],
  ])("on hardening input %s", async (_what, firstMs, outcome) => {
    let odds = 0;
    const { target } = await sharingTime(async (callback) => {
      if (callback.number === 1) await callback.wait(firstMs);
      return isOdd(callback) && (odds += 1) === 1 ? "hang" : {};
    });
    const report = await runChecks(target, [checkOf("a/odd", { level: "hardening", run: sendsOdd })]);
    expect(outcomesOf(report)).toEqual({ "a/odd": outcome });
  });

  it("on anything else is confirmed", async () => {
    const { clock, target } = await sharingTime(hangsOnOdd);
    expect(outcomesOf(await runChecks(target, [odd]))).toEqual({ "a/odd": "failed" });
    expect(clock.now()).toBe(40_000);
  });
});

describe("between retries", () => {
  const retrying = checkOf("a/retries", {
    run: async (context) => {
      const sessionId = context.session();
      await context.send({ sessionId });
      await context.betweenRetries();
      expectAcknowledged(context, await context.send({ sessionId }));
    },
  });

  /** Refuses a session that it met within the last 3 seconds of its clock. */
  async function startLocking() {
    const clock = timeOf();
    const met = new Map<string, number>();
    const receiver = await startReceiver(({ sessionId }) => {
      const before = met.get(sessionId);
      met.set(sessionId, clock.now());
      return { status: before !== undefined && clock.now() - before < 3000 ? 409 : 200 };
    });
    return { receiver, clock, target: targetOf(receiver.url, { clock }) };
  }

  it("no time passes at first, and 5 seconds when a failure is confirmed", async () => {
    const { clock, target } = await startLocking();
    const report = await runChecks(target, [retrying]);
    expect(outcomesOf(report)).toEqual({ "a/retries": "passed" });
    expect(checkIn(report, "a/retries").notes).toContain("It failed at first, and passed when it was repeated alone.");
    expect(clock.now()).toBe(5000);
  });

  it("no time passes where nothing fails", async () => {
    const clock = timeOf();
    const receiver = await startReceiver();
    await runChecks(targetOf(receiver.url, { clock }), [retrying]);
    expect(clock.now()).toBe(0);
  });

  it("of a schedule it is the same", async () => {
    const { clock, target } = await startLocking();
    const scheduled = checkOf("a/retries", {
      spansMinutes: true,
      run: async (context) => expectAcknowledged(context, ...(await context.schedule({ attempts: 3 }))),
    });
    expect(outcomesOf(await runChecks(target, [scheduled]))).toEqual({ "a/retries": "passed" });
    expect(clock.now()).toBe(10_000);
  });
});

describe("a receiver that hangs on everything", () => {
  it("is asked for a control once, and no failure of an odd request is charged to it", async () => {
    const { receiver, target } = await sharingTime(({ number }) => (number > 1 ? "hang" : {}));
    const checks = ["a/one", "a/two", "a/three"].map((id) => checkOf(id, { level: "hardening", run: sendsOdd }));
    const report = await runChecks(target, checks);
    const notRun = "not-run receiver-unhealthy";
    expect(outcomesOf(report)).toEqual({ "a/one": notRun, "a/two": notRun, "a/three": notRun });
    expect(receiver.arrived).toHaveLength(1 + 3 + 1);
  });
});
