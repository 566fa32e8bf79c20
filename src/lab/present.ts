import { systemClock } from "../clock/system-clock.js";

/**
 * When a scenario begins whose receiver lives today: the second that has begun, so that a date which is written to the
 * second is as long after it in each run. In milliseconds since the Unix epoch.
 */
export const present = (): number => Math.floor(systemClock.now() / 1000) * 1000;
