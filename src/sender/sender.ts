import type { Clock, Hold } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { Contract, RetryDelayFrom } from "../contract/contract.js";
import { tellsTheTime } from "../contract/message.js";
import type { Attempt, CallbackRequest, Header } from "./attempt.js";
import { documentedCallback, type CallbackTemplate, type Occasion } from "./callback.js";
import { templatedCallback } from "./callback-template.js";
import { parseCallbackUrl, type CallbackUrl } from "./callback-url.js";
import { contractCalled } from "./contract-called.js";
import { Connection, type ExchangeOptions } from "./connection.js";
import { ConnectionPool } from "./connection-pool.js";
import { customHeaders } from "./custom-headers.js";
import { deliver, type Delivery, type DeliveryListener } from "./delivery.js";
import type { ExchangeLimits, ExchangeResult } from "./exchange.js";
import { Opener, type Endpoint, type Network } from "./open-connection.js";
import { directRoute, systemResolve } from "./resolver.js";
import { assertSecret, signedAnew, signedFirst } from "./signature.js";

/** Where callbacks go, and how they are sent. */
export interface SenderOptions {
  /** The callback URL, `https://` or, at a local target, `http://`. */
  readonly url: string | CallbackUrl;
  /** Custom headers as configured with the webhook. @default none */
  readonly headers?: readonly Header[];
  /** Sent in place of the documented callback. @default none */
  readonly template?: CallbackTemplate;
  /** Itself, or its id: `batch`, `document` or `signed`. @default the contract of batch jobs */
  readonly contract?: Contract | string;
  /** What bodies are signed with, where the contract has them signed. @default none */
  readonly secret?: string;
  /** Clock of the retry schedule. @default systemClock */
  readonly clock?: Clock;
  /** Clock of the deadline of each attempt. @default systemClock */
  readonly deadlineClock?: Clock;
  /** What a delay of the schedule is counted from. @default what the contract says */
  readonly retryDelayFrom?: RetryDelayFrom;
  /** How the receiver is reached. @default by the system's resolver, straight, trusting the well-known authorities */
  readonly network?: Partial<Network>;
  /**
   * When the callback of each session came about, in milliseconds since the Unix epoch. Senders to the instances of one
   * receiver share it, so that a retry tells of the same moment wherever it goes. @default its own
   */
  readonly moments?: Map<string, number>;
  /** Keeps up to so many connections and uses them again. @default none: each attempt has a fresh one */
  readonly pooledConnections?: number;
}

/** A job that has come to its end. */
export interface Job {
  readonly sessionId: string;
  /** @default "succeeded" */
  readonly status?: "succeeded" | "failed";
}

/** How one attempt is made. */
export interface AttemptOptions extends ExchangeOptions {
  /** From 1. @default 1 */
  readonly number?: number;
  /** Milliseconds since the delivery started. @default 0 */
  readonly offsetMs?: number;
  /** A connection from `connection()`. @default a fresh one, closed afterwards */
  readonly connection?: Connection;
  /** Ends the attempt with the response's headers. @default false */
  readonly stopAtHeaders?: boolean;
}

/** The documented sender for one callback URL. */
export interface Sender {
  /** Names of custom headers that were dropped because they are system headers. */
  readonly droppedHeaders: readonly string[];
  /** Names of the template's headers that were left out, because no custom header gives their value. */
  readonly missingHeaders: readonly string[];
  /** The documented request for a session, or the template's, to look at or to vary. */
  callback(sessionId: string): CallbackRequest;
  /**
   * A request that was changed, signed over the bytes that it has now; as it is where the contract has nothing signed.
   * @param write what stands in place of the right signature; null leaves its header out. @default the right one
   */
  signedAnew(
    changed: CallbackRequest,
    documented: CallbackRequest,
    write?: (right: string, documented: string) => string | null,
  ): CallbackRequest;
  /** One POST and what came of it. Rejects only when the signal aborts, never on anything a receiver does. */
  attempt(request: CallbackRequest, options?: AttemptOptions): Promise<Attempt>;
  /** Everything done to get one callback acknowledged. Rejects only when the signal aborts. */
  deliver(job: Job, options?: { readonly signal?: AbortSignal; readonly on?: DeliveryListener }): Promise<Delivery>;
  /** A keep-alive connection; close it. */
  connection(): Connection;
  close(): Promise<void>;
}

/**
 * Makes a sender. Close it.
 * @throws UsageError for a URL, a header, a contract or a secret that is no use.
 */
