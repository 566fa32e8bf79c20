import type { ReceiverListener } from "./lab-receiver.js";
/** What a receiver does of itself, from its start on; told to whoever listens, and kept until somebody does. */
export interface ReceiverEvents {
    readonly emit: ReceiverListener;
    /** @returns ends it. */
    listen(listener: ReceiverListener): () => void;
}
export declare function receiverEvents(): ReceiverEvents;
