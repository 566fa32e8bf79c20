import { describe, expect, it } from "vitest";
import type { VirtualClock } from "../clock/virtual-clock.js";
import type { DeliveryEvent } from "./delivery.js";
import { gist, inTurn, listen, ok, senderTo, sessionId, stall, testClock } from "./wire.test.kit.js";

const no = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";
const minute = 60_000;
const documented = [0, 1, 3, 8, 23, 53].map((minutes) => minutes * minute);

/** One line an event. */
function line(event: DeliveryEvent): string {
  switch (event.kind) {
    case "attempt-started":
      return `${event.sessionId} ${event.number} started at ${event.offsetMs}`;
    case "attempt-ended":
      return `${event.sessionId} ${event.attempt.number} ended: ${gist(event.attempt.outcome)}`;
    case "retry-due":
      return `${event.sessionId} ${event.number} due at ${event.dueOffsetMs}, in ${event.delayMs}`;
    case "acknowledged":
      return `${event.sessionId} acknowledged by ${event.attempt.number}`;
    case "abandoned":
      return `${event.sessionId} abandoned after ${event.attempts}`;
  }
}

it("tells its events in order, as they happen", async () => {
  const clock = testClock();
  const server = await listen(inTurn(no, ok), { clock });
  const startedAt = clock.now();
  const events: string[] = [];
  await senderTo(server, { clock }).deliver(
    { sessionId: "s1" },
    { on: (event) => events.push(`${clock.now() - startedAt}: ${line(event)}`) },
  );
  expect(events).toEqual([
    "0: s1 1 started at 0",
    "0: s1 1 ended: status headers 503",
    "0: s1 2 due at 60000, in 60000",
    "60000: s1 2 started at 60000",
    "60000: s1 2 ended: acknowledged 200",
    "60000: s1 acknowledged by 2",
  ]);
});

it("tells when it gives up", async () => {
  const clock = testClock();
  const server = await listen(no, { clock });
  const events: string[] = [];
  await senderTo(server, { clock }).deliver({ sessionId: "s1" }, { on: (event) => events.push(line(event)) });
  expect(events).toHaveLength(6 + 6 + 5 + 1);
  expect(events.slice(-2)).toEqual(["s1 6 ended: status headers 503", "s1 abandoned after 6"]);
});

describe("a delivery that is aborted rejects with the reason, and sends nothing more", () => {
  const reason = new Error("enough");

  it("in the middle of a wait", async () => {
    const clock = testClock();
    const server = await listen(no, { clock });
    const abort = new AbortController();
    const startedAt = clock.now();
    clock.timer(2 * minute, () => abort.abort(reason));
    await expect(senderTo(server, { clock }).deliver({ sessionId }, { signal: abort.signal })).rejects.toBe(reason);
    expect(clock.now() - startedAt).toBe(2 * minute);
    expect(server.journal.requests).toHaveLength(2);
    expect(clock.pendingTimers()).toBe(0);
    await clock.sleep(24 * 60 * minute);
    expect(server.journal.requests).toHaveLength(2);
  });

  it("in the middle of an attempt, whose connection it closes", async () => {
    const clock = testClock();
    const abort = new AbortController();
    const server = await listen(() => abort.abort(reason), { clock });
    const events: string[] = [];
    const sender = senderTo(server, { clock });
    const delivery = sender.deliver({ sessionId }, { signal: abort.signal, on: (event) => events.push(line(event)) });
    await expect(delivery).rejects.toBe(reason);
    await server.gone();
    expect(events).toEqual([`${sessionId} 1 started at 0`]);
    expect(clock.holdsOut()).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("while a name is looked up", async () => {
    const clock = testClock();
    const abort = new AbortController();
    const resolve = () => {
      abort.abort(reason);
      return new Promise<string[]>(() => {});
    };
    const sender = senderTo({ origin: "https://hooks.example.com" }, { clock, network: { resolve } });
    await expect(sender.deliver({ sessionId }, { signal: abort.signal })).rejects.toBe(reason);
    expect(clock.holdsOut()).toBe(0);
  });

  it("before it began", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const signal = AbortSignal.abort(reason);
    await expect(senderTo(server, { clock }).deliver({ sessionId }, { signal })).rejects.toBe(reason);
    expect(server.journal.connections).toHaveLength(0);
  });
});

/** Deliveries that start a second apart, each with its own mixture of answers. */
async function interleaved(clock: VirtualClock): Promise<{ requests: string[]; events: string[] }> {
  const server = await listen(
    async (socket, request) => {
      const session = Number(request.headers.find(([name]) => name === "X-Scriptix-Session")?.[1]?.slice(1));
      const attempt = arrivals.filter((each) => each === session).length + 1;
      arrivals.push(session);
      if ((session + attempt) % 3 === 0) await stall(clock, request, 30_000);
      else if (attempt > session % 7) socket.write(ok);
      else socket.write(no);
    },
    { clock },
  );
  const arrivals: number[] = [];
  const startedAt = clock.now();
  const events: string[] = [];
  const sender = senderTo(server, { clock });
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      await clock.sleep(index * 1000);
      await sender.deliver(
        { sessionId: `s${index}` },
        { on: (event) => events.push(`${clock.now()}: ${line(event)}`) },
      );
    }),
  );
  const requests = server.journal.requests.map(
    ({ headers, startedAt: at }) => `${at - startedAt} ${headers.find(([name]) => name === "X-Scriptix-Session")?.[1]}`,
  );
  return { requests, events };
}

it("keeps several deliveries on one clock in the same order twice over", async () => {
  const first = await interleaved(testClock());
  const second = await interleaved(testClock());
  expect(second).toEqual(first);
  expect(first.requests.length).toBeGreaterThan(30);
  // Those of one session keep to the schedule, whatever goes on beside it.
  for (let session = 0; session < 12; session += 1) {
    const own = first.requests
      .filter((request) => request.endsWith(` s${session}`))
      .map((each) => Number.parseInt(each));
    expect(own).toEqual(documented.slice(0, own.length).map((offsetMs) => offsetMs + session * 1000));
  }
});

it("starts what is due at one moment in the order in which it was set", async () => {
  const clock = testClock();
  const server = await listen(no, { clock });
  const sender = senderTo(server, { clock });
  const started: string[] = [];
  const due = ["a", "b", "c", "d"];
  await Promise.all(
    due.map(async (id) => {
      // Due at the same moment, and so one after the other: an attempt holds the clock.
      await clock.sleep(1000);
      await sender.deliver(
        { sessionId: id },
        {
          on: (event) => {
            if (event.kind === "attempt-started") started.push(`${id}${event.number}`);
          },
        },
      );
    }),
  );
  expect(started).toEqual([1, 2, 3, 4, 5, 6].flatMap((number) => due.map((id) => `${id}${number}`)));
});
