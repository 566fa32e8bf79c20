import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../tls/certificates.js";
import { systemClock } from "../clock/system-clock.js";
import { virtualClock, type VirtualClock } from "../clock/virtual-clock.js";
import { UsageError } from "../errors.js";
import { callback, exchange, exchangeBytes, type Exchange } from "./exchange.test.kit.js";
import type { Step } from "./script.js";
import { createScriptedReceiver, type ScriptedReceiver, type ScriptedReceiverOptions } from "./scripted-receiver.js";

const ok: Step = { kind: "answer", status: 200 };
const unavailable: Step = { kind: "answer", status: 503, headers: [["Retry-After", "1"]], body: "later ✓" };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(
  clock: VirtualClock,
  script: readonly Step[],
  options: Partial<ScriptedReceiverOptions> = {},
): Promise<ScriptedReceiver> {
  const receiver = await createScriptedReceiver({ clock, script, ...options });
  closers.push(() => receiver.close());
  return receiver;
}

/** One attempt that gives up after 20 virtual seconds, as the sender does. */
async function attempt(clock: VirtualClock, url: string, sessionId = "s1"): Promise<Exchange> {
  const deadline = new AbortController();
  const timer = clock.timer(20_000, () => deadline.abort());
  try {
    return await exchange(url, { ...callback(sessionId), clock, signal: deadline.signal });
  } finally {
    timer.cancel();
  }
}

