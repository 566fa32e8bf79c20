import type { Hold } from "../clock/clock.js";
import type { AttemptPhase, CallbackRequest } from "./attempt.js";
import { Connection } from "./connection.js";
import { Exchange, type Carrier, type ExchangeLimits, type ExchangeResult } from "./exchange.js";
import type { Oddity } from "./oddities.js";
import { Opener, type Endpoint, type Network } from "./open-connection.js";

/** Up to so many connections at once, kept alive: for throughput. */
export class ConnectionPool {
  readonly #opener: Opener;
  readonly #endpoint: Endpoint;
  readonly #most: number;
  readonly #connections = new Set<Connection>();
  readonly #idle: Connection[] = [];
  /** In the order of their coming. */
  readonly #waiting = new Set<Waiting>();

  constructor(network: Network | Opener, endpoint: Endpoint, connections: number) {
    this.#opener = network instanceof Opener ? network : new Opener(network, endpoint);
    this.#endpoint = endpoint;
    this.#most = connections;
  }

  /**
   * Rejects when the signal aborts or the pool is closed, never for anything a receiver does.
   * @throws what a signal was aborted with before.
   */
  exchange(
    request: CallbackRequest,
    limits: ExchangeLimits,
    hold: Hold,
    signal?: AbortSignal,
  ): Promise<ExchangeResult> {
    signal?.throwIfAborted();
    const waiting = new Waiting(request, limits, hold);
    this.#waiting.add(waiting);
    this.#fill();
    return waiting.exchange.settled(signal);
  }

  close(): void {
    for (const { exchange } of this.#waiting) exchange.fail(new Error("the connection was destroyed"));
    this.#waiting.clear();
    for (const connection of this.#connections) connection.close();
  }

  /** Gives connections to whoever waits and whose deadline has not come meanwhile. */
  #fill(): void {
    for (const waiting of this.#waiting) {
      if (waiting.exchange.isSettled) {
        this.#waiting.delete(waiting);
        continue;
      }
      const connection = this.#idle.pop() ?? this.#another();
      if (connection === null) return;
      this.#waiting.delete(waiting);
      void this.#carry(waiting, connection);
    }
  }

  async #carry(waiting: Waiting, connection: Connection): Promise<void> {
    const { exchange, request, limits, hold } = waiting;
    waiting.connection = connection;
    connection.dropIfStale();
    await connection.send(exchange, request, limits.clock, hold);
    await exchange.over();
    this.#idle.push(connection);
    this.#fill();
  }

  #another(): Connection | null {
    if (this.#connections.size >= this.#most) return null;
    const connection = new Connection(this.#opener, this.#endpoint);
    this.#connections.add(connection);
    return connection;
  }
}

/** An exchange whose deadline runs while it waits for a connection. */
class Waiting implements Carrier {
  readonly exchange: Exchange;
  readonly request: CallbackRequest;
  readonly limits: ExchangeLimits;
  readonly hold: Hold;
  connection: Connection | null = null;

  constructor(request: CallbackRequest, limits: ExchangeLimits, hold: Hold) {
    this.request = request;
    this.limits = limits;
    this.hold = hold;
    this.exchange = new Exchange(limits, this);
  }

  phase(): AttemptPhase {
    return this.connection?.phase() ?? "connect";
  }

  oddities(): readonly Oddity[] {
    return this.connection?.oddities() ?? [];
  }

  giveUp(): void {
    this.connection?.giveUp();
  }
}
