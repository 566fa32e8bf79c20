import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import type { Attempt } from "../sender/attempt.js";
import type { Sender } from "../sender/sender.js";
import type { EventOf, LabEvent } from "./events.js";
import type { LabReceiver } from "./lab-receiver.js";
import { type PlannedDelivery, type Token } from "./scenario.js";
import type { Stage } from "./stage.js";
export interface PlayedAttempt {
    readonly token: Token;
    readonly attempt: Attempt;
}
export interface DeliveredSession {
    readonly sessionId: string;
    readonly outcome: "acknowledged" | "abandoned";
    readonly attempts: readonly PlayedAttempt[];
}
/** What all deliveries of a scenario share. */
export interface PlayContext {
    readonly contract: Contract;
    /** The scenario's. */
    readonly clock: Clock;
    readonly deadlineClock: Clock;
    readonly receiver: LabReceiver;
    readonly sender: Sender;
    /** Stands in front of the receiver, and is reached by a sender of its own. */
    readonly gateway: {
        readonly stage: Stage;
        readonly sender: Sender;
    };
    readonly tell: (event: EventOf<LabEvent>) => void;
    /** Runs work while the scenario's clock stands still, one after the other. */
    readonly held: (work: () => Promise<void>) => Promise<void>;
    /** Starts the receiver anew, while the scenario's clock stands still. */
    readonly restart: () => Promise<void>;
    /** Work that the scenario is to wait for in the end. */
    readonly later: (work: Promise<void>) => void;
    readonly signal?: AbortSignal;
}
/** Delivers one session's callback on the documented schedule, each attempt meeting with what its token says. */
export declare function playDelivery(context: PlayContext, sessionId: string, planned: PlannedDelivery, delivery: number): Promise<DeliveredSession>;
