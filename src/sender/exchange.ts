import type { Dispatcher } from "undici";
import type { Clock, Timer } from "../clock/clock.js";
import type { AttemptOutcome, AttemptPhase, AttemptResponse, AttemptTimings, BodyEnd, Header } from "./attempt.js";
import { codeOf, connectionFailure, statusFailure, timeoutFailure } from "./failure.js";
import type { Opening } from "./open-connection.js";

export interface ExchangeResult {
  readonly outcome: AttemptOutcome;
  readonly response: AttemptResponse | null;
  readonly timings: AttemptTimings;
}

export interface ExchangeLimits {
  /** Milliseconds on `clock`, from now to complete status line and headers. */
  readonly deadlineMs: number;
  readonly bodyCapBytes: number;
  readonly clock: Clock;
  /** Settles at the end of the headers, without waiting for the body. */
  readonly stopAtHeaders?: boolean;
}

/**
 * A deadline's timer that is later than this was kept waiting by a busy event loop, and the answer may be there since
 * before the deadline: the loop gets as long again to read it. Timers that are on time are at most 2 ms late.
 */
const lagMs = 10;

/** What undici says of a request that it will not send, or not any more: no finding about the receiver. */
const ourMistakes = new Set<unknown>([
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  "UND_ERR_DESTROYED",
  "ERR_ASSERTION",
]);

/**
 * One request's answer as it comes in, until it is settled: by its end, by the deadline, or by an error. Whatever a
 * hostile receiver sends, it settles once, within the deadline, holding at most the capped body.
 *
 * It is a handler of undici's lower level: no stream and no promise a chunk, and headers come as they were sent.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #result: Promise<ExchangeResult>;
  readonly #limits: ExchangeLimits;
  readonly #opening: () => Opening | null;
  readonly #startedAt: number;
  #deadline: Timer;
  #resolve: (result: ExchangeResult) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  #settled = false;
  #lagged = false;
  #abort: ((reason?: Error) => void) | null = null;
  #connectedMs: number | null = null;
  #headersMs: number | null = null;
  #head: { status: number; statusText: string; headers: readonly Header[] } | null = null;
  #chunks: Buffer[] = [];
  #bodyBytes = 0;

  /** @param opening the connection that is being opened for this exchange, given up with it. */
  constructor(limits: ExchangeLimits, opening: () => Opening | null = () => null) {
    this.#limits = limits;
    this.#opening = opening;
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#startedAt = limits.clock.now();
    this.#deadline = limits.clock.timer(limits.deadlineMs, () => this.#late());
  }

  /** Rejects when the signal aborts, or with a mistake of ours; never for anything a receiver does. */
  async settled(signal?: AbortSignal): Promise<ExchangeResult> {
    const interrupt = (): void => this.#fail(signal?.reason);
    signal?.addEventListener("abort", interrupt, { once: true });
    if (signal?.aborted === true) interrupt();
    try {
      return await this.#result;
    } finally {
      signal?.removeEventListener("abort", interrupt);
    }
  }

  onConnect(abort: (reason?: Error) => void): void {
    // A request that waited in a pool for a connection may have missed its deadline meanwhile.
    if (this.#settled) {
      abort();
      return;
    }
    this.#abort = abort;
    this.#connectedMs = this.#elapsedMs();
  }

  onHeaders(status: number, rawHeaders: Buffer[], _resume: () => void, statusText: string): boolean {
    if (this.#settled) return true;
    this.#headersMs = this.#elapsedMs();
    this.#head = { status, statusText, headers: pairs(rawHeaders) };
    if (this.#limits.stopAtHeaders === true) this.#endBody("late");
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#settled) return true;
    const room = this.#limits.bodyCapBytes - this.#bodyBytes;
    // A copy, since undici's chunk is a window on a buffer it will write over.
    if (room > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > this.#limits.bodyCapBytes) this.#endBody("over-cap");
    return true;
  }

  onComplete(): void {
    this.#endBody("complete");
  }

  onError(error: NodeJS.ErrnoException): void {
    if (ourMistakes.has(error.code)) this.#fail(error);
    else if (this.#head !== null) this.#endBody(codeOf(error) === "HEADERS_OVERFLOW" ? "over-cap" : "broken");
    else this.#end(connectionFailure(error, this.#phase()), null);
  }

  #late(): void {
    const { clock, deadlineMs } = this.#limits;
    if (!this.#lagged && this.#elapsedMs() > deadlineMs + lagMs) {
      this.#lagged = true;
      this.#deadline = clock.timer(lagMs, () => this.#late());
      return;
    }
    if (this.#head !== null) {
      this.#endBody("late");
      return;
    }
    this.#end(timeoutFailure(this.#phase(), deadlineMs), null);
    this.#giveUp();
  }

  #phase(): AttemptPhase {
    return this.#connectedMs === null ? (this.#opening()?.phase ?? "connect") : "headers";
  }

  #endBody(bodyEnd: BodyEnd): void {
    if (this.#head === null || this.#settled) return;
    const { status, statusText, headers } = this.#head;
    const acknowledged = status >= 200 && status <= 299;
    this.#end(acknowledged ? { kind: "acknowledged", status } : statusFailure(status), {
      status,
      statusText,
      headers,
      body: this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks),
      bodyEnd,
    });
    if (bodyEnd !== "complete") this.#giveUp();
  }

  #end(outcome: AttemptOutcome, response: AttemptResponse | null): void {
    if (!this.#close()) return;
    this.#resolve({
      outcome,
      response,
      timings: { connectedMs: this.#connectedMs, headersMs: this.#headersMs, endMs: this.#elapsedMs() },
    });
  }

  #fail(reason: unknown): void {
    if (!this.#close()) return;
    this.#reject(reason);
    this.#giveUp();
  }

  /** True the first time. */
  #close(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#deadline.cancel();
    this.#chunks = [];
    return true;
  }

  #giveUp(): void {
    if (this.#abort !== null) this.#abort();
    else this.#opening()?.abort();
  }

  #elapsedMs(): number {
    return this.#limits.clock.now() - this.#startedAt;
  }
}

function pairs(raw: readonly Buffer[]): Header[] {
  const headers: Header[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push([raw[index]!.toString("latin1"), raw[index + 1]!.toString("latin1")]);
  }
  return headers;
}
