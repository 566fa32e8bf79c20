import type { Played } from "./play.js";
import type { Scenario } from "./scenario.js";
/** Where the receiver did otherwise than the scenario expects. */
export interface Unmet {
    readonly expected: string;
    readonly actual: string;
    /** Which session, by its place in the scenario; empty where there is one only. */
    readonly where: string;
}
/** Everything that was expected and did not come; nothing where the scenario's expectation is met. */
export declare function judge({ deliveries, expect }: Scenario, played: Played): readonly Unmet[];
/** `acknowledged by attempt 2`, `abandoned after 6 attempts`. */
export declare function endText({ outcome, attempts }: {
    readonly outcome: string;
    readonly attempts: number;
}): string;
/** `never`, `once`, `3 times`. */
export declare function times(count: number): string;
