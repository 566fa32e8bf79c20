import { createClock } from "@sinonjs/fake-timers";
import type { Timer } from "./clock.js";
import { longestTimeoutMs, wholeDelayMs } from "./delay.js";

type FakeClock = ReturnType<typeof createClock>;

class PendingTimer implements Timer {
  readonly fire: () => void;
  /** Fires in one go with its like that are due at the same moment and stand next to it. */
  readonly together: boolean;
  readonly moment: Moment;
  readonly #queue: TimerQueue;

  constructor(queue: TimerQueue, moment: Moment, fire: () => void, together: boolean) {
    this.#queue = queue;
    this.moment = moment;
    this.fire = fire;
    this.together = together;
  }

  cancel(): void {
    this.#queue.remove(this);
  }
}

/** The timers that are due at one moment. */
interface Moment {
  readonly due: number;
  readonly timers: Set<PendingTimer>;
  /** Walks `timers` in the order set; goes on over what is added and cancelled meanwhile. */
  readonly inOrder: Iterator<PendingTimer>;
  /** Seen by the walk, but not taken yet. */
  next: PendingTimer | undefined;
  /** What brings the fake clock here, or as near as one of its timers reaches. */
  wake: ReturnType<FakeClock["setTimeout"]>;
}

/**
 * Pending timers in due order, on a time that moves only when the next one is taken.
 *
 * One fake timer stands for all timers of one moment. That keeps them in the order set, also where one of them was set
 * more than the longest timeout ahead and got here in several steps. And it only moves the time: the timers themselves
 * are fired by who takes them, since fake-timers adds a millisecond to a zero delay that is asked for inside a callback.
 */
export class TimerQueue {
  readonly #fake: FakeClock;
  readonly #moments = new Map<number, Moment>();
  /** The moment that it is now; exhausted when time may move on. */
  #reached: Moment | undefined;
  #size = 0;

  constructor(startAt: number) {
    this.#fake = createClock(startAt);
  }

  get now(): number {
    return this.#fake.now;
  }

  get size(): number {
    return this.#size;
  }

  /** When the next timer is due; null where none is pending. */
  nextDue(): number | null {
    return this.#size === 0 ? null : Math.min(...this.#moments.keys());
  }

  add(ms: number, fire: () => void, together: boolean): Timer {
    const due = this.now + wholeDelayMs(ms);
    const moment = this.#moments.get(due) ?? this.#open(due);
    const timer = new PendingTimer(this, moment, fire, together);
    moment.timers.add(timer);
    this.#size += 1;
    return timer;
  }

  /**
   * Moves to the next due time and takes the first timer that is due then, for the caller to fire; of those that fire
   * together, also the ones that follow it.
   */
  take(): (() => void)[] {
    const taken: (() => void)[] = [];
    while (this.#size > 0) {
      const moment = this.#reached;
      const timer = moment?.next ?? moment?.inOrder.next().value;
      if (moment === undefined || timer === undefined) {
        if (taken.length > 0) break;
        this.#fake.next();
        continue;
      }
      moment.next = undefined;
      if (!moment.timers.has(timer)) continue;
      if (taken.length > 0 && !timer.together) {
        moment.next = timer;
        break;
      }
      this.remove(timer);
      taken.push(timer.fire);
      if (!timer.together) break;
    }
    return taken;
  }

  /** Forgets every timer. */
  clear(): void {
    for (const moment of this.#moments.values()) {
      for (const timer of moment.timers) this.remove(timer);
    }
  }

  #open(due: number): Moment {
    const timers = new Set<PendingTimer>();
    const moment: Moment = { due, timers, inOrder: timers.values(), next: undefined, wake: 0 };
    this.#moments.set(due, moment);
    this.#approach(moment);
    return moment;
  }

  #approach(moment: Moment): void {
    const arrive = (): void => {
      if (moment.due > this.now) this.#approach(moment);
      else this.#reached = moment;
    };
    moment.wake = this.#fake.setTimeout(arrive, Math.min(moment.due - this.now, longestTimeoutMs));
  }

  /** Forgets one timer; does nothing where it has fired. */
  remove(timer: PendingTimer): void {
    const { moment } = timer;
    if (!moment.timers.delete(timer)) return;
    this.#size -= 1;
    if (moment.timers.size > 0) return;
    this.#fake.clearTimeout(moment.wake);
    this.#moments.delete(moment.due);
  }
}
