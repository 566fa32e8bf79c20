import type { Clock } from "./clock.js";
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
export declare function virtualClock(options?: VirtualClockOptions): VirtualClock;