describe("a scripted receiver", () => {
  test("answers attempt by attempt, and repeats the last step", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [unavailable, { kind: "redirect", status: 308, location: "/b" }, ok]);

    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push(await attempt(clock, receiver.url));

    expect(answers.map((answer) => answer.status)).toEqual([503, 308, 200, 200]);
    expect(answers[0]).toMatchObject({ body: "later ✓", headers: { "retry-after": "1", "content-length": "9" } });
    expect(answers[1]?.headers.location).toBe("/b");
  });

  test("does what is stated for after the script", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [unavailable], { afterwards: ok });

    expect((await attempt(clock, receiver.url)).status).toBe(503);
    expect((await attempt(clock, receiver.url)).status).toBe(200);
  });

  test("counts attempts by session", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [unavailable, ok]);

    expect((await attempt(clock, receiver.url, "a")).status).toBe(503);
    expect((await attempt(clock, receiver.url, "b")).status).toBe(503);
    expect((await attempt(clock, receiver.url, "a")).status).toBe(200);
    expect(receiver.journal.arrivals.map(({ sessionId, attempt: number }) => [sessionId, number])).toEqual([
      ["a", 1],
      ["b", 1],
      ["a", 2],
    ]);
  });

  test("takes the session id from the body where the header is missing", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [ok]);

    await exchange(receiver.url, { body: '{"sessionId":"from-the-body"}' });
    await exchange(receiver.url, { body: "[" });

    expect(receiver.journal.arrivals.map(({ sessionId }) => sessionId)).toEqual(["from-the-body", ""]);
  });

  test("answers other paths with 404 and does not count them", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [ok], { path: "/hook" });

    expect((await exchange(`${receiver.url}/other`)).status).toBe(404);
    expect((await exchange(`${receiver.url}?query`)).status).toBe(200);
    expect(receiver.journal.arrivals).toHaveLength(1);
  });

  test("stalls on virtual time, so that a deadline of the sender can pass", async () => {
    const clock = virtualClock({ startAt: 0 });
    const receiver = await start(clock, [
      { kind: "stall", ms: 19_999, next: ok },
      { kind: "stall", ms: 20_001, next: ok },
    ]);

    expect((await attempt(clock, receiver.url)).status).toBe(200);
    expect(clock.now()).toBe(19_999);
    await expect(attempt(clock, receiver.url)).rejects.toMatchObject({ name: "AbortError" });
    expect(clock.now()).toBeGreaterThanOrEqual(39_999);
    expect(receiver.journal.arrivals.map(({ at }) => at)).toEqual([0, 19_999]);
  });

  test("never answers, until the sender gives up", async () => {
    const clock = virtualClock({ startAt: 0 });
    const receiver = await start(clock, [{ kind: "never" }, ok]);

    await expect(attempt(clock, receiver.url)).rejects.toMatchObject({ name: "AbortError" });
    expect((await attempt(clock, receiver.url)).status).toBe(200);
  });

  test("leaves no timer behind when the sender goes during a stall", async () => {
    const clock = virtualClock();
    const receiver = await start(clock, [{ kind: "never" }]);
    const hold = clock.hold();
    const socket = connect(receiver.port, "127.0.0.1");
    await once(socket, "connect");
    clock.hold().bind(socket.localPort ?? 0);
    socket.write("POST /webhook HTTP/1.1\r\n\r\n");
    await expect.poll(() => clock.pendingTimers()).toBe(1);

    socket.destroy();

    await expect.poll(() => clock.pendingTimers()).toBe(0);
    hold.release();
  });

  test.each(["connect", "request", "headers", "body"] as const)("resets the connection at %s", async (at) => {
    const clock = virtualClock();
    const receiver = await start(clock, [{ kind: "reset", at }, ok]);

    await expect(attempt(clock, receiver.url)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await attempt(clock, receiver.url)).status).toBe(200);
    expect(receiver.journal.arrivals.map((arrival) => [arrival.attempt, arrival.request === null])).toEqual([
      [1, at === "connect"],
      [2, false],
    ]);
  });

  test.each([
    ["headers", "HTTP/1.1 200 OK\r\nContent-"],
    ["body", 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"received":'],
  ] as const)("has sent a part of the %s before it resets there", async (at, expected) => {
    const clock = virtualClock({ startAt: 0 });
    const receiver = await start(clock, [{ kind: "reset", at }]);
    const hold = clock.hold();
    const socket = connect(receiver.port, "127.0.0.1");
    await once(socket, "connect");
    hold.bind(socket.localPort ?? 0);
    socket.write("POST /webhook HTTP/1.1\r\n\r\n");

    const [bytes] = (await once(socket, "data")) as [Buffer];

    expect(bytes.toString()).toBe(expected);
    await expect(once(socket, "end")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(clock.now()).toBe(0);
    hold.release();
  });

  test("resets a TLS connection after the handshake", async () => {
    const { key, cert } = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const receiver = await start(virtualClock(), [{ kind: "reset", at: "request" }, ok], { tls: { key, cert } });
    expect(receiver.url).toMatch(/^https:/);

    await expect(exchange(receiver.url, { ca: cert })).rejects.toMatchObject({ syscall: "read" });
    await expect(exchange(receiver.url, { ca: cert })).resolves.toMatchObject({ status: 200 });
  });

  test("closes without an answer", async () => {
    const receiver = await start(virtualClock(), [{ kind: "close" }]);

    await expect(exchangeBytes(receiver.port, "POST /webhook HTTP/1.1\r\n\r\n")).resolves.toBe("");
  });

  test("sends an interim answer first", async () => {
    const receiver = await start(virtualClock(), [
      { kind: "interim", status: 103, next: { kind: "answer", status: 204 } },
    ]);

    const bytes = await exchangeBytes(receiver.port, "POST /webhook HTTP/1.1\r\nConnection: close\r\n\r\n");

    expect(bytes).toBe("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
  });

  test("sends raw bytes as they are", async () => {
    const receiver = await start(virtualClock(), [{ kind: "raw", bytes: "HTP/\xff nonsense\n" }]);

    await expect(exchangeBytes(receiver.port, "POST /webhook HTTP/1.1\r\n\r\n")).resolves.toBe("HTP/\xff nonsense\n");
  });

  test("adds no framing to an answer that brings its own", async () => {
    const step: Step = {
      kind: "answer",
      status: 200,
      headers: [
        ["Content-Length", "3"],
        ["Connection", "close"],
      ],
    };
    const receiver = await start(virtualClock(), [step]);

    const bytes = await exchangeBytes(receiver.port, "POST /webhook HTTP/1.1\r\n\r\n");

    expect(bytes).toBe("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n");
  });

  test.each(["headers", "body"] as const)("dribbles %s to the end", async (part) => {
    const clock = virtualClock({ startAt: 0 });
    const receiver = await start(clock, [{ kind: "dribble", part, bytes: 2, everyMs: 3_000, times: 6 }]);

    const answer = await attempt(clock, receiver.url);

    expect(clock.now()).toBe(18_000);
    expect(part === "headers" ? answer.headers["x-dribble"] : answer.body).toBe("x".repeat(12));
  });

  test.each(["headers", "body"] as const)("dribbles %s without end, until the sender gives up", async (part) => {
    const clock = virtualClock({ startAt: 0 });
    const receiver = await start(clock, [{ kind: "dribble", part, bytes: 1, everyMs: 1_000 }, ok]);

    await expect(attempt(clock, receiver.url)).rejects.toThrow(/aborted/);
    expect((await attempt(clock, receiver.url)).status).toBe(200);
  });

  test("floods headers until the sender leaves", async () => {
    const receiver = await start(virtualClock(), [{ kind: "flood", part: "headers" }]);

    await expect(exchange(receiver.url, callback("s1"))).rejects.toMatchObject({ code: "HPE_HEADER_OVERFLOW" });
  });

  test("floods a body no faster than it is read", async () => {
    const receiver = await start(virtualClock(), [{ kind: "flood", part: "body" }]);
    const socket = connect(receiver.port, "127.0.0.1");
    socket.write("POST /webhook HTTP/1.1\r\n\r\n");
    let received = 0;
    socket.on("data", (bytes: Buffer) => {
      received += bytes.length;
      if (received > 8_000_000) socket.destroy();
    });

    await once(socket, "close");

    expect(received).toBeGreaterThan(8_000_000);
  });

  test("plays on the system clock too", async () => {
    const receiver = await createScriptedReceiver({
      clock: systemClock,
      script: [{ kind: "stall", ms: 1, next: ok }, { kind: "never" }],
    });

    expect((await exchange(receiver.url, callback("s1"))).status).toBe(200);
    const unanswered = exchange(receiver.url, callback("s1"));
    await expect.poll(() => receiver.journal.arrivals.length).toBe(2);
    await receiver.close();
    await expect(unanswered).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  test("says so on close when it had to stall for someone who does not hold the clock", async () => {
    const receiver = await createScriptedReceiver({ clock: virtualClock(), script: [{ kind: "never" }] });

    await expect(exchange(receiver.url, callback("s1"))).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(receiver.close()).rejects.toThrow(/no hold is bound/);
  });

  test("refuses a script without a step", async () => {
    await expect(createScriptedReceiver({ clock: virtualClock(), script: [] })).rejects.toThrow(UsageError);
  });
});
