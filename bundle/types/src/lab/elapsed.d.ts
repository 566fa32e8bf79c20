import type { LabReceiver } from "./lab-receiver.js";
import type { DeliveredSession } from "./play-delivery.js";
import type { Token } from "./scenario.js";
/** What did not pass on the receiver's side of the time that passed on the scenario's. */
export interface Elapsed {
    /** The longest time between two arrivals of one session, in milliseconds of the scenario's. */
    readonly gapMs: number;
    /** What kept a time of its own meanwhile, a name each; empty where all of it moved, or nothing came twice. */
    readonly stood: readonly string[];
    /** Why nobody can tell what the receiver makes of that time, a clause; null where it was seen, or hardly matters. */
    readonly unseen: string | null;
    /** Sentences on what was hardly seen. */
    readonly caveats: readonly string[];
}
/** @param isReal the scenario's time is that of the wall, so that nothing has to be moved. */
export declare function elapsedOn(receiver: LabReceiver, sessions: readonly DeliveredSession[], isReal: boolean): Elapsed;
/** Milliseconds from the attempt's start; null for what never gets to the receiver. */
export declare function arrivesAfterMs(token: Token): number | null;
