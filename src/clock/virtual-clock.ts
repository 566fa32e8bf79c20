import type { Clock, Hold, Timer } from "./clock.js";
import { longestTimeoutMs } from "./delay.js";
import { Holds } from "./holds.js";
import { sleepOn } from "./sleep.js";
import { TimerQueue } from "./timer-queue.js";

// Real ones, kept from before any test could fake the globals.
const { setImmediate, clearImmediate, setTimeout, clearTimeout, performance } = globalThis;

/** How a virtual clock runs. */
export interface VirtualClockOptions {
  /**
   * Where time starts, in whole milliseconds since the Unix epoch. A fixed moment, so that two runs print the same.
   * @default 1735689600000, that is 2025-01-01T00:00:00Z
   */
  readonly startAt?: number;
  /**
   * How many times faster than wall time it moves, at most: 1 is real time. What I/O takes counts as time that has
   * passed. @default Infinity, so that waiting takes no time at all
   */
  readonly speed?: number;
}

/** A clock on which minutes pass in no time, unless something is waited for. */
export interface VirtualClock extends Clock {
  readonly kind: "virtual";
  /** Timers, sleeps and stalls that have not fired yet. */
  pendingTimers(): number;
  /** Holds that keep time from moving now; one that is given back for a stall does not count. */
  holdsOut(): number;
  /**
   * The moment to which time would jump if nothing came up: that of the next timer. It is now where time does not jump:
   * at a limited speed, and while no timer is pending.
   */
  jumpsTo(): number;
  /**
   * As a stall whose end is not known: gives the hold that is bound to `port` back until it is taken back, unless it was
   * released in between. Does nothing where none is bound: nobody is waiting there any more.
   */
  lend(port: number): LentHold;
  /**
   * Has `listener` told of each sleep that begins, in the async context of whoever sleeps; what it returns is called
   * when that sleep ends. A listener that is there already is not told twice.
   */
  onSleep(listener: () => () => void): void;
  /**
   * Stops time for good: no pending timer fires any more, nor any that is set later, and sleeps stay unsettled.
   * Nothing is left that keeps the process alive.
   */
  close(): void;
}

/** A hold that is given back for a while. */
export interface LentHold {
  /** A second call does nothing. */
  takeBack(): void;
}

/**
 * A clock that jumps from timer to timer, so that minutes pass in no time, but only while no hold is out.
 *
 * Before each jump it waits two turns of the event loop, in which whoever was woken by the last timer may take a hold
 * and the peer in this process reads what was written just before; then it fires a single timer, or the sleeps that
 * stand next to one another at one moment. An app in a test that is played on it (`playScenario`) sleeps on it while it
 * answers, and time moves on meanwhile. What a timer throws is an uncaught exception, as with Node's own; time goes on.
 */
export function virtualClock(options: VirtualClockOptions = {}): VirtualClock {
  return new GatedClock(options.startAt ?? Date.UTC(2025, 0, 1), options.speed ?? Infinity);
}

class GatedClock implements VirtualClock {
  readonly kind = "virtual";
  readonly #timers: TimerQueue;
  readonly #holds = new Holds(() => this.#regulate());
  /** The turns of the event loop that are waited for before the next timer fires. */
  #turn: NodeJS.Immediate | undefined;
  readonly #speed: number;
  /** On a clock of limited speed, the wall time that is waited for after them; and when time moved last. */
  #rest: NodeJS.Timeout | undefined;
  #movedAt = performance.now();
  #closed = false;
  readonly #sleepListeners = new Set<() => () => void>();
  readonly #together = { timer: (ms: number, fire: () => void): Timer => this.#set(ms, fire, true) };

  constructor(startAt: number, speed: number) {
    if (!Number.isSafeInteger(startAt)) {
      throw new RangeError(`startAt is a whole number of milliseconds since the Unix epoch, got ${startAt}`);
    }
    if (!(speed > 0)) throw new RangeError(`speed is a number above zero, got ${speed}`);
    this.#speed = speed;
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
    if (this.#sleepListeners.size === 0) return sleepOn(this.#together, ms, signal);
    const wake = [...this.#sleepListeners].map((fellAsleep) => fellAsleep());
    return sleepOn(this.#together, ms, signal).finally(() => {
      for (const wokeUp of wake) wokeUp();
    });
  }

  onSleep(listener: () => () => void): void {
    this.#sleepListeners.add(listener);
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

  jumpsTo(): number {
    return this.#speed === Infinity ? (this.#timers.nextDue() ?? this.now()) : this.now();
  }

  lend(port: number): LentHold {
    let hold = this.#holds.boundTo(port);
    hold?.pause();
    return {
      takeBack() {
        hold?.resume();
        hold = undefined;
      },
    };
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

  /** Has the next timer fire after two turns and a rest, or no timer while a hold is out or none is pending. */
  #regulate(): void {
    const moves = this.#timers.size > 0 && this.#holds.out === 0;
    // What was set meanwhile may be due earlier.
    if (this.#rest !== undefined) this.#stop();
    if (moves && this.#turn === undefined) {
      // Immediates run right after I/O was polled for: only a second one comes after the next poll.
      this.#turn = setImmediate(() => {
        this.#turn = setImmediate(() => this.#moveOn());
      });
    } else if (!moves) this.#stop();
  }

  #stop(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#rest);
    this.#turn = undefined;
    this.#rest = undefined;
  }

  #moveOn(): void {
    this.#turn = undefined;
    if (this.#speed === Infinity) return this.#fireNext();
    const aheadMs = (this.#timers.nextDue() ?? this.now()) - this.now();
    const restMs = aheadMs / this.#speed - (performance.now() - this.#movedAt);
    if (restMs <= 0) this.#fireNext();
    else this.#rest = setTimeout(() => this.#moveOn(), Math.min(restMs, longestTimeoutMs));
  }

  #fireNext(): void {
    this.#rest = undefined;
    const before = this.now();
    const taken = this.#timers.take();
    if (this.now() !== before) this.#movedAt = performance.now();
    try {
      for (const fire of taken) fire();
    } finally {
      this.#regulate();
    }
  }
}
