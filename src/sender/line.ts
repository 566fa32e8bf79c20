import type { Socket } from "node:net";
import { systemClock } from "../clock/system-clock.js";
import { closedEarly, type AnswerReader } from "./answer-reader.js";
import type { Header } from "./attempt.js";
import type { Exchange } from "./exchange.js";

/** One that was idle for longer is no longer fresh: many servers close theirs after 5 s. */
const idleMs = 4000;
/** So much earlier than a server announces (`Keep-Alive: timeout=…`), so that the two do not cross. */
const idleMarginMs = 2000;

/** An exchange, and what reads its answer. */
interface Carried {
  readonly exchange: Exchange;
  readonly reader: AnswerReader;
}

/** An open connection, and the one exchange that is under way on it. */
export class Line {
  readonly socket: Socket;
  /** Below TLS. */
  readonly tcp: Socket;
  /** Whether bytes came that nobody asked for. */
  strayed = false;
  /** Called at whatever comes or happens next. */
  stirred: () => void = () => {};
  #carried: Carried | null = null;
  /** Wall time, by which a peer lives that closes what is idle, whatever clock the schedule has. */
  #idleSince = 0;
  #idleForMs = idleMs;

  constructor(socket: Socket, tcp: Socket) {
    this.socket = socket;
    this.tcp = tcp;
    socket.on("data", (bytes: Buffer) => this.#read(bytes));
    socket.on("end", () => this.#end());
    socket.on("error", (error) => this.#carried?.exchange.onError(error));
    socket.on("close", () => {
      this.stirred();
      this.#carried?.exchange.onError(closedEarly());
    });
  }

  /** As far as the peer has not closed it. */
  isOpen(): boolean {
    return !this.socket.destroyed;
  }

  /** Whether the peer is not about to close it, as far as can be told. */
  isFresh(): boolean {
    return this.isOpen() && systemClock.now() - this.#idleSince < this.#idleForMs;
  }

  /** What comes from now on is the answer of this exchange. */
  carry(exchange: Exchange, reader: AnswerReader): void {
    this.#carried = { exchange, reader };
    this.socket.ref();
  }

  learnIdleTime(headers: readonly Header[]): void {
    this.#idleForMs = idleTimeOf(headers);
  }

  /** The answer is whole; what comes from now on is none of it. */
  release(): void {
    this.#carried = null;
    this.#idleSince = systemClock.now();
    // Like a connection that a server keeps, it keeps no process alive.
    this.socket.unref();
  }

  #read(bytes: Buffer): void {
    this.stirred();
    const carried = this.#carried;
    if (carried === null) {
      this.strayed = true;
      this.socket.destroy();
      return;
    }
    try {
      carried.reader.read(bytes);
    } catch (error) {
      carried.exchange.onError(error as Error);
      this.socket.destroy();
    }
  }

  #end(): void {
    this.stirred();
    if (this.#carried !== null) end(this.#carried);
    this.socket.destroy();
  }
}

function end({ exchange, reader }: Carried): void {
  try {
    reader.end();
  } catch (error) {
    exchange.onError(error as Error);
  }
}

function idleTimeOf(headers: readonly Header[]): number {
  for (const [name, value] of headers) {
    if (name.length === 10 && name.toLowerCase() === "keep-alive") {
      const seconds = /(?:^|[,; \t])timeout=(\d{1,6})/i.exec(value)?.[1];
      if (seconds !== undefined) return Number(seconds) * 1000 - idleMarginMs;
    }
  }
  return idleMs;
}
