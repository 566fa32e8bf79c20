import type { Socket } from "node:net";
import type { Clock, Hold } from "../clock/clock.js";
import { turnOfLoop } from "../clock/turn.js";
import { AnswerReader, closedEarly, type AnswerHead, type AnswerListener } from "./answer-reader.js";
import type { AttemptPhase, CallbackRequest } from "./attempt.js";
import { Exchange, type Carrier, type ExchangeLimits, type ExchangeResult } from "./exchange.js";
import { Line } from "./line.js";
import type { Oddity } from "./oddities.js";
import { Opener, unopened, type Endpoint, type Network } from "./open-connection.js";
import { requestBytes } from "./request-bytes.js";
import { playWireScript, resetConnection, type WireStep } from "./wire-script.js";

/** What is done to one exchange on its connection; nothing of it on a documented attempt. */
export interface ExchangeFault {
  /** Sent in place of the request, on a fresh connection. */
  readonly script?: readonly WireStep[];
  /** The connection is reset at the status line of the answer, interim ones apart. */
  readonly resetAtAnswer?: boolean;
}

export interface ExchangeOptions {
  /** What goes wrong with the request on its way. @default nothing */
  readonly fault?: ExchangeFault;
  /** Sends `Connection: close` (RFC 9112 §9.6). @default false */
  readonly lastOnConnection?: boolean;
  /** Looks on for so many milliseconds after a whole answer whether more comes, and then closes the connection. @default not at all */
  readonly lingerMs?: number;
  /** Gives the exchange up, which then rejects. @default none */
  readonly signal?: AbortSignal;
}

const noOddities: readonly Oddity[] = [];

/** At most one connection to the endpoint: opened by the first exchange, and again when the peer has closed it. */
export class Connection implements Carrier {
  /** How many connections were opened so far: more than one means that the peer closed one between exchanges. */
  opened = 0;
  readonly #opener: Opener;
  readonly #host: string;
  #opening = unopened();
  #line: Line | null = null;
  #reader: AnswerReader | null = null;
  #exchange: Exchange | null = null;
  #closed = false;

  constructor(network: Network | Opener, endpoint: Endpoint) {
    this.#opener = network instanceof Opener ? network : new Opener(network, endpoint);
    this.#host = hostHeader(endpoint);
  }

  /**
   * One exchange, and only one at a time. Rejects when the signal aborts or the connection is closed, never for
   * anything a receiver does.
   */
  async exchange(
    request: CallbackRequest,
    limits: ExchangeLimits,
    hold: Hold,
    options: ExchangeOptions = {},
  ): Promise<ExchangeResult> {
    options.signal?.throwIfAborted();
    const exchange = new Exchange(limits, this);
    void this.send(exchange, request, limits.clock, hold, options);
    const result = await exchange.settled(options.signal);
    return options.lingerMs === undefined ? result : await this.#linger(result, limits.clock, options.lingerMs);
  }