export function createSender(options: SenderOptions): Sender {
  const { contract: given } = options;
  const contract = typeof given === "object" ? given : contractCalled(given);
  const clock = options.clock ?? systemClock;
  const deadlineClock = options.deadlineClock ?? systemClock;
  const url = typeof options.url === "string" ? parseCallbackUrl(options.url) : options.url;
  const custom = customHeaders(options.headers ?? [], contract);
  const template = options.template && templatedCallback(options.template, contract, url, custom.sent);
  const secret = options.secret ?? null;
  assertSecret(contract, secret);
  /** A retry tells of the same moment as the first attempt; kept only where a body tells of one. */
  const cameAbout = options.moments ?? new Map<string, number>();
  const isTimed = tellsTheTime(contract.request.body);

  function occasionOf(sessionId: string): Occasion {
    if (!isTimed) return { at: 0, secret };
    const at = cameAbout.get(sessionId) ?? clock.now();
    cameAbout.set(sessionId, at);
    return { at, secret };
  }

  function callback(sessionId: string): CallbackRequest {
    if (template !== undefined) return signedFirst(contract, secret, template.callback(sessionId));
    return documentedCallback(contract, url, custom.sent, sessionId, occasionOf(sessionId));
  }
  const endpoint: Endpoint = { hostname: url.hostname, port: url.port, secure: url.scheme === "https:" };
  const network: Network = { resolve: systemResolve, route: directRoute, ca: [], proxy: null, ...options.network };
  const opener = new Opener(network, endpoint);
  const pool =
    options.pooledConnections === undefined ? null : new ConnectionPool(opener, endpoint, options.pooledConnections);

  async function attempt(request: CallbackRequest, given: AttemptOptions = {}): Promise<Attempt> {
    const hold = holdBoth(clock, deadlineClock);
    const startedAt = deadlineClock.now();
    try {
      const { outcome, response, timings } = await exchange(request, given, hold);
      const { number = 1, offsetMs = 0 } = given;
      return { number, request, outcome, response, offsetMs, startedAt, timings };
    } finally {
      hold.release();
    }
  }

  // Made once, since an attempt's microseconds show in the throughput.
  const wholeAnswer: ExchangeLimits = { ...contract.response, clock: deadlineClock };
  const headersOnly: ExchangeLimits = { ...wholeAnswer, stopAtHeaders: true };

  function exchange(request: CallbackRequest, given: AttemptOptions, hold: Hold): Promise<ExchangeResult> {
    const limits = given.stopAtHeaders === true ? headersOnly : wholeAnswer;
    if (given.connection !== undefined) return given.connection.exchange(request, limits, hold, given);
    if (pool !== null && given.fault === undefined) return pool.exchange(request, limits, hold, given.signal);
    return onAFreshConnection(request, limits, hold, given);
  }

  async function onAFreshConnection(
    request: CallbackRequest,
    limits: ExchangeLimits,
    hold: Hold,
    given: AttemptOptions,
  ): Promise<ExchangeResult> {
    const connection = new Connection(opener, endpoint);
    try {
      return await connection.exchange(request, limits, hold, given);
    } finally {
      connection.close();
    }
  }

  return {
    droppedHeaders: custom.dropped,
    missingHeaders: template?.missing ?? [],
    callback,
    signedAnew: (changed, documented, write) => signedAnew(contract, secret, changed, documented, write),
    attempt,
    async deliver({ sessionId, status = "succeeded" }, { signal, on } = {}) {
      const { failedBody } = contract;
      if (status === "failed" && failedBody === null) return { kind: "not-sent", attempts: [] };
      const request =
        status === "failed" && failedBody !== null
          ? documentedCallback(contract, url, custom.sent, sessionId, {
              ...occasionOf(sessionId),
              template: failedBody,
            })
          : callback(sessionId);
      return deliver({
        contract,
        clock,
        sessionId,
        retryDelayFrom: options.retryDelayFrom ?? contract.retry.delayFrom,
        attempt: (number, offsetMs) => attempt(request, { number, offsetMs, ...(signal && { signal }) }),
        emit: on,
        ...(signal && { signal }),
      });
    },
    connection: () => new Connection(opener, endpoint),
    async close() {
      pool?.close();
    },
  };
}

/** One hold on both clocks of an attempt, which may be the same. */
function holdBoth(clock: Clock, deadlineClock: Clock): Hold {
  const hold = clock.hold();
  if (clock === deadlineClock) return hold;
  const other = deadlineClock.hold();
  return {
    bind(port) {
      hold.bind(port);
      other.bind(port);
    },
    release() {
      hold.release();
      other.release();
    },
  };
}
