import type { Clock, Hold, Timer } from "./clock.js";
import { longestTimeoutMs, wholeDelayMs } from "./delay.js";
import { sleepOn } from "./sleep.js";

const noHold: Hold = { bind() {}, release() {} };

/** Asking for it each time takes longer than asking for the time. */
const { timeOrigin } = performance;

/** Wall time. `now` starts at the time of day and then advances with the monotonic clock, so it never jumps. */
class SystemClock implements Clock {
  readonly kind = "system";

  now(): number {
    return timeOrigin + performance.now();
  }

  timer(ms: number, fire: () => void): Timer {
    // Node counts in whole milliseconds of the event loop, and so fires up to one millisecond early.
    let leftMs = wholeDelayMs(ms) + 1;
    let handle: NodeJS.Timeout;
    const arm = (): void => {
      const stepMs = Math.min(leftMs, longestTimeoutMs);
      leftMs -= stepMs;
      handle = setTimeout(leftMs > 0 ? arm : fire, stepMs);
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  hold(): Hold {
    return noHold;
  }

  stall(_port: number, ms: number, signal?: AbortSignal): Promise<void> {
    return this.sleep(ms, signal);
  }
}

/** The one of this process. */
export const systemClock: Clock = new SystemClock();
