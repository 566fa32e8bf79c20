import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { systemClock } from "../../clock/system-clock.js";
import type { LentHold, VirtualClock } from "../../clock/virtual-clock.js";
import type { FromApp, ToAppContent } from "./messages.js";

/** What the app's end of a connection does. */
type AppEnd = Extract<FromApp, { readonly connection: number }>;

export interface Bridge {
  readonly port: number;
  /** What the app does with a connection is done to its real end. */
  carry(message: AppEnd): void;
  /** The app is gone: connections are reset, and no more are taken. */
  collapse(): void;
  close(): Promise<void>;
}

/** Real sockets on loopback, of which an app in another thread has the other end. */
export async function createBridge(clock: VirtualClock, post: (message: ToAppContent) => void): Promise<Bridge> {
  const spans = new Map<number, Span>();
  let count = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    count += 1;
    const number = count;
    const span = new Span(number, socket, clock, post);
    spans.set(number, span);
    socket.once("close", () => spans.delete(number));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    carry: (message) => spans.get(message.connection)?.carry(message),
    collapse() {
      server.close();
      for (const span of spans.values()) span.reset();
    },
    async close() {
      const closed = server.listening ? once(server, "close") : null;
      if (closed !== null) server.close();
      for (const span of spans.values()) span.destroy();
      await closed;
    },
  };
}

/**
 * Rests of a millisecond, in each of which the event loop turns: more than enough for the sender to read what it was sent
 * and to end its attempt, should that have been all.
 */
const restsAfterWriting = 5;

/** One connection. While the app owes the sender an answer, the sender's attempt does not keep time from moving. */
class Span {
  readonly #socket: Socket;
  readonly #clock: VirtualClock;
  readonly #senderPort: number;
  #lent: LentHold | null = null;
  readonly #written: () => void;
  /** What is being done to the socket, one after the other. */
  #doing: Promise<void> = Promise.resolve();
  #carried = 0;

  constructor(connection: number, socket: Socket, clock: VirtualClock, post: (message: ToAppContent) => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#senderPort = socket.remotePort ?? 0;
    post({ kind: "open", connection });
    socket.on("data", (bytes: Buffer) => {
      post({ kind: "bytes", connection, bytes: new Uint8Array(bytes) });
      this.#lend();
    });
    socket.once("end", () => post({ kind: "end", connection }));
    let reset = false;
    socket.on("error", () => (reset = true));
    socket.once("close", () => {
      post({ kind: "closed", connection, reset });
      this.#takeBack();
    });
    this.#written = () => post({ kind: "written", connection });
  }

  carry(message: AppEnd): void {
    this.#takeBack();
    this.#carried += 1;
    this.#doing = this.#doing.then(() => this.#do(message));
  }

  reset(): void {
    this.#takeBack();
    this.#socket.resetAndDestroy();
  }

  destroy(): void {
    this.#takeBack();
    this.#socket.destroy();
  }

  async #do(message: AppEnd): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed) return;
    switch (message.kind) {
      case "bytes":
        await new Promise<void>((resolve) => {
          socket.write(message.bytes, () => resolve());
        });
        this.#written();
        return void this.#lendAgain();
      case "end":
        socket.end();
        return void this.#lendAgain();
      case "destroy":
        return this.destroy();
      case "reset":
        // A sender that finds a reset together with bytes takes it for an ordinary end, so it is given time to read them.
        await systemClock.sleep(0);
        return this.reset();
    }
  }

  /** Where the sender still waits for more, after what it was sent last. */
  async #lendAgain(): Promise<void> {
    const carried = this.#carried;
    for (let rest = 0; rest < restsAfterWriting; rest += 1) {
      await systemClock.sleep(0);
      if (this.#carried !== carried) return;
    }
    this.#lend();
  }

  #lend(): void {
    if (!this.#socket.destroyed) this.#lent ??= this.#clock.lend(this.#senderPort);
  }

  #takeBack(): void {
    this.#lent?.takeBack();
    this.#lent = null;
  }
}
