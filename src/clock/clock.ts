/**
 * Time, passed in. Nothing outside this folder calls `Date`, `setTimeout` or `performance`.
 *
 * A clock is *gated* when it can be held: its time does not move while any hold is out. The system clock
 * cannot be held, so its holds do nothing.
 *
 * Every `ms` below is rounded up to a whole number. It may be negative, which means at once, and longer than the 24.8
 * days of Node's own timers. One that is NaN or more than a date can hold (8.64e15) is answered with a `RangeError`.
 */
export interface Clock {
  readonly kind: "system" | "virtual";
  /** Milliseconds since the Unix epoch on this clock; never runs backwards within one clock. */
  now(): number;
  /**
   * Calls `fire` once, `ms` milliseconds from now and never earlier, unless cancelled before. Equal due times fire in
   * the order set.
   */
  timer(ms: number, fire: () => void): Timer;
  /** Resolves `ms` milliseconds from now; rejects with the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Keeps time from moving until released; taken by whoever waits for I/O. */
  hold(): Hold;
  /**
   * Sleeps on behalf of the peer of a held connection, so that time may move meanwhile: gives the hold that is bound
   * to `port` back for `ms` milliseconds and takes it again, unless it was released in between. While several stalls
   * of one hold overlap, it stays given back until the last of them ends.
   *
   * Rejects when no hold is bound to the port: a stall that nobody could ever end.
   */
  stall(port: number, ms: number, signal?: AbortSignal): Promise<void>;
}

/** What is due on a clock. */
export interface Timer {
  /** Calls the timer off; does nothing once it has fired. */
  cancel(): void;
}

/** Keeps the time of a clock from moving. */
export interface Hold {
  /** Names the local TCP port of the connection that this hold waits for, so that its peer can stall on it. */
  bind(port: number): void;
  /** Gives the hold back; a second call does nothing. */
  release(): void;
}
