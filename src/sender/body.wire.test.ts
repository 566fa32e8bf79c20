import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { gist, meet, stall } from "./wire.test.kit.js";

const head = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`;
const bodyCapBytes = batch.response.bodyCapBytes;

describe("what the body does takes no acknowledgement back", () => {
  it("a body that never ends is late", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      socket.write(`${head(100)}abc`);
      await stall(clock, request, 60_000);
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ body: Buffer.from("abc"), bodyEnd: "late" });
    expect(attempt.timings).toMatchObject({ headersMs: 0, endMs: 20_000 });
  });

  it("the deadline of headers and body is one", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      await stall(clock, request, 19_000);
      socket.write(`${head(3)}ab`);
      await stall(clock, request, 1000);
      socket.write("c");
    });
    expect(attempt.response).toMatchObject({ body: Buffer.from("ab"), bodyEnd: "late" });
    expect(attempt.timings).toMatchObject({ headersMs: 19_000, endMs: 20_000 });
  });

  it("a body that dribbles is kept as far as it came", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      socket.write(head(1000));
      while (!socket.destroyed) {
        socket.write("x");
        await stall(clock, request, 1000);
      }
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ bodyEnd: "late", body: Buffer.from("x".repeat(20)) });
  });

  test.each([
    ["of a known length", (size: number) => `${head(size)}${"x".repeat(size)}`],
    [
      "in one chunk",
      (size: number) =>
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${"x".repeat(size)}\r\n0\r\n\r\n`,
    ],
    [
      "in chunks of one byte",
      (size: number) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(size)}0\r\n\r\n`,
    ],
  ])("a body %s is whole up to the cap, and cut above it", async (_, answer) => {
    const whole = await meet(answer(bodyCapBytes));
    expect(whole.attempt.response?.bodyEnd).toBe("complete");
    expect(whole.attempt.response?.body).toHaveLength(bodyCapBytes);
    const over = await meet(answer(bodyCapBytes + 1));
    expect(gist(over.attempt.outcome)).toBe("acknowledged 200");
    expect(over.attempt.response?.bodyEnd).toBe("over-cap");
    expect(over.attempt.response?.body).toHaveLength(bodyCapBytes);
  });

  it("an answer that is no 2XX stays one with a body without end", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      socket.write("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\nabc");
      await stall(clock, request, 60_000);
    });
    expect(gist(attempt.outcome)).toBe("status headers 503");
    expect(attempt.response?.bodyEnd).toBe("late");
  });

  it("is not waited for when the attempt is to stop at the headers", async () => {
    const { attempt, clock } = await meet(`${head(9)}abc`, { attempt: { stopAtHeaders: true } });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.timings.endMs).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });
});
