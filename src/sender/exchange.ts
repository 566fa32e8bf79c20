import type { Clock, Timer } from "../clock/clock.js";
import type { AnswerHead, AnswerListener } from "./answer-reader.js";
import type { AttemptOutcome, AttemptPhase, AttemptResponse, AttemptTimings, BodyEnd } from "./attempt.js";
import { codeOf, connectionFailure, statusFailure, timeoutFailure } from "./failure.js";
import type { Oddity } from "./oddities.js";
import { shortageIn } from "./shortage.js";

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

const noBody = Buffer.alloc(0);

/** The connection that carries an exchange, as the exchange sees it. */
export interface Carrier {
  /** How far it has come until it is connected. */
  phase(): AttemptPhase;
  /** What was odd about the answer so far. */
  oddities(): readonly Oddity[];
  /** Ends it, however far it has come. */
  giveUp(): void;
}

/**
 * One request's answer as it comes in, until it is settled: by its end, by the deadline, or by an error. Whatever a
 * hostile receiver sends, it settles once, within the deadline, holding at most the capped body.
 */
export class Exchange implements Omit<AnswerListener, "onStatus"> {
  readonly #result: Promise<ExchangeResult>;
  readonly #limits: ExchangeLimits;
  readonly #carrier: Carrier;
  readonly #startedAt: number;
  #deadline: Timer;
  #resolve: (result: ExchangeResult) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  #settled = false;
  #lagged = false;
  #connectedMs: number | null = null;
  #headersMs: number | null = null;
  #head: AnswerHead | null = null;
  #chunks: Buffer[] = [];
  #bodyBytes = 0;

  constructor(limits: ExchangeLimits, carrier: Carrier) {
    this.#limits = limits;
    this.#carrier = carrier;
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#startedAt = limits.clock.now();
    this.#deadline = limits.clock.timer(limits.deadlineMs, () => this.#late());
  }

  get isSettled(): boolean {
    return this.#settled;
  }

  /** Rejects when the signal aborts, or with a mistake of ours; never for anything a receiver does. */
  settled(signal?: AbortSignal): Promise<ExchangeResult> {
    if (signal === undefined) return this.#result;
    const interrupt = (): void => this.fail(signal.reason);
    signal.addEventListener("abort", interrupt, { once: true });
    if (signal.aborted) interrupt();
    return this.#result.finally(() => signal.removeEventListener("abort", interrupt));
  }

  /** Resolves when it is settled, either way. */
  over(): Promise<unknown> {
    return this.#result.catch(() => {});
  }

  onConnect(): void {
    this.#connectedMs = this.#elapsedMs();
  }

  onHeaders(head: AnswerHead): void {
    if (this.#settled) return;
    this.#headersMs = this.#elapsedMs();
    this.#head = head;
    if (this.#limits.stopAtHeaders === true) this.#endBody("late");
  }

  onData(chunk: Buffer): void {
    if (this.#settled) return;
    const room = this.#limits.bodyCapBytes - this.#bodyBytes;
    // A copy, so that a few bytes of evidence do not keep all that came with them.
    if (room > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, room)));
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > this.#limits.bodyCapBytes) this.#endBody("over-cap");
  }

  onComplete(): void {
    this.#endBody("complete");
  }

  onError(error: NodeJS.ErrnoException): void {
    const shortage = this.#head === null ? shortageIn(error) : null;
    if (shortage !== null) this.fail(shortage);
    else if (this.#head !== null) this.#endBody(codeOf(error) === "HEADERS_OVERFLOW" ? "over-cap" : "broken");
    else this.#end(connectionFailure(error, this.#phase()), null);
  }

  /** What is no finding about the receiver: it was given up, or cannot be sent. */
  fail(reason: unknown): void {
    if (!this.#close()) return;
    this.#reject(reason);
    this.#carrier.giveUp();
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
    this.#carrier.giveUp();
  }

  #phase(): AttemptPhase {
    return this.#connectedMs === null ? this.#carrier.phase() : "headers";
  }

  #endBody(bodyEnd: BodyEnd): void {
    if (this.#head === null || this.#settled) return;
    const { status, statusText, headers } = this.#head;
    const acknowledged = status >= 200 && status <= 299;
    this.#end(acknowledged ? { kind: "acknowledged", status } : statusFailure(status), {
      status,
      statusText,
      headers,
      body: this.#chunks.length === 1 ? this.#chunks[0]! : this.#bodyBytes === 0 ? noBody : Buffer.concat(this.#chunks),
      bodyEnd,
      oddities: this.#carrier.oddities(),
    });
    if (bodyEnd !== "complete") this.#carrier.giveUp();
  }

  #end(outcome: AttemptOutcome, response: AttemptResponse | null): void {
    if (!this.#close()) return;
    this.#resolve({
      outcome,
      response,
      timings: { connectedMs: this.#connectedMs, headersMs: this.#headersMs, endMs: this.#elapsedMs() },
    });
  }

  /** True the first time. */
  #close(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#deadline.cancel();
    this.#chunks = [];
    return true;
  }

  #elapsedMs(): number {
    return this.#limits.clock.now() - this.#startedAt;
  }
}
