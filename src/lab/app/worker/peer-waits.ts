import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { Socket } from "node:net";
import { wallNow } from "./real-time.js";

/**
 * How long an answer is waited for before time goes on, so that a timeout of the app's own can fire: of HTTP, which does
 * owe an answer, and else. In milliseconds.
 */
const patienceMs = { exchange: 6000, socket: 2000 };

/** With a peer that has let that pass before: of HTTP, which does owe an answer, and else. In milliseconds. */
const impatienceMs: typeof patienceMs = { exchange: 500, socket: 100 };

/** What has begun to come in may come in pieces. In milliseconds. */
const pieceMs = 5;

/** An answer that is owed. */
interface Debt {
  readonly peer: string;
  readonly sinceMs: number;
}

interface Seen {
  readonly peer: string;
  /** Null while nothing was asked, or where nobody answers. */
  asked: { readonly sinceMs: number; readonly bytesRead: number } | null;
  bytesRead: number;
  readAtMs: number;
}

/** Node's own; all that a socket writes goes through it. */
interface Internals {
  connect: (this: Socket, ...args: unknown[]) => Socket;
  _writeGeneric: (this: Socket, ...args: unknown[]) => unknown;
}

/**
 * Sees what the app's own connections, to a database or the results API, wait for. Whoever was written to owes an answer,
 * but some never give one: each peer is waited for only so long.
 */
export class PeerWaits {
  readonly #sockets = new Map<Socket, Seen>();
  /** HTTP exchanges, by whatever stands for their request: a socket does not show that an answer is not at its end. */
  readonly #exchanges = new Map<object, Debt>();
  readonly #silent = new Set<string>();

  constructor() {
    this.#watchSockets();
    this.#watchExchanges();
  }

  any(): boolean {
    const now = wallNow();
    let any = false;
    for (const [socket, seen] of this.#sockets) if (this.#isAwaited(socket, seen, now)) any = true;
    for (const [request, debt] of this.#exchanges) {
      if (this.#isDue(debt, now, "exchange")) any = true;
      else {
        this.#exchanges.delete(request);
        this.#silent.add(debt.peer);
      }
    }
    return any;
  }

  #isAwaited(socket: Socket, seen: Seen, now: number): boolean {
    const { peer, asked } = seen;
    if (socket.bytesRead > seen.bytesRead) {
      seen.bytesRead = socket.bytesRead;
      seen.readAtMs = now;
      this.#silent.delete(peer);
    }
    if (asked === null || socket.bytesRead > asked.bytesRead) return now - seen.readAtMs < pieceMs;
    if (this.#isDue({ peer, sinceMs: asked.sinceMs }, now, "socket")) return true;
    this.#silent.add(peer);
    seen.asked = null;
    return false;
  }

  #isDue({ peer, sinceMs }: Debt, now: number, what: keyof typeof patienceMs): boolean {
    return now - sinceMs < (this.#silent.has(peer) ? impatienceMs : patienceMs)[what];
  }

  #watchSockets(): void {
    const sockets = this.#sockets;
    const prototype = Socket.prototype as unknown as Internals;
    const { connect, _writeGeneric } = prototype;
    prototype.connect = function observed(...args) {
      const asked = { sinceMs: wallNow(), bytesRead: this.bytesRead };
      sockets.set(this, { peer: peerOf(args), asked, bytesRead: this.bytesRead, readAtMs: -Infinity });
      // To be connected is an answer as well.
      this.once("connect", () => {
        const seen = sockets.get(this);
        if (seen?.asked === asked) seen.asked = null;
      });
      this.once("close", () => sockets.delete(this));
      return Reflect.apply(connect, this, args);
    };
    prototype._writeGeneric = function observed(...args) {
      const seen = sockets.get(this);
      if (seen !== undefined) seen.asked = { sinceMs: wallNow(), bytesRead: this.bytesRead };
      return Reflect.apply(_writeGeneric, this, args);
    };
  }

  #watchExchanges(): void {
    const begin = (request: object, peer: string): void => {
      this.#exchanges.set(request, { peer, sinceMs: wallNow() });
    };
    const end = (request: object): void => {
      this.#silent.delete(this.#exchanges.get(request)?.peer ?? "");
      this.#exchanges.delete(request);
    };
    subscribe("http.client.request.start", (message) => {
      const { request } = message as { request: ClientRequest };
      begin(request, request.host);
      request.once("close", () => end(request));
    });
    subscribe("undici:request:create", (message) => {
      const { request } = message as { request: { origin: string | URL } };
      begin(request, String(request.origin));
    });
    for (const name of ["undici:request:trailers", "undici:request:error"]) {
      subscribe(name, (message) => end((message as { request: object }).request));
    }
  }
}

/** Whom a socket is told to connect to; Node's own callers pass what they have sorted already, as an array. */
function peerOf(args: readonly unknown[]): string {
  const [target] = (Array.isArray(args[0]) ? args[0] : args) as readonly unknown[];
  if (typeof target !== "object" || target === null) return args.filter((arg) => typeof arg !== "function").join(" ");
  const { host = "", port = "", path = "" } = target as { host?: string; port?: number; path?: string };
  return `${host} ${port}${path}`;
}
