import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { scheduledOffsetsMs } from "../contract/contract.js";
import type { DeliveryEvent } from "./delivery.js";
import { gist, inTurn, listen, ok, senderTo, sessionId, stall, testClock } from "./wire.test.kit.js";

const no = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";
const minute = 60_000;
const documented = [0, 1, 3, 8, 23, 53].map((minutes) => minutes * minute);

/** Virtual times of the requests that came, from the first sender's start. */
const times = (server: { journal: { requests: readonly { startedAt: number }[] } }, startedAt: number) =>
  server.journal.requests.map((request) => request.startedAt - startedAt);

describe("attempts come at 0, 1, 3, 8, 23 and 53 minutes, and none after", () => {
  it("whatever failed", async () => {
    const clock = testClock();
    const server = await listen(no, { clock });
    const startedAt = clock.now();
    const delivery = await senderTo(server, { clock }).deliver({ sessionId });
    expect(delivery.kind).toBe("abandoned");
    expect(times(server, startedAt)).toEqual(documented);
    expect(delivery.attempts.map(({ offsetMs }) => offsetMs)).toEqual(documented);
    expect(delivery.attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    await clock.sleep(24 * 60 * minute);
    expect(server.journal.requests).toHaveLength(6);
    expect(server.journal.connections).toHaveLength(6);
  });

  it("whatever an attempt took", async () => {
    const clock = testClock();
    const server = await listen((_socket, request) => stall(clock, request, minute), { clock });
    const startedAt = clock.now();
    const delivery = await senderTo(server, { clock }).deliver({ sessionId });
    expect(delivery.attempts.map(({ outcome }) => gist(outcome))).toEqual(Array(6).fill("timeout headers TIMEOUT"));
    expect(times(server, startedAt)).toEqual(documented);
    expect(clock.now() - startedAt).toBe(53 * minute + 20_000);
  });

  it("also when no connection can be made", async () => {
    const clock = testClock();
    const startedAt = clock.now();
    const asked: number[] = [];
    const resolve = async () => {
      asked.push(clock.now() - startedAt);
      throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    };
    const sender = senderTo({ origin: "https://hooks.example.com" }, { clock, network: { resolve } });
    const delivery = await sender.deliver({ sessionId });
    expect(delivery.attempts.map(({ outcome }) => gist(outcome))).toEqual(Array(6).fill("dns dns ENOTFOUND"));
    expect(asked).toEqual(documented);
  });

  it("as the contract says, and not as this code does", async () => {
    const contract = { ...batch, retry: { ...batch.retry, delaysMs: [10, 20] } };
    const clock = testClock();
    const server = await listen(no, { clock });
    const startedAt = clock.now();
    await senderTo(server, { clock, contract }).deliver({ sessionId });
    expect(times(server, startedAt)).toEqual([0, 10, 30]);
    expect(scheduledOffsetsMs(contract)).toEqual([0, 10, 30]);
  });
});

describe("delays counted from an attempt's end", () => {
  it("move six timeouts to 54:40", async () => {
    const clock = testClock();
    const server = await listen((_socket, request) => stall(clock, request, minute), { clock });
    const startedAt = clock.now();
    const sender = senderTo(server, { clock, retryDelayFrom: "attempt-end" });
    const delivery = await sender.deliver({ sessionId });
    const expected = documented.map((offsetMs, index) => offsetMs + index * 20_000);
    expect(expected.at(-1)).toBe(54 * minute + 40_000);
    expect(times(server, startedAt)).toEqual(expected);
    expect(delivery.attempts.map(({ offsetMs }) => offsetMs)).toEqual(expected);
  });

  it("change nothing where attempts take no time", async () => {
    const clock = testClock();
    const server = await listen(no, { clock });
    const startedAt = clock.now();
    await senderTo(server, { clock, retryDelayFrom: "attempt-end" }).deliver({ sessionId });
    expect(times(server, startedAt)).toEqual(documented);
  });

  it("are the contract's choice too", async () => {
    const contract = { ...batch, retry: { delaysMs: [minute], delayFrom: "attempt-end" as const } };
    const clock = testClock();
    const server = await listen((_socket, request) => stall(clock, request, minute), { clock });
    const startedAt = clock.now();
    await senderTo(server, { clock, contract }).deliver({ sessionId });
    expect(times(server, startedAt)).toEqual([0, minute + 20_000]);
  });
});

describe("a delivery stops", () => {
  test.each([1, 2, 3, 4, 5, 6])("at a success on attempt %i", async (nth) => {
    const clock = testClock();
    const server = await listen(inTurn(...Array<string>(nth - 1).fill(no), ok), { clock });
    const delivery = await senderTo(server, { clock }).deliver({ sessionId });
    expect(delivery.kind).toBe("acknowledged");
    expect(delivery.attempts).toHaveLength(nth);
    await clock.sleep(24 * 60 * minute);
    expect(server.journal.requests).toHaveLength(nth);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("before it starts, for a failed job: nothing is sent and nobody is told", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const events: DeliveryEvent[] = [];
    const delivery = await senderTo(server, { clock }).deliver(
      { sessionId, status: "failed" },
      { on: (event) => events.push(event) },
    );
    expect(delivery).toEqual({ kind: "not-sent", attempts: [] });
    expect(events).toEqual([]);
    await clock.sleep(24 * 60 * minute);
    expect(server.journal.connections).toHaveLength(0);
  });
});
