import type { Clock, Hold, Timer } from "./clock.js";
import { Holds } from "./holds.js";
import { sleepOn } from "./sleep.js";
import { TimerQueue } from "./timer-queue.js";

// Real ones, kept from before any test could fake the globals.
const { setImmediate, clearImmediate } = globalThis;

export interface VirtualClockOptions {
  /**
   * Where time starts, in whole milliseconds since the Unix epoch. A fixed moment, so that two runs print the same.
   * @default 1735689600000, that is 2025-01-01T00:00:00Z
   */
  readonly startAt?: number;
}

export interface VirtualClock extends Clock {
  readonly kind: "virtual";
  /** Timers, sleeps and stalls that have not fired yet. */
  pendingTimers(): number;
  /** Holds that keep time from moving now; one that is given back for a stall does not count. */
  holdsOut(): number;
  /**
   * Stops time for good: no pending timer fires any more, nor any that is set later, and sleeps stay unsettled.
   * Nothing is left that keeps the process alive.
   */
  close(): void;
}

/**
 * A clock that jumps from timer to timer, so that minutes pass in no time, but only while no hold is out.
 *
 * Before each jump it waits two turns of the event loop, in which whoever was woken by the last timer may take a hold
 * and the peer in this process reads what was written just before; then it fires a single timer, or the sleeps that
 * stand next to one another at one moment. What a timer throws is an uncaught exception, as with Node's own; time goes on.
 */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  return new GatedClock(options.startAt ?? Date.UTC(2025, 0, 1));
}

class GatedClock implements VirtualClock {
  readonly kind = "virtual";
  readonly #timers: TimerQueue;
  readonly #holds = new Holds(() => this.#regulate());
  /** The turns of the event loop that are waited for before the next timer fires. */
  #turn: NodeJS.Immediate | null = null;
  #closed = false;

  constructor(startAt: number) {
    if (!Number.isSafeInteger(startAt)) {
      throw new RangeError(`startAt is a whole number of milliseconds since the Unix epoch, got ${startAt}`);
    }
    this.#timers = new TimerQueue(startAt);
  }

  now(): number {
    return this.#timers.now;
  }

  timer(ms: number, fire: () => void): Timer {
    return this.#set(ms, fire, false);
  }

  #set(ms: number, fire: () => void, together: boolean): Timer {
    const timer = this.#timers.add(ms, fire, together);
    if (this.#closed) timer.cancel();
    this.#regulate();
    return timer;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn({ timer: (delayMs, fire) => this.#set(delayMs, fire, true) }, ms, signal);
  }

  hold(): Hold {
    return this.#holds.take();
  }

  async stall(port: number, ms: number, signal?: AbortSignal): Promise<void> {
    // A server in this process may see a connection in the same turn as its client, but before it.
    if (this.#holds.boundTo(port) === undefined) await new Promise((resolve) => setImmediate(resolve));
    const hold = this.#holds.boundTo(port);
    if (hold === undefined) {
      throw new Error(`cannot stall on port ${port}: no hold is bound to it, so nobody is waiting there`);
    }
    hold.pause();
    try {
      // Alone: its hold is taken again before the next timer of the moment.
      await sleepOn(this, ms, signal);
    } finally {
      hold.resume();
    }
  }

  pendingTimers(): number {
    return this.#timers.size;
  }

  holdsOut(): number {
    return this.#holds.out;
  }

  close(): void {
    this.#closed = true;
    this.#timers.clear();
    this.#regulate();
  }

  /** Has the next timer fire after two turns, or no timer while a hold is out or none is pending. */
  #regulate(): void {
    const moves = this.#timers.size > 0 && this.#holds.out === 0;
    if (moves && this.#turn === null) {
      // Immediates run right after I/O was polled for: only a second one comes after the next poll.
      this.#turn = setImmediate(() => {
        this.#turn = setImmediate(() => this.#fireNext());
      });
    } else if (!moves && this.#turn !== null) {
      clearImmediate(this.#turn);
      this.#turn = null;
    }
  }

  #fireNext(): void {
    this.#turn = null;
    const taken = this.#timers.take();
    try {
      for (const fire of taken) fire();
    } finally {
      this.#regulate();
    }
  }
}
