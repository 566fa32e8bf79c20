import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { selfSignedCertificate } from "../tls/certificates.js";
import { virtualClock } from "../clock/virtual-clock.js";
import { exchange, exchangeBytes } from "./exchange.test.kit.js";
import { createRecordingServer, type RecordingServer, type RecordingServerOptions } from "./recording-server.js";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const noContent = "HTTP/1.1 204 No Content\r\n\r\n";

async function start(options: Partial<RecordingServerOptions> = {}): Promise<RecordingServer> {
  const clock = options.clock ?? virtualClock();
  const server = await createRecordingServer({ clock, answer: (socket) => void socket.end(noContent), ...options });
  closers.push(() => server.close());
  return server;
}

describe("a recording server", () => {
  test("records every byte of a request as it came", async () => {
    const server = await start();
    const bytes = 'POST /a?b=%20c HTTP/1.1\r\nHost: x\r\nX-a:  1 \r\nx-A: 2\r\nContent-Length: 5\r\n\r\n{"\xff":';

    await exchangeBytes(server.port, Buffer.from(bytes, "latin1"));

    const [request] = server.journal.requests;
    expect(request?.raw.toString("latin1")).toBe(bytes);
    expect(request).toMatchObject({ method: "POST", target: "/a?b=%20c", version: "HTTP/1.1", number: 1 });
    expect(request?.headers).toEqual([
      ["Host", "x"],
      ["X-a", "1"],
      ["x-A", "2"],
      ["Content-Length", "5"],
    ]);
    expect(request?.body.toString("latin1")).toBe('{"\xff":');
  });

  test("joins the chunks of a chunked body, and keeps the raw framing", async () => {
    const server = await start();
    const head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    const framed = "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n";

    await exchangeBytes(server.port, head, framed);

    expect(server.journal.requests[0]?.body.toString()).toBe("abc0123456789");
    expect(server.journal.requests[0]?.raw.toString()).toBe(head + framed);
  });

  test("finds requests that arrive a byte at a time, and several in one packet", async () => {
    const server = await start({ answer: () => {} });
    const one = "POST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
    const two = "POST /2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.setNoDelay(true);

    for (const byte of one + two) {
      await new Promise((resolve) => socket.write(byte, resolve));
    }
    socket.end(one + two);
    await once(socket.resume(), "close");

    expect(server.journal.requests.map((request) => [request.target, request.number])).toEqual([
      ["/1", 1],
      ["/2", 2],
      ["/1", 3],
      ["/2", 4],
    ]);
    expect(server.journal.connections).toHaveLength(1);
  });

  test("answers one request at a time on a connection", async () => {
    const order: string[] = [];
    const clock = virtualClock();
    const server = await start({
      async answer(socket, { target }) {
        order.push(`begin ${target}`);
        await clock.sleep(1_000);
        order.push(`end ${target}`);
        if (target === "/2") socket.end(noContent);
      },
    });

    await exchangeBytes(server.port, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");

    expect(order).toEqual(["begin /1", "end /1", "begin /2", "end /2"]);
  });

  test("keeps what was cut off as the rest of the connection", async () => {
    const server = await start();
    const socket = connect(server.port, "127.0.0.1");
    socket.end("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{");
    await once(socket.resume(), "close");

    const [connection] = server.journal.connections;
    expect(server.journal.requests).toEqual([]);
    expect(connection?.rest.toString()).toMatch(/\r\n\r\n\{$/);
  });

  test("tells the time of the clock and the ports of the connection", async () => {
    const clock = virtualClock({ startAt: 1_000 });
    const server = await start({ clock });
    await clock.sleep(60_000);

    await exchange(`${server.origin}/`, { body: "{}" });

    const [connection] = server.journal.connections;
    expect(server.journal.requests[0]).toMatchObject({ startedAt: 61_000, completedAt: 61_000, connection });
    expect(connection).toMatchObject({ number: 1, openedAt: 61_000, localPort: server.port });
    expect(connection?.remotePort).toBeGreaterThan(0);
  });

  test("speaks TLS, and can reset a connection that does", async () => {
    const { key, cert } = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const server = await start({
      tls: { key, cert },
      answer(socket, { target }) {
        if (target === "/reset") socket.resetAndDestroy();
        else socket.end(noContent);
      },
    });

    await expect(exchange(`${server.origin}/`, { ca: cert })).resolves.toMatchObject({ status: 204 });
    const reset = exchange(`${server.origin}/reset`, { ca: cert });
    await expect(reset).rejects.toMatchObject({ code: "ECONNRESET", syscall: "read" });
  });

  test("records the error of a handshake that failed, and goes on", async () => {
    const { key, cert } = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const server = await start({ tls: { key, cert } });

    await expect(exchange(`${server.origin}/`)).rejects.toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    await exchangeBytes(server.port, "GET / HTTP/1.1\r\n\r\n").catch(() => {});

    expect(server.journal.connections[1]?.error).toMatch(/^ERR_SSL_/);
    await expect(exchange(`${server.origin}/`, { ca: cert })).resolves.toMatchObject({ status: 204 });
  });

  test("lets its caller drop a connection before TLS", async () => {
    const { key, cert } = await selfSignedCertificate({ hosts: ["127.0.0.1"] });
    const server = await start({ tls: { key, cert }, accept: (socket) => socket.resetAndDestroy() });
    const socket = connectTls({ port: server.port, host: "127.0.0.1", ca: cert });

    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];

    expect(error.code).toBe("ECONNRESET");
    expect(server.journal.connections).toHaveLength(1);
  });

  test("destroys open connections when it closes", async () => {
    const server = await start({ answer: () => {} });
    const socket = connect(server.port, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    const gone = new Promise((resolve) => socket.resume().once("close", resolve));

    closers.length = 0;

    await expect(server.close()).resolves.toBeUndefined();
    await gone;
  });

  test("rejects its close with what an answer threw", async () => {
    const server = await start({
      answer() {
        throw new Error("a mistake in the test");
      },
    });
    closers.length = 0;

    await expect(exchange(`${server.origin}/`)).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(server.close()).rejects.toThrow("a mistake in the test");
  });
});
