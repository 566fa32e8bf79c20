import type { AttemptOutcome } from "../sender/attempt.js";
import type { LabEvent } from "./events.js";
import type { Unmet } from "./judge.js";
import type { ReceiverKind } from "./lab-receiver.js";
import type { Expectation } from "./scenario.js";
import type { ScenarioVerdict } from "./verdict.js";

/** What came of a scenario, as `repro --json` prints it and `reports/repro.schema.json` has it: fields are only ever added. */
export interface PlayedFacts {
  readonly schemaVersion: string;
  /** When it began, ISO 8601; null where that differs from run to run. */
  readonly startedAt?: string | null;
  readonly scenario: {
    readonly name: string;
    readonly title: string;
    readonly incident: string | null;
    readonly deliveries: readonly { readonly startsAtMs: number; readonly attempts: readonly string[] }[];
  };
  /** What the receiver has to keep to, and when attempts are due after the first; milliseconds. */
  readonly contract: { readonly deadlineMs: number; readonly offsetsMs: readonly number[] };
  readonly receiver: {
    readonly kind: ReceiverKind;
    readonly title: string;
    /** The processes that were started beside it. */
    readonly beside: readonly string[];
  };
  readonly deliveries: readonly DeliveryFacts[];
  readonly receiverEvents: readonly LabEvent[];
  /** All that happened, moment by moment, in words. */
  readonly timeline: readonly { readonly offsetMs: number; readonly lines: readonly string[] }[];
  readonly caveats: readonly string[];
  readonly effects: { readonly seen: boolean; readonly reason: string | null };
  readonly verdict: ScenarioVerdict["kind"];
  /** As the timeline ends. */
  readonly verdictLines: readonly string[];
  readonly expectation: {
    readonly met: boolean;
    readonly expected: Expectation;
    readonly unmet: readonly Unmet[];
    readonly unseen: readonly string[];
  };
}

export interface DeliveryFacts {
  readonly sessionId: string;
  readonly outcome: "acknowledged" | "abandoned";
  /** Null where it was not seen. */
  readonly processed: number | null;
  readonly attempts: readonly AttemptFacts[];
}

/** Times are milliseconds since the delivery started, on the scenario's clock. */
export interface AttemptFacts {
  readonly number: number;
  /** What happened to it on its way, as written: `lost-ack`. */
  readonly token: string;
  /** Null for what never gets to the receiver. */
  readonly arrivesAtMs: number | null;
  readonly offsetMs: number;
  /** Null where it went by wall time, which differs from run to run. */
  readonly durationMs: number | null;
  readonly outcome: AttemptOutcome;
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly body: string;
    readonly bodyEnd: string;
  } | null;
}
