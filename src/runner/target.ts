import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import type { Attempt, Header } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import type { NetworkProbe } from "../sender/network-probe.js";
import type { Sender } from "../sender/sender.js";
import type { Capability } from "./check.js";
import type { CheckSettings } from "./check-context.js";
import type { EffectsProbe } from "./effects.js";
import type { Elapse } from "./elapsed-time.js";
import type { Pace } from "./pace.js";
import type { ResultsApi } from "./results-api.js";
import type { SessionSource } from "./session-ids.js";

/** A receiver plus how to reach and observe it, for one run. */
export interface Target {
  readonly kind: "embedded" | "url";
  readonly url: CallbackUrl;
  readonly contract: Contract;
  /** Not at its production address, so that the URL rules do not apply (`--local`). */
  readonly local: boolean;
  /** How retry delays pass. */
  readonly elapse: Elapse;
  readonly sender: Sender;
  readonly network: NetworkProbe;
  /** All custom headers that are sent. */
  readonly headers: readonly Header[];
  readonly credentials: readonly Header[];
  readonly capabilities: ReadonlySet<Capability>;
  /** Counts how often sessions are processed; null where nothing was declared that could tell. */
  readonly effects: EffectsProbe | null;
  /** The harness's own results API that the receiver is pointed at; null where it is not. */
  readonly resultsApi: ResultsApi | null;
  /** Milliseconds to wait for an effect, at most. */
  readonly settleMs: number;
  readonly settings: CheckSettings;
  readonly sessions: SessionSource;
  readonly pace: Pace;
  /** Wall time, for pauses. */
  readonly clock: Clock;
  /** Attempts need not wait for bodies: the baseline has shown that they do not end. */
  ignoresBodies(): boolean;
  /** Tells the target of the baseline, so that a body that never ends is not waited for again and again. */
  learn(baseline: Attempt): void;
}
