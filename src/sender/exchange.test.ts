import { describe, expect, it, test } from "vitest";
import type { AnswerHead } from "./answer-reader.js";
import type { AttemptPhase } from "./attempt.js";
import { Exchange, type ExchangeLimits } from "./exchange.js";
import { manualClock } from "./wire.test.kit.js";

const deadlineMs = 20_000;
const bodyCapBytes = 10;
const ok: AnswerHead = { status: 200, statusText: "OK", headers: [["X", "1"]] };
const error = (code: string): Error => Object.assign(new Error("it broke"), { code });

/** An exchange on a clock that the test moves, with what it does to its carrier. */
function begun(rest: Partial<ExchangeLimits> = {}) {
  const { clock, jump } = manualClock();
  const timers = { pending: 0 };
  const counting: ExchangeLimits["clock"] = {
    ...clock,
    now: () => clock.now(),
    timer(ms, fire) {
      let isPending = true;
      timers.pending += 1;
      const done = (): void => {
        if (isPending) timers.pending -= 1;
        isPending = false;
      };
      const timer = clock.timer(ms, () => {
        done();
        fire();
      });
      return {
        cancel() {
          done();
          timer.cancel();
        },
      };
    },
  };
  let givenUp = 0;
  let phase: AttemptPhase = "connect";
  const exchange = new Exchange(
    { deadlineMs, bodyCapBytes, clock: counting, ...rest },
    { phase: () => phase, oddities: () => ["folded-header"], giveUp: () => (givenUp += 1) },
  );
  return {
    exchange,
    jump,
    timers,
    at: (next: AttemptPhase) => (phase = next),
    givenUp: () => givenUp,
  };
}

const sends = (exchange: Exchange, ...chunks: readonly string[]): void =>
  chunks.forEach((chunk) => exchange.onData(Buffer.from(chunk)));

describe("an exchange", () => {
  it("is settled by the end of the answer, with the times at which it came", async () => {
    const { exchange, jump, givenUp, timers } = begun();
    jump(1);
    exchange.onConnect();
    jump(2);
    exchange.onHeaders(ok);
    expect(exchange.isSettled).toBe(false);
    sends(exchange, "ab", "c");
    jump(3);
    exchange.onComplete();
    expect(exchange.isSettled).toBe(true);
    expect(await exchange.settled()).toEqual({
      outcome: { kind: "acknowledged", status: 200 },
      response: { ...ok, body: Buffer.from("abc"), bodyEnd: "complete", oddities: ["folded-header"] },
      timings: { connectedMs: 1, headersMs: 3, endMs: 6 },
    });
    expect(givenUp()).toBe(0);
    expect(timers.pending).toBe(0);
  });

  it.each([
    [199, "status"],
    [200, "acknowledged"],
    [299, "acknowledged"],
    [300, "status"],
  ])("is acknowledged by a 2XX alone: %i", async (status, expected) => {
    const { exchange } = begun();
    exchange.onHeaders({ ...ok, status });
    exchange.onComplete();
    const { outcome } = await exchange.settled();
    expect(outcome.kind === "failed" ? outcome.reason : outcome.kind).toBe(expected);
  });

  it("keeps a copy of a body, which the connection may write over", async () => {
    const { exchange } = begun();
    const chunk = Buffer.from("abc");
    exchange.onHeaders(ok);
    exchange.onData(chunk);
    chunk.fill("x");
    exchange.onComplete();
    expect((await exchange.settled()).response?.body.toString()).toBe("abc");
  });

  it("is settled by the end of the headers, where that is asked for", async () => {
    const { exchange, givenUp } = begun({ stopAtHeaders: true });
    exchange.onHeaders(ok);
    expect((await exchange.settled()).response).toMatchObject({ bodyEnd: "late", body: Buffer.alloc(0) });
    expect(givenUp()).toBe(1);
  });

  it("is settled once, by what comes first", async () => {
    const { exchange, jump, givenUp } = begun();
    exchange.onHeaders(ok);
    sends(exchange, "a");
    exchange.onComplete();
    exchange.onHeaders({ ...ok, status: 500 });
    sends(exchange, "b".repeat(bodyCapBytes));
    exchange.onError(error("ECONNRESET"));
    exchange.fail(new Error("late"));
    exchange.onComplete();
    jump(deadlineMs + 1000);
    const { outcome, response, timings } = await exchange.settled();
    expect([outcome, response?.body.toString(), response?.bodyEnd, timings.endMs]).toEqual([
      { kind: "acknowledged", status: 200 },
      "a",
      "complete",
      0,
    ]);
    expect(givenUp()).toBe(0);
  });

  it("has no end without headers", () => {
    const { exchange } = begun();
    exchange.onComplete();
    expect(exchange.isSettled).toBe(false);
  });
});

