import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../clock/virtual-clock.js";
import { batch } from "../contract/batch.js";
import { scheduledOffsetsMs } from "../contract/contract.js";
import { callback, exchange } from "./exchange.test.kit.js";
import { createReferenceReceiver, defaultDedupeForMs } from "./reference-receiver.js";
import { start, settled } from "./reference-receiver.test.kit.js";

describe("a reference receiver that meets a session again", () => {
  test("acknowledges a duplicate and does not process it again", async () => {
    const { receiver, url, log } = await start();

    for (let count = 0; count < 3; count += 1) expect((await exchange(url, callback("s1"))).status).toBe(200);
    await exchange(url, callback("sentinel"));
    await settled(receiver, "sentinel");

    expect(receiver.processed("s1")).toBe(1);
    expect(log).toContainEqual({ event: "callback", sessionId: "s1", decision: "duplicate" });
  });

  test("processes concurrent duplicates once", async () => {
    const { receiver, url } = await start();

    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(url, callback("s1"))));

    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await settled(receiver, "s1");
  });

  test("remembers it for longer than any schedule of attempts", async () => {
    const lastAttemptMs = scheduledOffsetsMs(batch).at(-1) ?? 0;
    const { clock, receiver, url } = await start();
    await exchange(url, callback("s1"));
    await settled(receiver, "s1");

    await clock.sleep(lastAttemptMs + 6 * batch.response.deadlineMs);
    await exchange(url, callback("s1"));
    await exchange(url, callback("sentinel"));
    await settled(receiver, "sentinel");

    expect(receiver.processed("s1")).toBe(1);
    expect(defaultDedupeForMs(batch)).toBe(110 * 60_000);
  });

  test("processes it again when it has been forgotten", async () => {
    const { clock, receiver, url } = await start({ dedupeForMs: 60_000 });
    await exchange(url, callback("s1"));
    await settled(receiver, "s1");

    await clock.sleep(60_000);
    await exchange(url, callback("s1"));

    await settled(receiver, "s1", 2);
    expect(receiver.processed("s1")).toBe(2);
  });

  test("tries again when processing failed", async () => {
    let failures = 1;
    const { receiver, url, log } = await start({
      process() {
        if (failures-- > 0) throw new TypeError("cannot read the s3cret results");
      },
    });
    await exchange(url, callback("s1"));
    await expect.poll(() => log.at(-1)?.event).toBe("gave-up");
    expect(log.at(-1)).toMatchObject({ reason: "processing failed (TypeError)" });

    await exchange(url, callback("s1"));

    await settled(receiver, "s1");
  });

  test("processes a session whose sender left before the answer", async () => {
    const { receiver, port } = await start();
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const head = "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n";
    await new Promise((resolve) => socket.write(`${head}{"sessionId":"s1"}`, resolve));

    socket.resetAndDestroy();

    await settled(receiver, "s1");
    expect(receiver.processed("s1")).toBe(1);
  });

  test("processes nothing from a request that was cut off", async () => {
    const { receiver, url, port } = await start();
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const head = "POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n";
    await new Promise((resolve) => socket.write(`${head}{"sessionId":"s1"}`, resolve));
    socket.resetAndDestroy();

    await exchange(url, callback("sentinel"));
    await settled(receiver, "sentinel");

    expect(receiver.processed("s1")).toBe(0);
  });
});

describe("closing a reference receiver", () => {
  test("does not wait for a body that stalls", async () => {
    const { receiver, port } = await start();
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    socket.write("POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n");
    const gone = new Promise((resolve) => socket.once("close", resolve));

    await expect(receiver.close()).resolves.toBeUndefined();
    await gone;
  });

  test("works without having listened", async () => {
    await expect(createReferenceReceiver({ clock: virtualClock() }).close()).resolves.toBeUndefined();
  });
});
