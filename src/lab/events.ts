import type { Attempt } from "../sender/attempt.js";
import type { Token } from "./scenario.js";

/** What happens while a scenario is played, with the time since its start on its clock, in milliseconds. */
export type LabEvent = { readonly offsetMs: number } & (
  | {
      readonly kind: "attempt-started";
      /** From 0, in the scenario. */
      readonly delivery: number;
      readonly number: number;
      readonly token: Token;
    }
  | {
      readonly kind: "restarted";
      readonly delivery: number;
      /** The attempt that it comes before. */
      readonly number: number;
    }
  /** On purpose, in the middle of an attempt. */
  | {
      readonly kind: "killed";
      readonly delivery: number;
      /** It had answered by then. */
      readonly answered: boolean;
    }
  | { readonly kind: "attempt-ended"; readonly delivery: number; readonly attempt: Attempt; readonly token: Token }
  /** A second delivery of the same request has ended, which the sender knows nothing of. */
  | { readonly kind: "copy-ended"; readonly delivery: number; readonly attempt: Attempt }
  /** A request that was held up on its way got through at last. */
  | { readonly kind: "delivered-late"; readonly delivery: number; readonly attempt: Attempt }
  | {
      readonly kind: "retry-due";
      readonly delivery: number;
      readonly number: number;
      /** Milliseconds since the scenario's start. */
      readonly dueMs: number;
      readonly delayMs: number;
    }
  | { readonly kind: "acknowledged"; readonly delivery: number; readonly attempts: number }
  | { readonly kind: "abandoned"; readonly delivery: number; readonly attempts: number }
  | { readonly kind: "printed"; readonly text: string }
  | {
      readonly kind: "answered-late";
      /** Null where the session is none of the scenario's. */
      readonly delivery: number | null;
      readonly arrival: number;
      readonly status: number;
    }
  | { readonly kind: "crashed"; readonly text: string }
  | { readonly kind: "companion-ended"; readonly text: string }
);

/** Without its time. */
export type EventOf<E> = E extends unknown ? Omit<E, "offsetMs"> : never;

/** Is told everything that happened at one moment, in order. */
export type LabListener = (moment: readonly LabEvent[]) => void;
