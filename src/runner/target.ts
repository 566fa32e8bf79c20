import type { Attempt } from "../sender/attempt.js";
import type { NetworkProbe } from "../sender/network-probe.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import type { Sender } from "../sender/sender.js";
import type { Lanes } from "./lanes.js";
import type { Pace } from "./pace.js";
import type { Plan } from "./plan.js";
import type { Tally } from "./tally.js";
import type { Vitals } from "./vitals.js";

/** A run's plan, and what its receiver is reached by. */
export interface Target extends Plan {
  readonly sender: Sender;
  /** The replicas that can be reached one by one. */
  readonly instances: readonly { readonly url: CallbackUrl; readonly sender: Sender }[];
  /** Looks at the receiver below HTTP. */
  readonly networkProbe: NetworkProbe;
  readonly pace: Pace;
  readonly lanes: Lanes;
  readonly vitals: Vitals;
  readonly tally: Tally;
  /** The sessions that were called back for, by whatever check: it grows. */
  readonly calledBack: Set<string>;
  /** Attempts need not wait for bodies: the baseline has shown that they do not end. */
  ignoresBodies(): boolean;
  /** Tells the target of the baseline, so that a body that never ends is not waited for again and again, and a slow receiver is not crowded. */
  learn(baseline: Attempt): void;
}
