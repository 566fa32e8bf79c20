import type { Clock } from "../clock/clock.js";
import type { Step } from "../receivers/script.js";
import { type ScriptedReceiver, type ScriptedReceiverOptions } from "../receivers/scripted-receiver.js";
export interface ReceiverFromWordsOptions extends Omit<ScriptedReceiverOptions, "script" | "clock"> {
    /** One step an attempt, counted per session id: words as of `repro`, such as `"503,timeout,200"`, or steps as data. */
    readonly script: string | readonly Step[];
    /** Of its stalls; a virtual one is the sender's too. @default systemClock */
    readonly clock?: Clock;
}
/**
 * Starts a receiver on loopback that meets each attempt as its script says, and keeps a journal of what arrived. Close it.
 * @throws UsageError `ERR_SCRIPT` that points at the word.
 */
export declare function receiverFromWords({ script, clock, ...rest }: ReceiverFromWordsOptions): Promise<ScriptedReceiver>;
