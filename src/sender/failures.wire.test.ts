import type { Socket } from "node:net";
import { beforeAll, describe, expect, it, test } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { gist, host, listen, meet, routed, senderTo, sessionId, stall, testClock } from "./wire.test.kit.js";
import { freePort } from "../receivers/free-port.test.kit.js";

const half = "HTTP/1.1 200 OK\r\nContent-Le";
const body = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

/** One attempt at a place where there is no server of ours. */
async function attemptAt(url: string, network: object = {}) {
  const clock = testClock();
  const sender = senderTo({ origin: "" }, { url, clock, network });
  const attempt = await sender.attempt(sender.callback(sessionId));
  expect(clock.holdsOut()).toBe(0);
  expect(clock.pendingTimers()).toBe(0);
  return attempt;
}

const failing = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));

describe("a connection that cannot be made", () => {
  it("is refused", async () => {
    const { outcome } = await attemptAt(`http://127.0.0.1:${await freePort()}/`);
    expect(outcome).toEqual({
      kind: "failed",
      reason: "connect",
      phase: "connect",
      code: "ECONNREFUSED",
      message: "no connection could be made (ECONNREFUSED)",
    });
  });

  it("is refused over TLS just so", async () => {
    const { outcome } = await attemptAt(`https://127.0.0.1:${await freePort()}/`);
    expect(gist(outcome)).toBe("connect connect ECONNREFUSED");
  });

  it.each(["ENOTFOUND", "EAI_AGAIN", "ESERVFAIL", "ETIMEOUT", "ECONNREFUSED"])("has no address: %s", async (code) => {
    const { outcome, timings } = await attemptAt(`https://${host}/`, { resolve: failing(code) });
    expect(outcome).toEqual({
      kind: "failed",
      reason: "dns",
      phase: "dns",
      code,
      message: `the name could not be resolved (${code})`,
    });
    expect(timings.connectedMs).toBeNull();
  });

  it("has no address when the resolver gives none", async () => {
    const { outcome } = await attemptAt(`https://${host}/`, { resolve: async () => [] });
    expect(gist(outcome)).toBe("dns dns ENODATA");
  });

  it("has no address when what the resolver gives is none", async () => {
    const { outcome } = await attemptAt(`https://${host}/`, { resolve: async () => ["127.0.0.1", "nonsense"] });
    expect(gist(outcome)).toBe("dns dns UNKNOWN");
  });

  it("has no way there when the route says none", async () => {
    const route = () => {
      throw new Error("no way");
    };
    const { outcome } = await attemptAt(`https://${host}/`, { route });
    expect(gist(outcome)).toBe("dns dns UNKNOWN");
  });

  it("leads to a network that this machine has no way to", async () => {
    const { outcome } = await attemptAt(`http://${host}/`, { resolve: async () => ["255.255.255.255"] });
    expect(outcome).toMatchObject({ reason: "connect", phase: "connect" });
  });
});

type Ending = (socket: Socket) => void;
const reset: Ending = (socket) => void socket.resetAndDestroy();
const fin: Ending = (socket) => void socket.end();

/** So that the sender reads what was written before the connection ends. */
const afterReading = (bytes: string, ending: Ending) =>
  meet(async (socket, request, clock) => {
    socket.write(bytes);
    await stall(clock, request, 1);
    ending(socket);
  });

describe("a connection that is lost", () => {
  test.each([
    ["reset", reset, "ECONNRESET"],
    ["closed", fin, "CLOSED"],
  ])("before the request was read: %s", async (how, ending, code) => {
    const { attempt } = await meet(() => {}, { accept: (socket) => socket.once("readable", () => ending(socket)) });
    expect(gist(attempt.outcome)).toBe(`reset headers ${code}`);
    expect(attempt.outcome).toMatchObject({ message: `the connection was ${how} without a complete answer (${code})` });
  });

  test.each([
    ["reset", reset],
    ["closed", fin],
  ])("as soon as it is accepted: %s", async (_, ending) => {
    const { attempt } = await meet(() => {}, { accept: ending });
    // Whether the sender had written by then is a matter of luck, and so is what the system calls it.
    expect(gist(attempt.outcome)).toMatch(/^reset (connect|headers) (ECONNRESET|EPIPE|CLOSED)$/);
  });

  test.each([
    ["reset", reset, "ECONNRESET"],
    ["closed", fin, "CLOSED"],
  ])("after the request: %s", async (_, ending, code) => {
    expect(gist((await meet(ending)).attempt.outcome)).toBe(`reset headers ${code}`);
  });

  test.each([
    ["reset", reset, "ECONNRESET"],
    ["closed", fin, "CLOSED"],
  ])("in the answer's headers: %s", async (_, ending, code) => {
    const { attempt } = await afterReading(half, ending);
    expect(gist(attempt.outcome)).toBe(`reset headers ${code}`);
    expect(attempt.response).toBeNull();
  });

  test.each([
    ["reset", reset],
    ["closed", fin],
  ])("in the answer's body, which takes no acknowledgement back: %s", async (_, ending) => {
    const { attempt } = await afterReading(body, ending);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(attempt.response).toMatchObject({ body: Buffer.from("abc"), bodyEnd: "broken" });
  });

  test.each([
    ["reset", reset],
    ["closed", fin],
  ])("in the middle of a chunk: %s", async (_, ending) => {
    const { attempt } = await afterReading("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", ending);
    expect(attempt.response).toMatchObject({ status: 200, body: Buffer.from("abc"), bodyEnd: "broken" });
  });

  test.each([
    ["reset", reset],
    ["closed", fin],
  ])("after a whole answer, which counts: %s", async (_, ending) => {
    const { attempt } = await afterReading("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", ending);
    expect(attempt.response).toMatchObject({ body: Buffer.from("hi"), bodyEnd: "complete" });
  });

  it("after a whole answer, in the same breath", async () => {
    const { attempt } = await meet((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", () => socket.resetAndDestroy());
    });
    expect(attempt.response).toMatchObject({ status: 200, bodyEnd: "complete" });
  });

  test.each([
    ["reset", reset, "ECONNRESET"],
    ["closed", fin, "CLOSED"],
  ])("over TLS, after the request: %s", async (_, ending, code) => {
    const { attempt } = await meet(ending, {
      tls: await ca.issue({ hosts: ["127.0.0.1"] }),
      sender: { network: { ca: [ca.certificatePem] } },
    });
    expect(gist(attempt.outcome)).toBe(`reset headers ${code}`);
  });
});

describe("an answer that comes before its time", () => {
  const early = "HTTP/1.1 401 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";

  it("counts, though the request was not read", async () => {
    const { attempt } = await meet(() => {}, { accept: (socket) => void socket.end(early) });
    expect(gist(attempt.outcome)).toBe("status headers 401");
    expect(attempt.response).toMatchObject({ bodyEnd: "complete", body: Buffer.from("no") });
  });

  it("counts over TLS", async () => {
    const tls = await ca.issue({ hosts: [host] });
    const server = await listen((socket) => void socket.end(early), { tls });
    const sender = senderTo(server, {
      url: `https://${host}/`,
      network: { ...routed(server.port), ca: [ca.certificatePem] },
    });
    expect(gist((await sender.attempt(sender.callback(sessionId))).outcome)).toBe("status headers 401");
  });
});
