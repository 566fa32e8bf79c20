import { describe, expect, it } from "vitest";
import type { Clock } from "../clock/clock.js";
import {
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  sharingTime,
  startReceiver,
  startScripted,
  targetOf,
  timeOf,
  type TestReceiver,
} from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";

/** Does not send anything of its own, so that all that arrives is the baseline. */
const listening = checkOf("a/listens", { sessions: 1, run: async () => {} });

const answering = (...statuses: readonly number[]): Promise<TestReceiver> =>
  startReceiver(({ number }) => ({ status: statuses[number - 1] ?? statuses.at(-1) ?? 200 }));

describe("the baseline", () => {
  it("is one documented callback where that is acknowledged at once", async () => {
    const receiver = await startReceiver();
    const report = await runChecks(targetOf(receiver.url), [listening]);
    expect(outcomesOf(report)).toEqual({ "a/listens": "passed" });
    expect(report.notes).toEqual([]);
    expect(receiver.arrived).toHaveLength(1);
    const [first] = receiver.arrived;
    expect([first?.method, first?.path, first?.headers["content-type"]]).toEqual([
      "POST",
      "/hooks/scriptix",
      "application/json",
    ]);
    expect(JSON.parse(first?.body ?? "")).toEqual({ sessionId: first?.sessionId, zoom_id: first?.sessionId });
  });

  it("is taken again after a cold start, and the warm answer counts", async () => {
    const { receiver, target } = await sharingTime(async ({ number, wait }) => {
      if (number === 1) await wait(12_000);
      return {};
    });
    let headersMs: number | null = null;
    const looking = checkOf("a/looks", { run: async ({ baseline }) => void ({ headersMs } = baseline.timings) });
    const report = await runChecks(target, [looking]);
    expect(report.notes).toEqual(["The first callback took 12.0 s; it was sent again, in case that was a cold start."]);
    expect(receiver.arrived).toHaveLength(2);
    expect(headersMs).toBe(0);
  });

  it("is not taken again at exactly five seconds", async () => {
    const { receiver, target } = await startScripted({
      kind: "stall",
      ms: 5000,
      next: { kind: "answer", status: 200 },
    });
    await runChecks(target, [listening]);
    expect(receiver.journal.arrivals).toHaveLength(1);
  });

  it("has failed where the receiver hangs after a cold start", async () => {
    const { target } = await sharingTime(async ({ number, wait }) => {
      if (number > 1) return "hang";
      await wait(12_000);
      return {};
    });
    expect(outcomesOf(await runChecks(target, [listening]))).toEqual({
      "a/listens": "not-run baseline-not-acknowledged",
    });
  });

  it("stays acknowledged where the receiver answers otherwise after a cold start", async () => {
    const { target } = await sharingTime(async ({ number, wait }) => {
      if (number > 1) return { status: 500 };
      await wait(12_000);
      return {};
    });
    expect(outcomesOf(await runChecks(target, [listening]))).toEqual({ "a/listens": "passed" });
  });

  it("is taken again a second later where it failed, as during a restart", async () => {
    const receiver = await answering(500, 200);
    const clock = timeOf();
    const report = await runChecks(targetOf(receiver.url, { clock }), [listening]);
    expect(outcomesOf(report)).toEqual({ "a/listens": "passed" });
    expect(clock.now()).toBe(1000);
    expect(report.notes).toEqual([
      "The first callback got 500 Internal Server Error; sent again, it was acknowledged.",
    ]);
  });

  it("has failed where it fails twice, and is judged by its first answer", async () => {
    const receiver = await answering(500, 502);
    const report = await runChecks(targetOf(receiver.url), [listening]);
    expect(checkIn(report, "a/listens")).toMatchObject({
      outcome: "not-run",
      reasonCode: "baseline-not-acknowledged",
      reason: "the first callback was not acknowledged: the receiver answered 500, not a 2XX",
    });
    expect(receiver.arrived).toHaveLength(2);
  });

  it("is not taken again after a timeout, so that a hanging receiver costs one deadline", async () => {
    const { receiver, clock, target } = await startScripted({ kind: "never" });
    const report = await runChecks(target, [listening, checkOf("a/one"), checkOf("b/two")]);
    expect(receiver.journal.arrivals).toHaveLength(1);
    expect(clock.now()).toBe(20_000);
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(["not-run", "not-run", "not-run"]);
  });

  it("is not taken where no check needs it", async () => {
    const receiver = await startReceiver();
    await runChecks(targetOf(receiver.url), [checkOf("a/looks", { builds: "nothing", run: async () => {} })]);
    expect(receiver.arrived).toEqual([]);
  });

  it("takes one session id, also when it is repeated, where ids are supplied", async () => {
    const receiver = await answering(500, 200);
    const target = targetOf(receiver.url, { sessions: suppliedSessions(["s1", "s2"]) });
    await runChecks(target, [listening]);
    expect(receiver.arrived.map(({ sessionId }) => sessionId)).toEqual(["s1", "s1"]);
  });

  it("takes two where it is repeated and they are invented", async () => {
    const receiver = await answering(500, 200);
    await runChecks(targetOf(receiver.url), [listening]);
    expect(new Set(receiver.arrived.map(({ sessionId }) => sessionId)).size).toBe(2);
  });

  it("leaves everything unjudged where the receiver limits the rate for good", async () => {
    const receiver = await startReceiver(() => ({ status: 429, headers: { "Retry-After": "3600" } }));
    const report = await runChecks(targetOf(receiver.url), [listening]);
    expect(outcomesOf(report)).toEqual({ "a/listens": "not-run rate-limited" });
    expect(report.checks[0]?.reason).toMatch(
      /^the receiver answered 429 to the first callback, .* no pace of this run/,
    );
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
  });
});

describe("a receiver that cannot be reached", () => {
  it("because nothing listens leaves the run inconclusive, with exit code 3", async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const report = await runChecks(targetOf(receiver.url), [listening]);
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
    expect(checkIn(report, "a/listens")).toMatchObject({
      reasonCode: "unreachable",
      reason: "the receiver is unreachable: no connection could be made (ECONNREFUSED)",
    });
  });

  it("because its name is unknown does too", async () => {
    const resolve = (): Promise<never> =>
      Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
    const report = await runChecks(targetOf("https://nowhere.example.com/hook", { network: { resolve } }), [listening]);
    expect([report.verdict, report.gate.exitCode]).toEqual(["inconclusive", 3]);
    expect(checkIn(report, "a/listens")).toMatchObject({
      reasonCode: "unreachable",
      reason: "the receiver is unreachable: the name could not be resolved (ENOTFOUND)",
    });
  });

  it("because the resolver never answers costs one deadline", async () => {
    const clock = timeOf();
    const network = { resolve: () => new Promise<never>(() => {}) };
    const target = targetOf("https://slow.example.com/hook", { network, clock, deadlineClock: ungated(clock) });
    const report = await runChecks(target, [listening, checkOf("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/listens": "not-run unreachable", "a/one": "not-run unreachable" });
    expect(clock.now()).toBe(20_000);
  });
});

/** Lets time pass while an attempt waits for something that knows no clock. */
function ungated(clock: Clock): Clock {
  return {
    kind: clock.kind,
    now: () => clock.now(),
    timer: (ms, fire) => clock.timer(ms, fire),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    stall: (port, ms, signal) => clock.stall(port, ms, signal),
    hold: () => ({ bind: () => {}, release: () => {} }),
  };
}
