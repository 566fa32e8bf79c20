import { describe, expect, it, test } from "vitest";
import { signed } from "../contract/signed.js";
import { gist, listen, meet, ok, senderTo, sessionId, stall, testClock } from "./wire.test.kit.js";

test("an attempt ends with the headers where that is asked for", async () => {
  const endless = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
  const { attempt } = await meet(endless, { attempt: { stopAtHeaders: true } });
  expect(gist(attempt.outcome)).toBe("acknowledged 200");
  expect(attempt.response?.bodyEnd).toBe("late");
  expect(attempt.timings.endMs).toBe(0);
});

test("a fault is played on a connection of its own, also where connections are kept", async () => {
  const server = await listen(ok);
  const sender = senderTo(server, { pooledConnections: 1 });
  const attempt = await sender.attempt(sender.callback(sessionId), { fault: { resetAtAnswer: true } });
  expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
});

describe("an attempt between two clocks", () => {
  it("holds both, and lets both go", async () => {
    const [clock, deadlineClock] = [testClock(), testClock()];
    let held: readonly number[] = [];
    const server = await listen((socket) => {
      held = [clock.holdsOut(), deadlineClock.holdsOut()];
      socket.write(ok);
    });
    const sender = senderTo(server, { clock, deadlineClock });
    await sender.attempt(sender.callback(sessionId));
    expect(held).toEqual([1, 1]);
    expect([clock.holdsOut(), deadlineClock.holdsOut()]).toEqual([0, 0]);
  });

  it.each(["schedule", "deadline"] as const)("lets a receiver wait on that of the %s", async (which) => {
    const clocks = { schedule: testClock(), deadline: testClock() };
    const shared = clocks[which];
    const server = await listen(
      async (socket, request) => {
        await stall(shared, request, 1000);
        socket.write(ok);
      },
      { clock: shared },
    );
    const sender = senderTo(server, { clock: clocks.schedule, deadlineClock: clocks.deadline });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("acknowledged 200");
  });
});

test.each(["succeeded", "failed"] as const)(
  "a job that %s is told of as such, where its contract has both told",
  async (status) => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const sender = senderTo(server, { clock, contract: signed, secret: "s3cret-that-both-know" });
    await sender.deliver({ sessionId, status });
    const { data } = JSON.parse(server.journal.requests[0]?.body.toString() ?? "") as { data: { status: string } };
    expect(data.status === "completed").toBe(status === "succeeded");
    expect(server.journal.requests).toHaveLength(1);
  },
);
