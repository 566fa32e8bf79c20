import type { Clock, Timer } from "../../clock/clock.js";

export interface SlotsOptions {
  /** Receivers that are worked on at a time. */
  readonly atOnce: number;
  /** Receivers that are begun and not ended at a time, those that keep us waiting included; it bounds memory. */
  readonly mostOpen: number;
  /** Milliseconds without a sign after which one counts as keeping us waiting. */
  readonly patienceMs: number;
  readonly clock: Clock;
}

export interface Slot {
  /** Something came of it: it is being worked on. */
  sign(): void;
  release(): void;
}

/** A timer that fires this much late says that it is this process that is slow, and not the receiver. */
const lateMs = 250;

/**
 * Lets receivers in one after the other. One that does not answer takes up a deadline, but no work: it gives its place
 * to another until it gives a sign of itself.
 */
export interface Slots {
  /** Resolves when there is room, with null once the signal has aborted. One caller at a time. */
  take(signal: AbortSignal): Promise<Slot | null>;
}

export function createSlots({ atOnce, mostOpen, patienceMs, clock }: SlotsOptions): Slots {
  let working = 0;
  let open = 0;
  let waiting: (() => void) | null = null;

  const admit = (): void => {
    if (working < atOnce && open < mostOpen) waiting?.();
  };

  const occupy = (): Slot => {
    let isWorking = true;
    let timer: Timer;
    working += 1;
    open += 1;
    const watch = (): Timer => {
      const due = clock.now() + patienceMs;
      return clock.timer(patienceMs, () => {
        if (clock.now() - due > lateMs) {
          timer = watch();
          return;
        }
        isWorking = false;
        working -= 1;
        admit();
      });
    };
    timer = watch();
    return {
      sign() {
        timer.cancel();
        timer = watch();
        if (!isWorking) working += 1;
        isWorking = true;
      },
      release() {
        timer.cancel();
        if (isWorking) working -= 1;
        open -= 1;
        admit();
      },
    };
  };

  return {
    take(signal) {
      return new Promise((resolve) => {
        const end = (slot: () => Slot | null): void => {
          signal.removeEventListener("abort", giveUp);
          waiting = null;
          resolve(slot());
        };
        const giveUp = (): void => end(() => null);
        if (signal.aborted) {
          resolve(null);
          return;
        }
        signal.addEventListener("abort", giveUp);
        waiting = () => end(occupy);
        admit();
      });
    },
  };
}
