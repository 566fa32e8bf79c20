import type { Socket } from "node:net";
import { beforeAll, describe, expect, it, test } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { CallbackRequest } from "./attempt.js";
import { chunkedBody, requestHead, type WireStep } from "./wire-script.js";
import {
  gist,
  host,
  listen,
  ok,
  senderTo,
  sessionId,
  stall,
  testClock,
  type Answer,
  type ServerOptions,
} from "./wire.test.kit.js";

const go = "HTTP/1.1 100 Continue\r\n\r\n";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

/** One attempt with a fault, over TCP or TLS. */
async function meet(
  answer: Answer,
  fault: (request: CallbackRequest) => { script?: readonly WireStep[]; resetAtAnswer?: boolean },
  how: "tcp" | "tls" = "tcp",
  clock = testClock(),
) {
  const options: ServerOptions = how === "tls" ? { tls: await ca.issue({ hosts: [host] }) } : {};
  const server = await listen(answer, { ...options, clock });
  const sender = senderTo(server, {
    url: `${how === "tls" ? "https" : "http"}://${host}/hook`,
    clock,
    network: { route: () => ({ host: "127.0.0.1", port: server.port }), ca: [ca.certificatePem] },
  });
  const request = sender.callback(sessionId);
  const attempt = await sender.attempt(request, { fault: fault(request) });
  await server.gone();
  expect(clock.holdsOut()).toBe(0);
  return { attempt, server, request };
}

const length = (request: CallbackRequest) => `Content-Length: ${request.body.length}`;

describe.each(["tcp", "tls"] as const)("over %s", (how) => {
  describe("an acknowledgement that is lost", () => {
    it("is a reset for the sender, while the receiver has the whole request", async () => {
      const { attempt, server, request } = await meet(ok, () => ({ resetAtAnswer: true }), how);
      expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
      expect(attempt.response).toBeNull();
      expect(server.journal.requests).toHaveLength(1);
      expect(server.journal.requests[0]?.body.equals(request.body)).toBe(true);
      expect(server.journal.connections[0]).toMatchObject({ error: "ECONNRESET" });
    });

    it("is not lost at an interim answer already", async () => {
      const clock = testClock();
      let finished = false;
      const { attempt } = await meet(
        async (socket, request) => {
          socket.write(go);
          await stall(clock, request, 1000);
          finished = !socket.destroyed;
          socket.write(ok);
        },
        () => ({ resetAtAnswer: true }),
        how,
        clock,
      );
      expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
      expect(finished).toBe(true);
    });
  });

  describe("a script", () => {
    it("sends a chunked body", async () => {
      const { attempt, server, request } = await meet(
        ok,
        (request) => ({
          script: [
            { do: "send", bytes: requestHead(request, host, ["Transfer-Encoding: chunked"]) },
            { do: "send", bytes: chunkedBody(request.body) },
          ],
        }),
        how,
      );
      expect(gist(attempt.outcome)).toBe("acknowledged 200");
      const [arrived] = server.journal.requests;
      expect(arrived?.body.equals(request.body)).toBe(true);
      expect(arrived?.headers.slice(0, 3)).toEqual([
        ["Host", host],
        ["Transfer-Encoding", "chunked"],
        ["Content-Type", "application/json"],
      ]);
      expect(arrived?.headers.map(([name]) => name.toLowerCase())).not.toContain("content-length");
    });

    it("cuts the request in its body", async () => {
      const { attempt, server, request } = await meet(
        ok,
        (request) => ({
          script: [
            { do: "send", bytes: requestHead(request, host, [length(request)]) },
            { do: "send", bytes: request.body.subarray(0, 10) },
            { do: "close" },
          ],
        }),
        how,
      );
      expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
      expect(server.journal.requests).toHaveLength(0);
      expect(server.journal.connections[0]?.rest.toString()).toContain(
        `\r\n\r\n${request.body.toString().slice(0, 10)}`,
      );
    });

    it.each([
      ["ends the connection in good order", "close", null],
      ["resets the connection", "reset", "ECONNRESET"],
    ] as const)("%s", async (_what, ending, error) => {
      const { attempt, server } = await meet(
        ok,
        (request) => ({
          script: [
            { do: "send", bytes: requestHead(request, host, [length(request)]) },
            // Until the receiver has read it: a reset that it finds together with bytes looks like an end.
            { do: "await-answer", upToMs: 0 },
            { do: "await-answer", upToMs: 0 },
            { do: ending },
          ],
        }),
        how,
      );
      expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
      expect(server.journal.connections[0]).toMatchObject({ error });
    });
  });
});

