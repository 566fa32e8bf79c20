import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { virtualClock, type VirtualClock } from "./virtual-clock.js";

const deadlineMs = 15_000;

let clock: VirtualClock = virtualClock();
const open = new Set<Server | Socket>();

afterEach(async () => {
  clock.close();
  clock = virtualClock();
  for (const it of open) if ("destroy" in it) it.destroy();
  for (const it of open) if ("address" in it && "listening" in it) await new Promise((closed) => it.close(closed));
  open.clear();
});

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await turn();
}

async function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  open.add(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function client(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  open.add(socket);
  return socket;
}

/** Asks over the socket under a hold, as an attempt does, and tells what came first and when. */
async function attempt(socket: Socket): Promise<{ got: string; afterMs: number }> {
  const startedAt = clock.now();
  const hold = clock.hold();
  const got = await new Promise<string>((resolve) => {
    const deadline = clock.timer(deadlineMs, () => resolve("deadline"));
    socket.once("data", () => {
      deadline.cancel();
      resolve("reply");
    });
    const bind = (): void => hold.bind(socket.localPort ?? 0);
    if (socket.connecting) socket.once("connect", bind);
    else bind();
    socket.write("?");
  });
  hold.release();
  return { got, afterMs: clock.now() - startedAt };
}

test("a reply on loopback always beats a virtual deadline, however many turns it takes", async () => {
  const port = await serve((socket) => {
    socket.on("data", () => void turns(20).then(() => socket.write("!")));
  });
  for (let i = 0; i < 20; i += 1) {
    const socket = client(port);
    expect(await attempt(socket)).toEqual({ got: "reply", afterMs: 0 });
    socket.destroy();
  }
  expect(clock.pendingTimers()).toBe(0);
});

test.each([
  { stallMs: deadlineMs - 1, got: "reply", afterMs: deadlineMs - 1 },
  { stallMs: deadlineMs, got: "deadline", afterMs: deadlineMs },
])(
  "a server that stalls $stallMs ms meets the deadline to the millisecond: $got",
  async ({ stallMs, got, afterMs }) => {
    const port = await serve((socket) => {
      socket.on("data", () => {
        void clock.stall(socket.remotePort ?? 0, stallMs).then(async () => {
          await turns(5);
          socket.write("!");
        });
      });
    });
    expect(await attempt(client(port))).toEqual({ got, afterMs });
  },
);

test("a server may stall as soon as it sees the connection", async () => {
  const port = await serve((socket) => {
    void clock.stall(socket.remotePort ?? 0, 1000).then(() => socket.write("!"));
  });
  for (let i = 0; i < 20; i += 1) expect(await attempt(client(port))).toEqual({ got: "reply", afterMs: 1000 });
});

test("one connection carries several attempts, each with its own stall", async () => {
  const port = await serve((socket) => {
    socket.on("data", () => void clock.stall(socket.remotePort ?? 0, 1000).then(() => socket.write("!")));
  });
  const socket = client(port);
  for (let i = 0; i < 5; i += 1) expect(await attempt(socket)).toEqual({ got: "reply", afterMs: 1000 });
});
