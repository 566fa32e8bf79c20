import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import http2, { type ClientHttp2Session } from "node:http2";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import { peerOf } from "./peer-name.js";
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

/** So much of a question tells which it is: a command of Redis, a statement of SQL. */
const questionBytes = 40;

/** For an answer that was not given in time before. In milliseconds. */
const blockingMs = 5;

/** From a peer whose answers came whole so many times. In milliseconds. */
const lastPieceMs = 1;
const wholeTimes = 50;

/** An answer that is owed. */
interface Debt {
  readonly peer: string;
  readonly sinceMs: number;
}

interface Seen {
  readonly peer: string;
  /** Null while nothing was asked, or where nobody answers. */
  asked: { readonly sinceMs: number; readonly bytesRead: number } | null;
  askedAtMs: number;
  bytesRead: number;
  readAtMs: number;
  /** How often in a row nothing more came in after what came in first. */
  whole: number;
  /** How it begins what was asked last. */
  question: string;
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
  /** Peers that have let it pass, by what was waited for: a socket that is silent may belong to an exchange. */
  readonly #silent = { exchange: new Set<string>(), socket: new Set<string>() };
  /** Questions that are answered when there is something to tell, and not before, such as Redis's BZPOPMIN. */
  readonly #blocking = new Set<string>();

  constructor() {
    this.#watchSockets();
    this.#watchExchanges();
  }

  /** Who is waited for, by name; nobody where it is empty. */
  awaited(): readonly string[] {
    const now = wallNow();
    const names: string[] = [];
    for (const [socket, seen] of this.#sockets) if (this.#isAwaited(socket, seen, now)) names.push(seen.peer);
    for (const [request, debt] of this.#exchanges) {
      if (this.#isDue(debt, now, "exchange")) names.push(debt.peer);
      else {
        this.#exchanges.delete(request);
        this.#silent.exchange.add(debt.peer);
      }
    }
    return names;
  }

  #isAwaited(socket: Socket, seen: Seen, now: number): boolean {
    const { peer, asked } = seen;
    if (socket.bytesRead > seen.bytesRead) {
      const isFirst = seen.readAtMs < seen.askedAtMs;
      seen.whole = isFirst ? seen.whole + 1 : 0;
      seen.bytesRead = socket.bytesRead;
      seen.readAtMs = now;
      this.#silent.socket.delete(peer);
    }
    if (asked === null || socket.bytesRead > asked.bytesRead) {
      return now - seen.readAtMs < (seen.whole > wholeTimes ? lastPieceMs : pieceMs);
    }
    const isDue = this.#blocking.has(seen.question)
      ? now - asked.sinceMs < blockingMs
      : this.#isDue({ peer, sinceMs: asked.sinceMs }, now, "socket");
    if (isDue) return true;
    this.#silent.socket.add(peer);
    if (seen.question !== "") this.#blocking.add(seen.question);
    seen.asked = null;
    return false;
  }

  #isDue({ peer, sinceMs }: Debt, now: number, what: keyof typeof patienceMs): boolean {
    return now - sinceMs < (this.#silent[what].has(peer) ? impatienceMs : patienceMs)[what];
  }

  #watchSockets(): void {
    const sockets = this.#sockets;
    const prototype = Socket.prototype as unknown as Internals;
    const { connect, _writeGeneric } = prototype;
    prototype.connect = function observed(...args) {
      const asked = { sinceMs: wallNow(), bytesRead: this.bytesRead };
      sockets.set(this, {
        peer: peerOf(args).name,
        asked,
        askedAtMs: asked.sinceMs,
        bytesRead: this.bytesRead,
        readAtMs: -Infinity,
        whole: 0,
        question: "",
      });
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
      if (seen !== undefined) {
        seen.asked = { sinceMs: wallNow(), bytesRead: this.bytesRead };
        seen.askedAtMs = seen.asked.sinceMs;
        seen.question = `${seen.peer} ${beginningOf(args[1])}`;
      }
      return Reflect.apply(_writeGeneric, this, args);
    };
  }

  #watchExchanges(): void {
    const begin = (request: object, peer: string): void => {
      this.#exchanges.set(request, { peer, sinceMs: wallNow() });
    };
    const end = (request: object): void => {
      this.#silent.exchange.delete(this.#exchanges.get(request)?.peer ?? "");
      this.#exchanges.delete(request);
    };
    subscribe("http.client.request.start", (message) => {
      const { request } = message as { request: ClientRequest };
      begin(request, request.host);
      request.once("close", () => end(request));
    });
    subscribe("undici:request:create", (message) => {
      const { request } = message as { request: { origin: string | URL } };
      begin(request, new URL(request.origin).host);
    });
    const { connect } = http2 as unknown as { connect: (...args: unknown[]) => ClientHttp2Session };
    const observed = (...args: unknown[]): ClientHttp2Session => {
      const session = connect(...args);
      const host = hostOf(args[0]);
      const request = session.request.bind(session);
      session.request = (...asked) => {
        const stream = request(...asked);
        begin(stream, host);
        stream.once("close", () => end(stream));
        return stream;
      };
      return session;
    };
    Object.assign(http2, { connect: observed });
    syncBuiltinESMExports();
    for (const name of ["undici:request:trailers", "undici:request:error"]) {
      subscribe(name, (message) => end((message as { request: object }).request));
    }
  }
}

/** Of what an HTTP/2 session is connected to: a URL, or an object with the parts of one that matter. */
function hostOf(authority: unknown): string {
  const {
    hostname,
    host = "localhost",
    port = "",
  } = typeof authority === "string" ? new URL(authority) : (authority as Partial<URL>);
  return [hostname ?? host, port].filter((part) => part !== "").join(":");
}

/** What is written: bytes, a text, or several of those at once, as `_writeGeneric` has them. */
function beginningOf(data: unknown): string {
  const first: unknown = Array.isArray(data) ? (data[0] as { readonly chunk?: unknown } | undefined)?.chunk : data;
  if (typeof first === "string") return first.slice(0, questionBytes);
  return first instanceof Uint8Array ? Buffer.from(first.subarray(0, questionBytes)).toString("latin1") : "";
}