describe("a script that waits for an answer before the body", () => {
  const waiting = (request: CallbackRequest, upToMs: number) => ({
    script: [
      { do: "send", bytes: requestHead(request, host, [length(request), "Expect: 100-continue"]) },
      { do: "await-answer", upToMs },
      { do: "send", bytes: request.body },
    ] satisfies WireStep[],
  });

  /** A receiver that acts on the head of a request already. */
  async function meetHead(onHead: (socket: Socket) => void, upToMs: number, clock: Clock) {
    const server = await listen(ok, { clock, accept: (socket) => void socket.once("data", () => onHead(socket)) });
    const sender = senderTo(server, { clock });
    const request = sender.callback(sessionId);
    const attempt = await sender.attempt(request, { fault: waiting(request, upToMs) });
    await server.gone();
    return { attempt, server };
  }

  // Wall time: these would take minutes if they did not see the answer.
  const minutes = 600_000;

  it("goes on at a 100", async () => {
    const { attempt, server } = await meetHead((socket) => socket.write(go), minutes, systemClock);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(server.journal.requests[0]?.headers).toContainEqual(["Expect", "100-continue"]);
    expect(server.journal.requests[0]?.body.toString()).toContain(sessionId);
  });

  it("ends with a final answer in place of a 100", async () => {
    const answer = "HTTP/1.1 417 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    const { attempt } = await meetHead((socket) => socket.end(answer), minutes, systemClock);
    expect(gist(attempt.outcome)).toBe("status headers 417");
  });

  it("ends when the receiver leaves", async () => {
    const { attempt } = await meetHead((socket) => socket.destroy(), minutes, systemClock);
    expect(gist(attempt.outcome)).toBe("reset headers CLOSED");
  });

  it("goes on when the time is up with a receiver that says nothing", async () => {
    const clock = testClock();
    const startedAt = clock.now();
    const { attempt, server } = await meetHead(() => {}, 1000, clock);
    expect(gist(attempt.outcome)).toBe("acknowledged 200");
    expect(clock.now() - startedAt).toBe(1000);
    expect(server.journal.requests[0]?.completedAt).toBe(startedAt + 1000);
  });
});

it("ends at the deadline with a script that a receiver does not read", async () => {
  const clock = testClock();
  const { attempt } = await meet(
    () => {},
    (request) => ({
      script: [
        { do: "send", bytes: requestHead(request, host, ["Content-Length: 100"]) },
        { do: "await-answer", upToMs: 60_000 },
      ],
    }),
    "tcp",
    clock,
  );
  expect(gist(attempt.outcome)).toBe("timeout headers TIMEOUT");
  expect(attempt.timings.endMs).toBe(20_000);
});

describe("a chunked body", () => {
  test.each([
    ["", "0\r\n\r\n"],
    ["a", "1\r\na\r\n0\r\n\r\n"],
    ["abc", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"],
    ["x".repeat(33), `11\r\n${"x".repeat(17)}\r\n10\r\n${"x".repeat(16)}\r\n0\r\n\r\n`],
  ])("of %j has at most two chunks", (body, chunks) => {
    expect(chunkedBody(Buffer.from(body)).toString()).toBe(chunks);
  });
});
