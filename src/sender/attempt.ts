import type { Oddity } from "./oddities.js";

/** A header as it stands on the wire: name in its own letter case, value as characters of one byte each. */
export type Header = readonly [name: string, value: string];

/** One callback as it is put on the wire, before the connection adds `Host` and the framing header. */
export interface CallbackRequest {
  readonly sessionId: string;
  readonly method: string;
  /** Request target: path and query exactly as configured. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** How far an attempt had come when it failed. */
export type AttemptPhase = "dns" | "connect" | "tls" | "request" | "headers" | "body";

/** Why an attempt failed; every way a connection can fail is one of these. */
export type FailureReason = "status" | "timeout" | "connect" | "reset" | "tls" | "dns" | "protocol";

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: "acknowledged"; readonly status: number }
  | {
      readonly kind: "failed";
      readonly reason: FailureReason;
      readonly phase: AttemptPhase;
      /** Stable detail, such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`; the status as text where the reason is `status`. */
      readonly code: string;
      /** One sentence for a person. */
      readonly message: string;
    };

/** How reading the response body ended; none of these undoes an acknowledgement (decision `deadline-span`). */
export type BodyEnd = "complete" | "over-cap" | "late" | "broken";

/** An answer, as far as it was read. */
export interface AttemptResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
  /** At most the contract's cap. */
  readonly body: Buffer;
  readonly bodyEnd: BodyEnd;
  /** What was wrong with it and could be read all the same; each kind once. */
  readonly oddities: readonly Oddity[];
}

/** Milliseconds since the attempt started, on the clock of the deadline; null where it never came so far. */
export interface AttemptTimings {
  readonly connectedMs: number | null;
  readonly headersMs: number | null;
  readonly endMs: number;
}

/** One POST and what came of it. */
export interface Attempt {
  /** From 1, within its delivery. */
  readonly number: number;
  readonly request: CallbackRequest;
  readonly outcome: AttemptOutcome;
  /** Also present on a non-2XX answer; null when no complete status line and headers came. */
  readonly response: AttemptResponse | null;
  /** Milliseconds since the delivery started, on the clock of the schedule. */
  readonly offsetMs: number;
  /** Milliseconds since the Unix epoch on the clock of the deadline (wall time, unless that clock is virtual). */
  readonly startedAt: number;
  readonly timings: AttemptTimings;
}
