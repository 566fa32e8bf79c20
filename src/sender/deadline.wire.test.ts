import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { beforeAll, describe, expect, it, onTestFinished, test } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { batch } from "../contract/batch.js";
import {
  gist,
  host,
  listen,
  manualClock,
  meet,
  ok,
  routed,
  senderTo,
  sessionId,
  stall,
  testClock,
} from "./wire.test.kit.js";

const no = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

/** Takes the connections that its backlog has room for and no more: its process does nothing but listen. */
async function fullListener(): Promise<number> {
  const listening = `require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () {
    require("node:fs").writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  })`;
  const child = spawn(process.execPath, ["-e", listening]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  const port = Number(printed.toString());
  const fillers = Array.from({ length: 16 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  onTestFinished(() => fillers.forEach((filler) => filler.destroy()));
  await once(fillers[0]!, "connect");
  return port;
}

/** An answer that comes so late after the request. */
const after = (ms: number, bytes: string) =>
  meet(async (socket, request, clock) => {
    await stall(clock, request, ms);
    socket.write(bytes);
  });

describe("the deadline is exact", () => {
  test.each([0, 1, 19_900, 19_999])("a 2XX after %i ms acknowledges", async (ms) => {
    const { attempt } = await after(ms, ok);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.timings).toMatchObject({ headersMs: ms, endMs: ms });
  });

  test.each([20_000, 20_001, 25_000])("a 2XX after %i ms does not", async (ms) => {
    const { attempt } = await after(ms, ok);
    expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
    expect(attempt.response).toBeNull();
    expect(attempt.timings).toEqual({ connectedMs: 0, headersMs: null, endMs: 20_000 });
  });

  it("is the contract's", async () => {
    const contract = { ...batch, response: { ...batch.response, deadlineMs: 7000 } };
    const { attempt } = await meet((_socket, request, clock) => stall(clock, request, 7000), { sender: { contract } });
    expect(attempt.outcome).toMatchObject({
      reason: "timeout",
      message: "no complete status line and headers came within 7 seconds",
    });
    expect(attempt.timings.endMs).toBe(7000);
  });

  it("counts for an answer that is no 2XX as well", async () => {
    expect(gist((await after(19_999, no)).attempt.outcome)).toBe("status headers 500");
    expect(gist((await after(20_000, no)).attempt.outcome)).toBe("timeout headers TIMEOUT");
  });
});

describe("the deadline spans everything up to the headers", () => {
  it("DNS: a resolver that never answers", async () => {
    const { clock, jump } = manualClock();
    const network = { resolve: () => new Promise<string[]>(() => {}) };
    const sender = senderTo({ origin: `https://${host}` }, { clock, network });
    const attempt = sender.attempt(sender.callback(sessionId));
    jump(20_000);
    expect(gist((await attempt).outcome)).toBe("timeout dns TIMEOUT");
    expect((await attempt).timings).toEqual({ connectedMs: null, headersMs: null, endMs: 20_000 });
  });

  it("connecting: a listener whose backlog is full", async () => {
    const { clock, jump } = manualClock();
    const port = await fullListener();
    const sender = senderTo({ origin: `http://127.0.0.1:${port}` }, { clock });
    const attempt = sender.attempt(sender.callback(sessionId));
    jump(20_000);
    expect(gist((await attempt).outcome)).toBe("timeout connect TIMEOUT");
    expect((await attempt).timings.connectedMs).toBeNull();
  });

  it("TLS: a server that accepts the connection and says nothing", async () => {
    const { clock, jump } = manualClock();
    const server = await listen(ok, { accept: (socket) => socket.once("data", () => jump(20_000)) });
    const sender = senderTo(server, { url: `https://${host}/`, clock, network: routed(server.port) });
    const { outcome } = await sender.attempt(sender.callback(sessionId));
    expect(gist(outcome)).toBe("timeout tls TIMEOUT");
    await server.gone();
  });

  test.each([
    [5999, "acknowledged 200"],
    [6000, "timeout headers TIMEOUT"],
  ])("all of them share it: 7 s for DNS, 7 s for TLS, %i ms for the answer", async (answerMs, outcome) => {
    const { clock, jump } = manualClock();
    const tls = await ca.issue({ hosts: [host] });
    const server = await listen(
      (socket) => {
        jump(answerMs);
        socket.write(ok);
      },
      { tls, accept: () => jump(7000) },
    );
    const network = {
      route: () => ({ host, port: server.port }),
      resolve: async () => {
        jump(7000);
        return ["127.0.0.1"];
      },
      ca: [ca.certificatePem],
    };
    const sender = senderTo(server, { url: `https://${host}/`, clock, network });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe(outcome);
  });

  it("headers that dribble past it", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Dribble: ");
      while (!socket.destroyed) {
        socket.write("x");
        await stall(clock, request, 900);
      }
    });
    expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
    expect(attempt.timings.endMs).toBe(20_000);
  });

  it("but not headers that dribble up to it", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      for (const byte of "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 0\r\n\r\n") {
        socket.write(byte);
        await stall(clock, request, 400);
      }
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.timings.headersMs).toBe(17_200);
  });
});

it("runs on a clock of its own where there is one, while the schedule's time stands still", async () => {
  const schedule = testClock();
  const { clock, jump } = manualClock();
  const server = await listen(() => {});
  const sender = senderTo(server, { clock: schedule, deadlineClock: clock });
  const startedAt = schedule.now();
  schedule.timer(1000, () => {});
  const attempt = sender.attempt(sender.callback(sessionId));
  await server.requested;
  jump(20_000);
  expect(schedule.now()).toBe(startedAt);
  expect(gist((await attempt).outcome)).toBe("timeout headers TIMEOUT");
});

describe("a deadline's timer that a busy event loop kept waiting", () => {
  it("lets an answer count that is there already", async () => {
    const { clock, jump } = manualClock();
    const server = await listen(async (socket) => {
      // On its way before the deadline, and read by nobody until after it.
      socket.write(ok);
      jump(21_000);
    });
    const sender = senderTo(server, { clock });
    const attempt = await sender.attempt(sender.callback(sessionId));
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
  });

  it("is a timeout when there is none", async () => {
    const { clock, jump } = manualClock();
    const server = await listen(() => jump(21_000));
    const sender = senderTo(server, { clock });
    const attempt = await sender.attempt(sender.callback(sessionId));
    expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
    expect(attempt.timings.endMs).toBe(21_000);
  });

  it.each([
    ["when it is on time", 20_000],
    ["within what a timer is late by on an idle loop", 20_010],
  ])("gives nothing away %s", async (_when, ms) => {
    const { clock, jump } = manualClock();
    const server = await listen(async (socket) => {
      socket.write(ok);
      jump(ms);
    });
    const sender = senderTo(server, { clock });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("timeout headers TIMEOUT");
  });
});
