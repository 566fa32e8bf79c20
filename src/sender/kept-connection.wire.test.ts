import type { Socket } from "node:net";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createCertificateAuthority, type CertificateAuthority } from "../tls/certificates.js";
import { gist, host, listen, manualClock, ok, senderTo, sessionId, stall, testClock, turn } from "./wire.test.kit.js";
import type { Sender } from "./sender.js";
import { requestHead } from "./wire-script.js";

let ca: CertificateAuthority;
beforeAll(async () => {
  ca = await createCertificateAuthority();
});

function keptConnection(sender: Sender) {
  const connection = sender.connection();
  onTestFinished(() => connection.close());
  const send = async () => gist((await sender.attempt(sender.callback(sessionId), { connection })).outcome);
  return { connection, send };
}

describe("without a kept connection", () => {
  it("each attempt has its own, closed when it ends", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const sender = senderTo(server, { clock });
    for (let count = 1; count <= 3; count += 1) {
      await sender.attempt(sender.callback(sessionId));
      await server.gone();
      expect(server.journal.connections).toHaveLength(count);
    }
  });
});

describe("a kept connection", () => {
  it("carries one attempt after the other, over TLS too", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock, tls: await ca.issue({ hosts: [host] }) });
    const network = { route: () => ({ host: "127.0.0.1", port: server.port }), ca: [ca.certificatePem] };
    const { connection, send } = keptConnection(senderTo(server, { url: `https://${host}/`, clock, network }));
    for (let count = 0; count < 5; count += 1) expect(await send()).toBe("acknowledged 200");
    expect(connection.opened).toBe(1);
    expect(server.journal.connections).toHaveLength(1);
    expect(server.journal.requests.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });

  it("is used for as long as the receiver keeps it, whatever it announces", async () => {
    const announcing = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n";
    const clock = testClock();
    const { connection, send } = keptConnection(senderTo(await listen(announcing, { clock }), { clock }));
    expect([await send(), await send()]).toEqual(["acknowledged 200", "acknowledged 200"]);
    expect(connection.opened).toBe(1);
  });

  it("lets a receiver stall on each of its attempts", async () => {
    const clock = testClock();
    const server = await listen(
      async (socket, request) => {
        await stall(clock, request, 19_999);
        socket.write(ok);
      },
      { clock },
    );
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    const startedAt = clock.now();
    for (let count = 1; count <= 3; count += 1) {
      expect(await send()).toBe("acknowledged 200");
      expect(clock.now() - startedAt).toBe(count * 19_999);
    }
    expect(connection.opened).toBe(1);
  });

  it("is opened again when the receiver closes it while idle", async () => {
    const clock = testClock();
    const open: Socket[] = [];
    const server = await listen(ok, { clock, accept: (socket) => open.push(socket) });
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    expect(connection.isOpen()).toBe(false);
    expect(await send()).toBe("acknowledged 200");
    expect(connection.isOpen()).toBe(true);
    open[0]?.end();
    await server.gone();
    expect(connection.isOpen()).toBe(false);
    expect(await send()).toBe("acknowledged 200");
    expect(connection.opened).toBe(2);
  });

  it("is opened again after an answer that announced its end", async () => {
    const clock = testClock();
    const server = await listen("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", { clock });
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    expect([await send(), await send()]).toEqual(["acknowledged 200", "acknowledged 200"]);
    expect(connection.opened).toBe(2);
  });

  it("is opened again after a timeout, a reset and a body without end", async () => {
    const clock = testClock();
    const answers: ((socket: Socket, stalled: (ms: number) => Promise<void>) => unknown)[] = [
      (_socket, stalled) => stalled(30_000),
      (socket) => socket.resetAndDestroy(),
      async (socket, stalled) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        await stalled(30_000);
      },
      (socket) => socket.write(ok),
    ];
    const server = await listen(
      async (socket, request) => {
        await answers[server.journal.requests.length - 1]?.(socket, (ms) => stall(clock, request, ms));
      },
      { clock },
    );
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    expect([await send(), await send(), await send(), await send()]).toEqual([
      "timeout headers TIMEOUT",
      "reset headers ECONNRESET",
      "acknowledged 200",
      "acknowledged 200",
    ]);
    expect(connection.opened).toBe(4);
  });

  it("does not take an answer that nobody asked for as that of the next attempt", async () => {
    const clock = testClock();
    const answers = [`${ok}HTTP/1.1 500 Stale\r\nContent-Length: 0\r\n\r\n`, ok];
    const server = await listen((socket) => void socket.write(answers.shift() ?? ok), { clock });
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    expect([await send(), await send()]).toEqual(["acknowledged 200", "acknowledged 200"]);
    expect(connection.opened).toBe(2);
  });

  it("is not stuck behind an attempt whose connection never opened", async () => {
    const { clock, jump } = manualClock();
    const server = await listen(ok);
    let lookups = 0;
    const network = {
      route: () => ({ host, port: server.port }),
      resolve: async () => (lookups++ === 0 ? new Promise<string[]>(() => {}) : ["127.0.0.1"]),
    };
    const { send } = keptConnection(senderTo(server, { clock, network }));
    const first = send();
    jump(20_000);
    expect(await first).toBe("timeout dns TIMEOUT");
    expect(await send()).toBe("acknowledged 200");
  });

  it("is not used for a request whose deadline has come before it is sent", async () => {
    const { clock, jump } = manualClock();
    const server = await listen(ok);
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    expect(await send()).toBe("acknowledged 200");
    const late = send();
    jump(20_000);
    expect(await late).toBe("timeout request TIMEOUT");
    expect([await send(), await send()]).toEqual(["acknowledged 200", "acknowledged 200"]);
    expect(connection.opened).toBe(2);
    expect(server.journal.requests).toHaveLength(3);
  });

  it("is left for a fresh one by what is not sent as a request", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const sender = senderTo(server, { clock });
    const { connection, send } = keptConnection(sender);
    expect(await send()).toBe("acknowledged 200");
    const request = sender.callback(sessionId);
    const script = [{ do: "send", bytes: requestHead({ ...request, headers: [] }, host, []) }] as const;
    const { outcome } = await sender.attempt(request, { connection, fault: { script } });
    expect(gist(outcome)).toBe("acknowledged 200");
    expect(connection.opened).toBe(2);
  });

  it("carries nothing once it is closed, be it that it never did", async () => {
    const clock = testClock();
    const server = await listen(ok, { clock });
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    connection.close();
    await expect(send()).rejects.toThrow("the connection was destroyed");
    expect(server.journal.connections).toHaveLength(0);
  });

  it("leaves nothing behind when it is closed, and fails what is under way", async () => {
    const clock = testClock();
    const server = await listen(() => connection.close(), { clock });
    const { connection, send } = keptConnection(senderTo(server, { clock }));
    await expect(send()).rejects.toThrow("destroyed");
    await server.gone();
    expect(clock.holdsOut()).toBe(0);
    expect(clock.pendingTimers()).toBe(0);
  });

  it("leaves nothing behind when it is closed while opening", async () => {
    const { clock } = manualClock();
    const server = await listen(ok);
    const sender = senderTo(server, { url: `https://127.0.0.1:${server.port}/`, clock });
    const { connection, send } = keptConnection(sender);
    const sent = send();
    await server.connected;
    await turn();
    connection.close();
    await expect(sent).rejects.toThrow("destroyed");
    await server.gone();
  });
});
