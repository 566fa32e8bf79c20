import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import type { Step } from "../receivers/script.js";
/** A server on loopback that meets each attempt as it was told just before. */
export interface Stage {
    readonly origin: string;
    /** How the next attempts of this session are met; `null` goes back to 200. */
    meet(sessionId: string, step: Step | null): void;
    close(): Promise<void>;
}
/** On a virtual clock it stalls on behalf of the sender's attempt, whose hold is bound to the connection's port. */
export declare function createStage(clock: Clock, contract: Contract): Promise<Stage>;
