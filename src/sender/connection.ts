import type { Socket } from "node:net";
import { Client, Pool, type Dispatcher } from "undici";
import type { Clock, Hold } from "../clock/clock.js";
import type { CallbackRequest, Header } from "./attempt.js";
import { Exchange, type ExchangeLimits, type ExchangeResult } from "./exchange.js";
import { ignoreInterimResponses } from "./interim-responses.js";
import { Opener, type Endpoint, type Network, type Opening } from "./open-connection.js";
import { playWireScript, resetAtAnswer as resetAtFinalAnswer, type WireStep } from "./wire-script.js";

/** What is done to one exchange on its connection; nothing of it on a documented attempt. */
export interface ExchangeFault {
  /** Sent in place of the request, on a fresh connection. */
  readonly script?: readonly WireStep[];
  /** The connection is reset at the first byte of the answer, interim ones apart. */
  readonly resetAtAnswer?: boolean;
}

export interface ExchangeOptions {
  readonly fault?: ExchangeFault;
  /** Sends `Connection: close` (RFC 9112 §9.6). */
  readonly lastOnConnection?: boolean;
  /** Gives the exchange up, which then rejects. */
  readonly signal?: AbortSignal;
}

/** undici's own timers tick every half second; the deadline is ours. It follows no redirect and speaks HTTP/1.1 only. */
const clientOptions = {
  headersTimeout: 0,
  bodyTimeout: 0,
  maxHeaderSize: 64 * 1024,
  pipelining: 1,
  allowH2: false,
  strictContentLength: false,
} as const;

/** At most one connection to the endpoint: opened by the first exchange, and again when the peer has closed it. */
export class Connection {
  /** How many connections were opened so far: more than one means that the peer closed one between exchanges. */
  opened = 0;
  readonly #client: Client;
  readonly #opener: Opener;
  readonly #origin: string;
  #opening: Opening = { phase: "dns", abort() {} };
  /** Resolves when that opening has ended, either way. */
  #opened: Promise<void> | null = null;
  #socket: Socket | null = null;
  #hold: Hold | null = null;
  #fault: ExchangeFault = {};
  #clock: Clock | null = null;

  constructor(network: Network | Opener, endpoint: Endpoint) {
    this.#opener = network instanceof Opener ? network : new Opener(network, endpoint);
    this.#origin = originOf(endpoint);
    this.#client = new Client(this.#origin, {
      ...clientOptions,
      connect: (_options, done) => {
        this.#opened = this.#open().then(
          (socket) => done(null, socket),
          (error: Error) => done(error, null),
        );
      },
    });
  }

  /**
   * One exchange, and only one at a time. Rejects when the signal aborts or the connection is closed, never for
   * anything a receiver does.
   */
  async exchange(
    request: CallbackRequest,
    limits: ExchangeLimits,
    hold: Hold,
    { fault = {}, lastOnConnection = false, signal }: ExchangeOptions = {},
  ): Promise<ExchangeResult> {
    signal?.throwIfAborted();
    this.#hold = hold;
    this.#fault = fault;
    this.#clock = limits.clock;
    if (this.#socket !== null && !this.#socket.destroyed) bind(hold, this.#socket);
    const exchange = new Exchange(limits, () => this.#opening);
    this.#client.dispatch({ ...dispatchOptions(this.#origin, request), reset: lastOnConnection }, exchange);
    try {
      return await exchange.settled(signal);
    } finally {
      // One that was given up would take the next exchange with it.
      await this.#opened;
    }
  }

  /** Whether there is a connection now, as far as the peer has not closed it. */
  isOpen(): boolean {
    return this.#socket !== null && !this.#socket.destroyed && this.#socket.readable;
  }

  /** Closes the connection and whatever of it is still opening. */
  async close(): Promise<void> {
    const closed = this.#client.destroy();
    this.#opening.abort();
    await closed;
  }

  async #open(): Promise<Socket> {
    const opening: Opening = { phase: "dns", abort() {} };
    this.#opening = opening;
    const { socket, tcp } = await this.#opener.open(opening);
    this.opened += 1;
    this.#socket = socket;
    if (this.#hold !== null) bind(this.#hold, tcp);
    this.#prepare(socket, tcp, this.#fault);
    return socket;
  }

  #prepare(socket: Socket, tcp: Socket, { script, resetAtAnswer }: ExchangeFault): void {
    if (script !== undefined) {
      playWireScript(socket, tcp, script, async (ms, signal) => {
        // Waiting for the peer, which may itself be waiting: time must be able to move.
        await this.#clock?.stall(tcp.localPort ?? 0, ms, signal);
      });
    }
    ignoreInterimResponses(socket);
    if (resetAtAnswer === true) resetAtFinalAnswer(socket, tcp);
  }
}

/** Up to so many connections at once, kept alive: for throughput, where nobody stalls on virtual time. */
export class ConnectionPool {
  readonly #pool: Pool;
  readonly #origin: string;
  readonly #openings = new Set<Opening>();
  #limits: ExchangeLimits | null = null;

  constructor(network: Network | Opener, endpoint: Endpoint, connections: number) {
    const opener = network instanceof Opener ? network : new Opener(network, endpoint);
    this.#origin = originOf(endpoint);
    this.#pool = new Pool(this.#origin, {
      ...clientOptions,
      connections,
      connect: (_options, done) => {
        this.#open(opener).then(
          (socket) => done(null, socket),
          (error: Error) => done(error, null),
        );
      },
    });
  }

  /** Rejects when the signal aborts or the pool is closed, never for anything a receiver does. */
  async exchange(request: CallbackRequest, limits: ExchangeLimits, signal?: AbortSignal): Promise<ExchangeResult> {
    signal?.throwIfAborted();
    this.#limits = limits;
    const exchange = new Exchange(limits);
    this.#pool.dispatch(dispatchOptions(this.#origin, request), exchange);
    return exchange.settled(signal);
  }

  async close(): Promise<void> {
    const closed = this.#pool.destroy();
    for (const opening of this.#openings) opening.abort();
    await closed;
  }

  /** Serves whichever exchange comes first, and so has a deadline of its own. */
  async #open(opener: Opener): Promise<Socket> {
    const opening: Opening = { phase: "dns", abort() {} };
    this.#openings.add(opening);
    const deadline = this.#limits?.clock.timer(this.#limits.deadlineMs, () => opening.abort());
    try {
      const { socket } = await opener.open(opening);
      ignoreInterimResponses(socket);
      return socket;
    } finally {
      deadline?.cancel();
      this.#openings.delete(opening);
    }
  }
}

function bind(hold: Hold, socket: Socket): void {
  if (socket.localPort !== undefined) hold.bind(socket.localPort);
}

/** `https://host:port`, a literal IPv6 address in brackets. */
export function originOf({ hostname, port, secure }: Endpoint): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${secure ? "https" : "http"}://${host}:${port}`;
}

function dispatchOptions(origin: string, request: CallbackRequest): Dispatcher.DispatchOptions {
  return {
    origin,
    path: request.path,
    method: request.method,
    headers: flat(request.headers),
    body: request.body,
  };
}

/** By hand: `Array.flat` is several times slower, which shows in the throughput. */
function flat(headers: readonly Header[]): string[] {
  const flattened: string[] = [];
  for (const [name, value] of headers) flattened.push(name, value);
  return flattened;
}
