/** Who must keep a clause: our sender (proved by its own tests), the receiver (proved by a check), or both. */
export type Party = "sender" | "receiver";
/** One documented statement, restated in our words, with a permanent id. */
export interface Clause {
    readonly id: string;
    /** The heading of the documentation page under which the statement stands. */
    readonly section: string;
    readonly statement: string;
    readonly binds: readonly Party[];
}
