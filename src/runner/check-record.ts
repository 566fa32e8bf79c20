import type { LikelyCause, Outcome, ReasonCode } from "../report/model.js";
import type { Attempt } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import type { OnTheWay } from "../sender/on-the-way.js";
import type { Variation } from "./check-context.js";

/** One attempt that a check made, with what was special about it. */
export interface Evidence {
  readonly attempt: Attempt;
  readonly label: string;
  /** One of the attempts of a schedule, so that number and virtual time mean something. */
  readonly scheduled: boolean;
  /** What happened to it between the sender and the receiver. @default nothing */
  readonly onTheWay?: OnTheWay;
  /** One curl line shows the same: no retry, nothing odd on the wire, no connection that was used before. */
  readonly fitsCurl: boolean;
  /** How it was changed; null for the documented callback. */
  readonly variation: Variation | null;
  /** The instance that it went to; left out for the callback URL. */
  readonly to?: CallbackUrl;
}

export interface Finding {
  readonly expected: string;
  readonly actual: string;
  readonly where: Attempt | string;
  /** What to do about just this; null where the check says it of all. */
  readonly fix: string | null;
  /** What is known to be behind it; absent where that is still to be found. */
  readonly cause?: LikelyCause;
}

/** What one run of a check left behind. */
export interface CheckRecord {
  /** In the order of sending; null where the attempt was interrupted. */
  readonly evidence: (Evidence | null)[];
  readonly findings: Finding[];
  readonly notes: string[];
  /** Milliseconds that answers took, where the check measures them. */
  readonly latenciesMs: number[];
}

export const emptyRecord = (): CheckRecord => ({ evidence: [], findings: [], notes: [], latenciesMs: [] });

/** How one run of a check ended, before it is put in words. */
export interface CheckEnd {
  readonly outcome: Outcome;
  readonly reasonCode: ReasonCode | null;
  readonly reason: string | null;
  readonly durationMs: number;
  /** Null where the check was not started. */
  readonly record: CheckRecord | null;
  /** What is known to have kept it from being run; absent where that is still to be found. */
  readonly cause?: LikelyCause;
  /** What the harness itself threw. */
  readonly fault?: Error;
}
