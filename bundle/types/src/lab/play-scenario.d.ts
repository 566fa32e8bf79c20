import type { VirtualClock } from "../clock/virtual-clock.js";
import type { Attempt, Header } from "../sender/attempt.js";
import type { LabEvent, LabListener } from "./events.js";
import type { Unmet } from "./judge.js";
import { type ScenarioApp } from "./play-scenario-receiver.js";
import type { Scenario } from "./scenario.js";
export interface PlayScenarioOptions {
    /** Path of the callback within an app. @default "/webhook" */
    readonly path?: string;
    /** Headers configured with the webhook, sent with every callback. @default none */
    readonly headers?: HeadersGiven;
    /** Tells how often a session was really processed. @default not seen, so not judged; a module can export it itself */
    readonly processed?: (sessionId: string) => number | Promise<number>;
    /**
     * The `virtualClock()` that a live app was built with, so that the scenario's time passes for it too, its 20 seconds
     * included. Time stands still while the app works on an attempt; it moves while its handler sleeps on the clock.
     * @default the app lives in wall time, and only the waits between attempts are skipped
     */
    readonly clock?: VirtualClock;
    /**
     * Moves whatever the receiver keeps time by outside this process, such as the TTLs of its store, by so many
     * milliseconds, whenever the scenario's time jumps. @default nothing is moved, and what rests on it is not observable
     */
    readonly advance?: (ms: number) => void | Promise<void>;
    /** The session of each delivery. @default invented ones */
    readonly sessionIds?: readonly string[];
    /**
     * Milliseconds for which work may go on after the last attempt.
     * @default 600000 where the receiver shares the scenario's time, else 30000 of wall time
     */
    readonly settleMs?: number;
    /** More certificate authorities to trust at an https URL, PEM. @default none */
    readonly ca?: readonly string[];
    /** Told what happens, as it happens. */
    readonly on?: LabListener;
    /** Ends it; the promise rejects with its reason. */
    readonly signal?: AbortSignal;
}
/** By name, or as pairs where a name comes twice. */
export type HeadersGiven = Readonly<Record<string, string>> | readonly Header[];
/** One attempt of a scenario. */
export interface ScenarioAttempt extends Attempt {
    /** What the scenario has happening to it, as written: `lost-ack`. */
    readonly token: string;
    /** Of the answer; null where none came. */
    readonly status: number | null;
}
export interface ScenarioDelivery {
    readonly sessionId: string;
    readonly outcome: "acknowledged" | "abandoned";
    readonly attempts: readonly ScenarioAttempt[];
    /** How often the session was really processed; null where nothing tells. */
    readonly processed: number | null;
}
/** What came of a scenario. */
export interface PlayedScenario {
    readonly scenario: Scenario;
    /** One a session, in the scenario's order. */
    readonly deliveries: readonly ScenarioDelivery[];
    /** In the order of the timeline. */
    readonly events: readonly LabEvent[];
    /**
     * Whether the receiver was seen to do what a good one does with this scenario; where it did not, and what was not seen:
     * it is met only where both lists are empty.
     */
    readonly expectation: {
        readonly met: boolean;
        readonly unmet: readonly Unmet[];
        /** A sentence each, with what would show it. */
        readonly unseen: readonly string[];
    };
    /** Sentences on what limits what was seen, as `repro` prints them after `note:`. */
    readonly caveats: readonly string[];
    /** Why `processed` was not seen; null where it was. */
    readonly effectsUnseen: string | null;
    /** All of it as text, line by line as `repro` prints it, without secrets: the message for an assertion that fails. */
    readonly timeline: string;
}
/**
 * Plays a retry edge case on a receiver: the documented sender delivers, and the scenario says what happens to each
 * attempt on its way.
 *
 * @param scenario the name of one that comes with the package, a script such as `"503,lost-ack,pass"`, the path of a
 * file, or a scenario.
 * @throws UsageError for a scenario, an app or an option that is no use, and for a scenario that this kind of receiver
 * cannot be played.
 * @example
 * const result = await playScenario(app, "lost-ack,pass", { processed: (id) => jobs.count(id) });
 * expect(result.expectation.met, result.timeline).toBe(true);
 */
export declare function playScenario(app: ScenarioApp, scenario: string | Scenario, options?: PlayScenarioOptions): Promise<PlayedScenario>;
/** As a list, in the order given. */
export declare function headerList(given?: HeadersGiven): readonly Header[];