describe("a body", () => {
  it.each([
    [["x".repeat(bodyCapBytes)], "complete", bodyCapBytes],
    [["x".repeat(bodyCapBytes + 1)], "over-cap", bodyCapBytes],
    [["xxxx", "x".repeat(bodyCapBytes)], "over-cap", bodyCapBytes],
    [["x".repeat(bodyCapBytes), "x"], "over-cap", bodyCapBytes],
    [[], "complete", 0],
  ] as const)("of %j is kept up to the cap: %s", async (chunks, bodyEnd, bytes) => {
    const { exchange, givenUp } = begun();
    exchange.onHeaders(ok);
    sends(exchange, ...chunks);
    exchange.onComplete();
    const { response, outcome } = await exchange.settled();
    expect([response?.bodyEnd, response?.body.length, outcome.kind]).toEqual([bodyEnd, bytes, "acknowledged"]);
    expect(givenUp()).toBe(bodyEnd === "complete" ? 0 : 1);
  });

  it.each([
    ["ECONNRESET", "broken"],
    ["HEADERS_OVERFLOW", "over-cap"],
    ["INVALID_HTTP", "broken"],
  ])("that breaks with %s is %s, and the acknowledgement stands", async (code, bodyEnd) => {
    const { exchange, givenUp } = begun();
    exchange.onHeaders(ok);
    sends(exchange, "ab");
    exchange.onError(error(code));
    const { outcome, response } = await exchange.settled();
    expect([outcome.kind, response?.bodyEnd, response?.body.toString()]).toEqual(["acknowledged", bodyEnd, "ab"]);
    expect(givenUp()).toBe(1);
  });

  it("that comes too late is let go, and the acknowledgement stands", async () => {
    const { exchange, jump, givenUp } = begun();
    exchange.onHeaders(ok);
    sends(exchange, "ab");
    jump(deadlineMs);
    const { outcome, response, timings } = await exchange.settled();
    expect([outcome.kind, response?.bodyEnd, timings.endMs]).toEqual(["acknowledged", "late", deadlineMs]);
    expect(givenUp()).toBe(1);
  });
});

describe("without an answer an exchange fails", () => {
  it.each<[string, AttemptPhase, string]>([
    ["connecting", "connect", "connect connect"],
    ["in the handshake", "tls", "tls tls"],
  ])("for what went wrong %s", async (_when, phase, expected) => {
    const { exchange, at, givenUp } = begun();
    at(phase);
    exchange.onError(error("ENOTHING"));
    const { outcome, response, timings } = await exchange.settled();
    expect(outcome).toMatchObject({ kind: "failed", code: "ENOTHING" });
    expect(outcome.kind === "failed" && `${outcome.reason} ${outcome.phase}`).toBe(expected);
    expect([response, timings]).toEqual([null, { connectedMs: null, headersMs: null, endMs: 0 }]);
    expect(givenUp()).toBe(0);
  });

  it("for what went wrong once it was connected, wherever its carrier is", async () => {
    const { exchange } = begun();
    exchange.onConnect();
    exchange.onError(error("ECONNRESET"));
    expect((await exchange.settled()).outcome).toMatchObject({ reason: "reset", phase: "headers" });
  });

  it.each<[AttemptPhase, boolean, string]>([
    ["dns", false, "dns"],
    ["tls", false, "tls"],
    ["tls", true, "headers"],
  ])("at the deadline, at %s, connected: %j", async (phase, isConnected, expected) => {
    const { exchange, at, jump, givenUp, timers } = begun();
    at(phase);
    if (isConnected) exchange.onConnect();
    jump(deadlineMs - 1);
    expect(exchange.isSettled).toBe(false);
    jump(1);
    const { outcome, response } = await exchange.settled();
    expect(outcome).toMatchObject({ reason: "timeout", phase: expected, code: "TIMEOUT" });
    expect(response).toBeNull();
    expect(givenUp()).toBe(1);
    expect(timers.pending).toBe(0);
  });

  it("a little later where the timer was kept waiting, once, so that what is there already can be read", async () => {
    const late = begun();
    late.jump(deadlineMs + 11);
    expect(late.exchange.isSettled).toBe(false);
    late.exchange.onHeaders(ok);
    late.exchange.onComplete();
    expect((await late.exchange.settled()).outcome.kind).toBe("acknowledged");

    const silent = begun();
    silent.jump(deadlineMs + 5000);
    expect(silent.exchange.isSettled).toBe(false);
    expect((await silent.exchange.settled()).outcome).toMatchObject({ reason: "timeout" });

    const onTime = begun();
    onTime.jump(deadlineMs + 10);
    expect(onTime.exchange.isSettled).toBe(true);
  });
});

describe("an exchange that is given up", () => {
  const reason = new Error("enough");

  it("rejects with the reason, and lets its carrier go", async () => {
    const { exchange, givenUp, timers } = begun();
    const abort = new AbortController();
    const settled = exchange.settled(abort.signal);
    abort.abort(reason);
    await expect(settled).rejects.toBe(reason);
    await exchange.over();
    expect([exchange.isSettled, givenUp(), timers.pending]).toEqual([true, 1, 0]);
  });

  it("rejects where this machine is short of something, though an answer that has begun is judged", async () => {
    const { exchange, givenUp } = begun();
    exchange.onError(error("EMFILE"));
    await expect(exchange.settled()).rejects.toThrow("ulimit -n");
    expect(givenUp()).toBe(1);

    const answering = begun().exchange;
    answering.onHeaders(ok);
    answering.onError(error("EMFILE"));
    expect((await answering.settled()).response?.bodyEnd).toBe("broken");
  });

  it("rejects where it was given up before", async () => {
    const { exchange } = begun();
    await expect(exchange.settled(AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("listens no longer once it is settled", async () => {
    const { exchange } = begun();
    const listening = new Map<unknown, string>();
    const signal = {
      aborted: false,
      addEventListener: (kind: string, listener: unknown) => void listening.set(listener, kind),
      removeEventListener: (kind: string, listener: unknown) =>
        void (listening.get(listener) === kind && listening.delete(listener)),
    } as unknown as AbortSignal;
    const settled = exchange.settled(signal);
    expect(listening.size).toBe(1);
    exchange.onHeaders(ok);
    exchange.onComplete();
    await settled;
    expect(listening.size).toBe(0);
  });

  test("over it is either way", async () => {
    const whole = begun();
    whole.exchange.onHeaders(ok);
    let isOver = false;
    const over = whole.exchange.over().then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    whole.exchange.onComplete();
    await over;
    const failed = begun();
    failed.exchange.fail(reason);
    await failed.exchange.over();
  });
});
