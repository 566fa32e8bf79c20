import type { Clock } from "./clock.js";
export declare const systemClock: Clock;
