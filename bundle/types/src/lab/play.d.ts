import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import type { Header } from "../sender/attempt.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { type Elapsed } from "./elapsed.js";
import type { LabEvent, LabListener } from "./events.js";
import type { LabReceiver } from "./lab-receiver.js";
import { type DeliveredSession } from "./play-delivery.js";
import type { ReceiverEvents } from "./receiver-events.js";
import type { Scenario } from "./scenario.js";
export interface PlayOptions {
    readonly scenario: Scenario;
    readonly receiver: LabReceiver;
    /** What the receiver does of itself. */
    readonly receiverEvents?: ReceiverEvents;
    /** Of the schedule; on it the receiver lives too, where it shares time. */
    readonly clock: Clock;
    /** The session of each delivery. */
    readonly sessionIds: readonly string[];
    /** Custom headers as configured with the webhook. */
    readonly headers?: readonly Header[];
    /** A captured request to send in place of the documented one. */
    readonly template?: CallbackTemplate;
    /** @default the contract of batch jobs */
    readonly contract?: Contract;
    /**
     * A session to try the probe with first, where it is not the app's own: a count that says 0 is believed of a probe that
     * has told of this one. @default none
     */
    readonly controlSessionId?: string;
    /** The scenario's time is that of the wall. @default false */
    readonly isReal?: boolean;
    /** How long work may go on after the last attempt, in milliseconds: on the clock that the receiver lives on. */
    readonly settleMs: number;
    readonly on?: LabListener;
    readonly signal?: AbortSignal;
}
export interface PlayedDelivery extends DeliveredSession {
    /** How often the session was really processed; null where nothing tells. */
    readonly processed: number | null;
}
/** What came of a scenario. */
export interface Played {
    readonly deliveries: readonly PlayedDelivery[];
    /** In the order of the timeline. */
    readonly events: readonly LabEvent[];
    /** Why effects were not seen; null where they were. */
    readonly effectsUnseen: string | null;
    readonly elapsed: Elapsed;
    /** What limits what was seen: a clock that does not follow, effects that were not waited for longer. */
    readonly caveats: readonly string[];
}
/** Plays a scenario on a receiver, and closes neither it nor the clock. Rejects only when the signal aborts. */
export declare function play(options: PlayOptions): Promise<Played>;
