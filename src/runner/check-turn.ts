import type { Baseline } from "./baseline.js";
import type { Check } from "./check.js";
import type { Calibration } from "./effects-probe.js";
import type { Ledger } from "./ledger.js";
import type { Watch } from "./settle.js";
import type { Target } from "./target.js";

/** A wait of the real schedule, which takes minutes. */
export interface Waiting {
  /** The check that waits. */
  readonly id: string;
  /** The number of the attempt that comes next, from 1. */
  readonly attempt: number;
  /** So many attempts in all. */
  readonly of: number;
  /** When it comes, in milliseconds since 1970. */
  readonly untilMs: number;
}

/** Waits, and lets others send meanwhile; resolves when it is this check's turn again, which may be later. */
export type Aside = (wait: () => Promise<void>) => Promise<void>;

/** One run of a check, among others: what it is run on, and what is known by then. */
export interface Turn {
  readonly check: Check;
  readonly target: Target;
  /** Null where none was needed or none could be taken. */
  readonly baseline: Baseline | null;
  /** What the effects probe's positive control told; null where there is no probe, or the baseline failed. */
  readonly calibration: Calibration | null;
  /** Observes effects; null where nothing can be observed. */
  readonly watch: Watch | null;
  /** Where its attempts are entered; null where nobody asks for their effects. */
  readonly ledger: Ledger | null;
  readonly confirming: boolean;
  /** Left out where no other check may run beside it. */
  readonly aside?: Aside | undefined;
  /** Is told of each wait of the real schedule. */
  readonly onWait?: ((wait: Waiting) => void) | undefined;
  /** Ends everything under way: the time budget is spent, or the user interrupts. */
  readonly signal: AbortSignal;
}
