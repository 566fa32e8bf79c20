import type { Socket } from "node:net";
import { beforeAll, describe, expect, it, test } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { gist, listen, meet, ok, senderTo, sessionId, stall, testClock } from "./wire.test.kit.js";

const hint = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n";
const go = "HTTP/1.1 100 Continue\r\n\r\n";
const created = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nhi";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

describe("interim answers are ignored", () => {
  test.each([
    ["100", go],
    ["102", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["103", hint],
    ["199 without a reason", "HTTP/1.1 199 \r\n\r\n"],
    ["of HTTP/1.0", "HTTP/1.0 100 Continue\r\n\r\n"],
    ["with a length, which does not count", "HTTP/1.1 102 P\r\nContent-Length: 5\r\n\r\n"],
    ["with bare line feeds", "HTTP/1.1 100 Continue\nX: 1\n\n"],
    ["several", go + hint + hint + go],
  ])("%s", async (_, interim) => {
    const { attempt } = await meet(interim + created);
    expect(attempt.response).toMatchObject({ status: 201, statusText: "Created", bodyEnd: "complete" });
    expect(attempt.response?.headers).toEqual([["Content-Length", "2"]]);
    expect(attempt.response?.body.toString()).toBe("hi");
  });

  it("in packets of their own", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      for (const part of [go, hint, created]) {
        socket.write(part);
        await stall(clock, request, 1000);
      }
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 201");
    expect(attempt.timings.headersMs).toBe(2000);
  });

  it("byte by byte, whatever the borders of the packets", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      for (const byte of go + hint + created) {
        socket.write(byte);
        await stall(clock, request, 1);
      }
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 201");
    expect(attempt.response?.statusText).toBe("Created");
    expect(attempt.response?.body.toString()).toBe("hi");
  });

  it("over TLS", async () => {
    const { attempt } = await meet(go + hint + created, {
      tls: await ca.issue({ hosts: ["127.0.0.1"] }),
      sender: { network: { ca: [ca.certificatePem] } },
    });
    expect(gist(attempt.outcome)).toBe("acknowledged 201");
  });

  it("before each answer on a kept connection", async () => {
    const clock = testClock();
    const server = await listen(go + created, { clock });
    const sender = senderTo(server, { clock });
    const connection = sender.connection();
    for (let count = 0; count < 3; count += 1) {
      const { outcome } = await sender.attempt(sender.callback(sessionId), { connection });
      expect(gist(outcome)).toBe("acknowledged 201");
    }
    expect(connection.opened).toBe(1);
    connection.close();
  });
});

describe("an interim answer is no acknowledgement", () => {
  test.each([
    ["100 and then nothing", go],
    ["half a head", "HTTP/1.1 100 Continue\r\nX: "],
    ["half a status line", "HTTP/1.1 1"],
  ])("%s ends at the deadline", async (_, bytes) => {
    const { attempt } = await meet(async (socket, request, clock) => {
      socket.write(bytes);
      await stall(clock, request, 60_000);
    });
    expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
    expect(attempt.timings.endMs).toBe(20_000);
  });

  test.each([
    ["nothing", ""],
    ["an answer, as if it had been an interim one", created],
    ["another protocol", "\x00\x00\x00\x04\x00"],
  ])("101 is a switch that nobody asked for, and a failed attempt, whatever comes behind it: %s", async (_, behind) => {
    const { attempt } = await meet(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n${behind}`,
    );
    expect(gist(attempt.outcome)).toBe("status headers 101");
    expect(attempt.response).toMatchObject({ status: 101, body: Buffer.alloc(0), oddities: [] });
  });

  it("one and then the end of the connection is a closed connection", async () => {
    const { attempt } = await meet((socket) => void socket.end(go));
    expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
  });

  test.each([
    ["HTTP/1.1 1 Short\r\n\r\n"],
    ["HTTP/1.1 10\r\n\r\n"],
    ["HTTP/1.1 1000 Long\r\n\r\n"],
    ["HTTP/1.1 1xx Continue\r\n\r\n"],
    ["HTTP/11.1 100 Continue\r\n\r\n"],
  ])("%j is none, but malformed", async (bytes) => {
    const { attempt } = await meet(bytes + ok);
    expect(attempt.outcome).toMatchObject({ kind: "failed", reason: "protocol", phase: "headers" });
  });
});

describe("interim answers without end", () => {
  it("end at the deadline", async () => {
    const { attempt } = await meet(async (socket, request, clock) => {
      while (!socket.destroyed) {
        socket.write(hint);
        await stall(clock, request, 1000);
      }
    });
    expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
    expect(attempt.timings.endMs).toBe(20_000);
  });

  test.each([
    ["many", hint.repeat(100)],
    ["in one head", "X".repeat(4096)],
  ])("%s, as fast as they go, are cut off", async (_, bytes) => {
    let sent = 0;
    const { attempt } = await meet((socket) => {
      socket.write("HTTP/1.1 102 Processing\r\nX-Flood: ");
      const flood = (): void => {
        while (!socket.destroyed && socket.write(bytes)) sent += bytes.length;
      };
      socket.on("drain", flood);
      flood();
    });
    expect(gist(attempt.outcome)).toBe("protocol headers HEADERS_OVERFLOW");
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });
});

it("passes a final status line in one piece, however it came", async () => {
  const { attempt } = await meet(async (socket, request, clock) => {
    for (const part of ["HTT", "P/1.1 20", "0 All", " is well\r", "\nContent-Length: 0\r\n\r\n"]) {
      socket.write(part);
      await stall(clock, request, 1);
    }
  });
  expect(attempt.response?.statusText).toBe("All is well");
});

it("leaves an answer alone that looks like an interim one in its body", async () => {
  const body = go + hint;
  const answer = (socket: Socket) =>
    void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  const server = await listen(answer);
  const sender = senderTo(server);
  const connection = sender.connection();
  for (let count = 0; count < 2; count += 1) {
    const { response } = await sender.attempt(sender.callback(sessionId), { connection });
    expect(response?.body.toString()).toBe(body);
  }
  connection.close();
});
