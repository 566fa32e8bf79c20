import type { Clock } from "../clock/clock.js";
import type { Contract, RetryDelayFrom } from "../contract/contract.js";
import type { Attempt } from "./attempt.js";

/** What a delivery tells whoever listens, as it happens. */
export type DeliveryEvent =
  | { readonly kind: "attempt-started"; readonly sessionId: string; readonly number: number; readonly offsetMs: number }
  | { readonly kind: "attempt-ended"; readonly sessionId: string; readonly attempt: Attempt }
  | {
      readonly kind: "retry-due";
      readonly sessionId: string;
      /** Of the attempt to come. */
      readonly number: number;
      /** Milliseconds since the first attempt, on the schedule's clock. */
      readonly dueOffsetMs: number;
      readonly delayMs: number;
    }
  | { readonly kind: "acknowledged"; readonly sessionId: string; readonly attempt: Attempt }
  | { readonly kind: "abandoned"; readonly sessionId: string; readonly attempts: number };

export type DeliveryListener = (event: DeliveryEvent) => void;

/** What became of a callback, with all that was sent for it. */
export type Delivery =
  | { readonly kind: "acknowledged"; readonly attempts: readonly Attempt[] }
  | { readonly kind: "abandoned"; readonly attempts: readonly Attempt[] }
  /** The job failed, so there is nothing to call back about (`trigger/success-only`). */
  | { readonly kind: "not-sent"; readonly attempts: readonly [] };

export interface DeliveryOptions {
  readonly contract: Contract;
  /** Clock of the schedule. */
  readonly clock: Clock;
  readonly sessionId: string;
  readonly retryDelayFrom: RetryDelayFrom;
  readonly attempt: (number: number, offsetMs: number) => Promise<Attempt>;
  /** @default nobody listens */
  readonly emit?: DeliveryListener | undefined;
  readonly signal?: AbortSignal;
}

/** Attempts one callback at the documented times until it is acknowledged or abandoned (`retry/*`). */
export async function deliver(options: DeliveryOptions): Promise<Delivery> {
  const { contract, clock, sessionId, emit, signal } = options;
  const startedAt = clock.now();
  const attempts: Attempt[] = [];
  let offsetMs = 0;
  for (let number = 1; ; number += 1) {
    emit?.({ kind: "attempt-started", sessionId, number, offsetMs });
    const attempt = await options.attempt(number, offsetMs);
    attempts.push(attempt);
    emit?.({ kind: "attempt-ended", sessionId, attempt });
    if (attempt.outcome.kind === "acknowledged") {
      emit?.({ kind: "acknowledged", sessionId, attempt });
      return { kind: "acknowledged", attempts };
    }
    const delayMs = contract.retry.delaysMs[number - 1];
    if (delayMs === undefined) {
      emit?.({ kind: "abandoned", sessionId, attempts: number });
      return { kind: "abandoned", attempts };
    }
    offsetMs += delayMs + (options.retryDelayFrom === "attempt-end" ? attempt.timings.endMs : 0);
    emit?.({ kind: "retry-due", sessionId, number: number + 1, dueOffsetMs: offsetMs, delayMs });
    await clock.sleep(startedAt + offsetMs - clock.now(), signal);
  }
}
