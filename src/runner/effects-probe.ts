import type { Clock } from "../clock/clock.js";
import type { SubjectPart } from "../contract/contract.js";

/** What of a session could be seen: how often it was processed and, where the probe names effects, each of them. */
export interface Seen {
  readonly processed: number;
  /** Effects by name: `{ email: 1, invoice: 2 }`. */
  readonly named?: Readonly<Record<string, number>>;
}

/** Tells how many times a session was really processed: by URL, by command, or from the log of the results API. */
export interface EffectsProbe {
  /** For people: `the probe URL`, `the probe command`, `the results API's log`. */
  readonly name: string;
  /** It is part of the receiver's own code, so that 0 means never; another may count something else. */
  readonly isOwn?: true;
  /** What of a subject it is asked by; effects of several that differ in nothing else are counted together. */
  readonly tellsApart?: readonly SubjectPart[];
  /** @throws ProbeError when it cannot tell. */
  count(sessionId: string, signal: AbortSignal): Promise<number>;
  /** The same with the effects that it names; absent where it names none. @throws ProbeError when it cannot tell. */
  look?(sessionId: string, signal: AbortSignal): Promise<Seen>;
}

/** The probe itself failed: a fault of the set-up, never charged to the receiver. */
export class ProbeError extends Error {
  override readonly name = "ProbeError";
}

/** What the probe's own positive control told: 0 before and at least 1 after a documented callback. */
export type Calibration =
  | { readonly kind: "observable"; readonly timeToEffectMs: number }
  | { readonly kind: "not-observable"; readonly reason: string }
  /** Not one of the acknowledged callbacks has shown an effect: the probe or the receiver is broken. */
  | { readonly kind: "silent"; readonly reason: string; readonly howToTell: string }
  | { readonly kind: "probe-failed"; readonly reason: string };

export type Observable = Extract<Calibration, { kind: "observable" }>;

export interface Observer {
  readonly probe: EffectsProbe;
  readonly clock: Clock;
  /** Milliseconds to wait for an effect, at most (`--settle`). */
  readonly settleMs: number;
  readonly signal: AbortSignal;
}
