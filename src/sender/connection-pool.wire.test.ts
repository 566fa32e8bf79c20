import type { Socket } from "node:net";
import { expect, it } from "vitest";
import { gist, host, listen, manualClock, ok, senderTo, sessionId, testClock, turn } from "./wire.test.kit.js";

it("carries many attempts on few connections", async () => {
  const clock = testClock();
  const server = await listen(ok, { clock });
  const sender = senderTo(server, { clock, pooledConnections: 3 });
  const attempts = await Promise.all(Array.from({ length: 50 }, () => sender.attempt(sender.callback(sessionId))));
  expect(new Set(attempts.map(({ outcome }) => gist(outcome)))).toEqual(new Set(["acknowledged 200"]));
  expect(server.journal.requests).toHaveLength(50);
  expect(server.journal.connections).toHaveLength(3);
  await sender.close();
  await server.gone();
  expect(clock.holdsOut()).toBe(0);
  expect(clock.pendingTimers()).toBe(0);
});

it("carries the retries of a delivery on one connection, however much virtual time is between them", async () => {
  const clock = testClock();
  const server = await listen("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", { clock });
  await senderTo(server, { clock, pooledConnections: 1 }).deliver({ sessionId });
  expect(server.journal.requests).toHaveLength(6);
  expect(server.journal.connections).toHaveLength(1);
});

it("keeps the deadline while an attempt waits for a free connection", async () => {
  const { clock, jump } = manualClock();
  const server = await listen((socket) => {
    if (server.journal.requests.length > 1) socket.write(ok);
  });
  const sender = senderTo(server, { clock, pooledConnections: 1 });
  const send = async () => gist((await sender.attempt(sender.callback(sessionId))).outcome);
  const first = send();
  const waiting = send();
  await server.requested;
  jump(20_000);
  expect(await first).toBe("timeout headers TIMEOUT");
  expect(await waiting).toBe("timeout connect TIMEOUT");
  expect(await send()).toBe("acknowledged 200");
  expect(server.journal.requests).toHaveLength(2);
  expect(server.journal.connections).toHaveLength(2);
});

it("tells what was odd about an answer", async () => {
  const clock = testClock();
  const server = await listen("HTTP/1.1 200 OK\nContent-Length: 0\n\n", { clock });
  const sender = senderTo(server, { clock, pooledConnections: 1 });
  const { response } = await sender.attempt(sender.callback(sessionId));
  expect(response?.oddities).toEqual(["bare-line-feed"]);
});

it.each([
  ["that the receiver may close any moment is not used again", 2, 2],
  ["that the receiver keeps for longer is", 60, 1],
])("a connection %s", async (_what, seconds, connections) => {
  const clock = testClock();
  const announcing = `HTTP/1.1 200 OK\r\nKeep-Alive: timeout=${seconds}\r\nContent-Length: 0\r\n\r\n`;
  const server = await listen(announcing, { clock });
  const sender = senderTo(server, { clock, pooledConnections: 1 });
  for (let count = 0; count < 2; count += 1) await sender.attempt(sender.callback(sessionId));
  expect(server.journal.connections).toHaveLength(connections);
});

it("does not end other attempts with the one whose deadline has come", async () => {
  const { clock, jump } = manualClock();
  const sockets: Socket[] = [];
  let arrived = (): void => {};
  const both = new Promise<void>((done) => (arrived = done));
  const server = await listen((socket) => {
    if (sockets.push(socket) === 2) arrived();
  });
  const sender = senderTo(server, { clock, pooledConnections: 2 });
  const send = async () => gist((await sender.attempt(sender.callback(sessionId))).outcome);
  const first = send();
  await server.requested;
  jump(5000);
  const second = send();
  await both;
  jump(15_000);
  expect(await first).toBe("timeout headers TIMEOUT");
  sockets[1]?.write(ok);
  expect(await second).toBe("acknowledged 200");
});

it("gives up a connection that never opens, and makes room for another", async () => {
  const { clock, jump } = manualClock();
  const server = await listen(ok);
  let lookups = 0;
  const network = {
    route: () => ({ host, port: server.port }),
    resolve: async () => (lookups++ === 0 ? new Promise<string[]>(() => {}) : ["127.0.0.1"]),
  };
  const sender = senderTo(server, { clock, network, pooledConnections: 1 });
  const send = async () => gist((await sender.attempt(sender.callback(sessionId))).outcome);
  const first = send();
  jump(20_000);
  expect(await first).toBe("timeout dns TIMEOUT");
  expect(await send()).toBe("acknowledged 200");
});

it("names what went wrong with each attempt", async () => {
  const clock = testClock();
  const server = await listen((socket) => void socket.resetAndDestroy(), { clock });
  const sender = senderTo(server, { clock, pooledConnections: 2 });
  const attempts = await Promise.all(Array.from({ length: 6 }, () => sender.attempt(sender.callback(sessionId))));
  expect(attempts.map(({ outcome }) => gist(outcome))).toEqual(Array(6).fill("reset headers ECONNRESET"));
});

it("ends an attempt that is aborted, and no other", async () => {
  const { clock } = manualClock();
  const sockets: Socket[] = [];
  const abort = new AbortController();
  const server = await listen((socket) => {
    if (sockets.push(socket) === 2) abort.abort(new Error("enough"));
  });
  const sender = senderTo(server, { clock, pooledConnections: 2 });
  const kept = sender.attempt(sender.callback(sessionId));
  await server.requested;
  await expect(sender.attempt(sender.callback(sessionId), { signal: abort.signal })).rejects.toThrow("enough");
  sockets[0]?.write(ok);
  expect(gist((await kept).outcome)).toBe("acknowledged 200");
});

it("leaves nothing behind when it is closed, connections that are still opening and attempts that wait included", async () => {
  const { clock } = manualClock();
  const server = await listen(ok);
  const sender = senderTo(server, { url: `https://127.0.0.1:${server.port}/`, clock, pooledConnections: 2 });
  const attempts = [1, 2, 3].map(() => sender.attempt(sender.callback(sessionId)));
  const ended = Promise.allSettled(attempts);
  await server.connected;
  await turn();
  await sender.close();
  const reasons = (await ended).map((end) => (end.status === "rejected" ? String(end.reason) : end.status));
  expect(reasons).toEqual(Array(3).fill("Error: the connection was destroyed"));
  await server.gone();
});