  /** Resolves once the request is written, or cannot be: what becomes of it is told to the exchange. */
  async send(
    exchange: Exchange,
    request: CallbackRequest,
    clock: Clock,
    hold: Hold,
    { fault = {}, lastOnConnection = false, lingerMs }: ExchangeOptions = {},
  ): Promise<void> {
    this.#exchange = exchange;
    this.#reader = null;
    try {
      const bytes = fault.script === undefined ? requestBytes(request, this.#host, lastOnConnection) : null;
      const line = await this.#ready(exchange, clock, fault.script !== undefined);
      if (line === null) return;
      bind(hold, line.tcp);
      exchange.onConnect();
      const answering = new Answering(
        line,
        exchange,
        fault.resetAtAnswer === true,
        lastOnConnection,
        lingerMs !== undefined,
      );
      const reader = new AnswerReader(answering, request.method);
      answering.reader = reader;
      this.#reader = reader;
      line.carry(exchange, reader);
      if (bytes !== null) line.socket.write(bytes);
      else play(line, fault.script ?? [], clock);
    } catch (error) {
      exchange.fail(error);
    }
  }

  phase(): AttemptPhase {
    return this.#opening.phase;
  }

  oddities(): readonly Oddity[] {
    return this.#reader?.oddities ?? noOddities;
  }

  giveUp(): void {
    this.#opening.abort();
    this.#line?.socket.destroy();
  }

  /** Whether there is a connection now, as far as the peer has not closed it. */
  isOpen(): boolean {
    return this.#line !== null && this.#line.isOpen();
  }

  /** Has the next exchange open another where this one was idle for so long that the peer may close it any moment. */
  dropIfStale(): void {
    if (this.#line?.isFresh() === false) this.giveUp();
  }

  /** Closes the connection and whatever of it is still opening. */
  close(): void {
    this.#closed = true;
    this.#exchange?.fail(new Error("the connection was destroyed"));
    this.giveUp();
  }

  /** The connection, opened where there is none that can be used; null when there is none, or no use for it any more. */
  async #ready(exchange: Exchange, clock: Clock, afresh: boolean): Promise<Line | null> {
    if (this.#closed) throw new Error("the connection was destroyed");
    const kept = this.#line;
    if (kept !== null && !afresh && kept.isOpen()) {
      // Whatever the peer has sent or closed by now is noticed before the request goes out.
      await turnOfLoop();
      if (exchange.isSettled) return null;
      if (kept.isOpen()) return kept;
    }
    kept?.socket.destroy();
    this.#line = null;
    this.#opening = unopened();
    try {
      const { socket, tcp } = await this.#opener.open(this.#opening);
      this.#line = new Line(socket, tcp);
      this.opened += 1;
    } catch (error) {
      exchange.onError(error as NodeJS.ErrnoException);
      return null;
    }
    if (!exchange.isSettled) return this.#line;
    this.#line.socket.destroy();
    return null;
  }

  async #linger(result: ExchangeResult, clock: Clock, ms: number): Promise<ExchangeResult> {
    const line = this.#line;
    const { response } = result;
    if (line === null || response === null) return result;
    const stirred = new AbortController();
    line.stirred = () => stirred.abort();
    // On behalf of the peer, which may itself wait.
    if (line.isOpen()) await clock.stall(line.tcp.localPort ?? 0, ms, stirred.signal).catch(() => {});
    line.socket.destroy();
    const oddities = new Set(response.oddities);
    if (line.strayed) oddities.add("bytes-after-end");
    return { ...result, response: { ...response, oddities: [...oddities] } };
  }
}

/** Takes one answer from a line, and leaves the line as it is to be left after it. */
class Answering implements AnswerListener {
  reader: AnswerReader | null = null;
  readonly #line: Line;
  readonly #exchange: Exchange;
  readonly #resets: boolean;
  readonly #isLast: boolean;
  readonly #lingers: boolean;

  constructor(line: Line, exchange: Exchange, resets: boolean, isLast: boolean, lingers: boolean) {
    this.#line = line;
    this.#exchange = exchange;
    this.#resets = resets;
    this.#isLast = isLast;
    this.#lingers = lingers;
  }

  onStatus(): void {
    if (!this.#resets) return;
    this.#exchange.onError(closedEarly());
    resetConnection(this.#line.tcp);
  }

  onHeaders(head: AnswerHead): void {
    this.#line.learnIdleTime(head.headers);
    this.#exchange.onHeaders(head);
  }

  onData(bytes: Buffer): void {
    this.#exchange.onData(bytes);
  }

  onComplete(): void {
    this.#line.release();
    if (!this.#lingers && (this.#isLast || this.reader?.reusable !== true)) this.#line.socket.destroy();
    this.#exchange.onComplete();
  }
}

function play(line: Line, script: readonly WireStep[], clock: Clock): void {
  const answered = new AbortController();
  line.stirred = () => answered.abort();
  void playWireScript(line.socket, line.tcp, script, answered.signal, async (ms, signal) => {
    // Waiting for the peer, which may itself be waiting: time must be able to move.
    await clock.stall(line.tcp.localPort ?? 0, ms, signal);
  });
}

function bind(hold: Hold, socket: Socket): void {
  if (socket.localPort !== undefined) hold.bind(socket.localPort);
}

/** The value of `Host`: the port only where it is not the scheme's own (RFC 9110 §7.2). */
export function hostHeader({ hostname, port, secure }: Endpoint): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return port === (secure ? 443 : 80) ? host : `${host}:${port}`;
}
