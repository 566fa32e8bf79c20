import type { ReportLevel } from "../report/model.js";
import type { Contract } from "../contract/contract.js";
import type { Misdeed } from "./misdeed.js";
import type { CheckContext, CheckSettings } from "./check-context.js";

/** `required` is documented; `recommended` is documented or field-wide good practice; `hardening` is hostile input. */
export type Level = ReportLevel;

export { levels } from "../report/model.js";

/** What a target declares so that more can be checked. */
export type Capability =
  | "credentials"
  | "url-secret"
  | "secret"
  | "effects"
  | "elapsed-time"
  | "instances"
  | "results-api";

/** Why a check that ran could not judge: it does not apply here, or what it needs cannot be seen from here. */
export interface Skip {
  readonly skip: "not-applicable" | "not-observable" | "not-judged";
  readonly reason: string;
}

/** It makes no sense for this target; the reason says why. */
export const notApplicable = (reason: string): Skip => ({ skip: "not-applicable", reason });
/** The harness cannot see it from here; the reason says what would make it observable. */
export const notObservable = (reason: string): Skip => ({ skip: "not-observable", reason });

/** The baseline exchange ended before it came to what this check judges: reported as `not-run`. */
export const notJudged = (reason: string): Skip => ({ skip: "not-judged", reason });

/** One verifiable statement about a receiver. */
export interface Check {
  /** `suite/what-a-good-receiver-does`; permanent. */
  readonly id: string;
  /** Former ids, still accepted by every filter. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** The version of the harness that it came with; a gate can be as of an earlier one. @default the first, 0.1.0 */
  readonly since?: string;
  readonly level: Level;
  /** The documented clause it verifies; null where no page says anything, and then `source` says who does. */
  readonly clause: string | null;
  /** An RFC section, or "good practice". */
  readonly source?: string;
  readonly needs?: readonly Capability[];
  /** How many fresh session ids one run of it takes. */
  readonly sessions: number;
  /** How many requests one run of it sends a healthy receiver. @default one for each session id */
  readonly requests?: number | ((settings: CheckSettings) => number);
  /** `alone` for what measures time, `rough` for what stalls or floods; the others run side by side. */
  readonly pace?: "side-by-side" | "alone" | "rough";
  /**
   * Minutes of the schedule pass between its attempts. Where they pass for the receiver too, it runs alone: whatever else
   * the receiver has under way would age with it.
   */
  readonly spansMinutes?: true;
  /** Sends at full speed, whatever the receiver asked for before: a rate limit that is in its way is its finding. */
  readonly floods?: true;
  /**
   * Judges whether the receiver has survived what its own suite sent before. It is run where the documented callback is
   * no longer acknowledged, and a control that fails confirms it.
   */
  readonly judgesHealth?: true;
  /**
   * What must have happened before it makes sense to ask: `on-baseline` needs an acknowledged baseline callback;
   * `judges-baseline` judges that exchange itself when it was not acknowledged; `nothing` sends no callback.
   */
  readonly builds: "on-baseline" | "judges-baseline" | "nothing";
  /** A rule for the production address alone: not applicable where the target is elsewhere (`--local`). */
  readonly productionOnly?: true;
  /**
   * With an observer, it answers for the effects of the sessions it sends: each that was acknowledged is processed, and as often
   * as the contract says.
   * What is lost or doubled in other checks fails the checks that collect it.
   */
  readonly judgesEffects?: true;
  /**
   * What of the sessions of other checks it answers for, of its suite alone or of any. It ends with the run. One that plays
   * the special case itself answers for it where it failed.
   */
  readonly collects?: { readonly misdeeds: readonly Misdeed[]; readonly from: "its-suite" | "any-suite" };
  /** The contracts it makes sense for. @default all of them */
  readonly fits?: (contract: Contract) => boolean;
  /** For `explain`: each a sentence or two; figures of the contract stand as `{deadline}` (`contract/figures.ts`). */
  readonly explain: {
    readonly sends: string;
    readonly expects: string;
    readonly why: string;
    readonly fix: string;
  };
  run(context: CheckContext): Promise<Skip | void>;
}

/** The checks of one topic. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  /** Starts only when every suite before it has ended, since it could disturb them. */
  readonly separate?: true;
  /** Sent to a host that is not local only when the suite, or a check of it, is named. */
  readonly publicOnlyByName?: true;
  /** The contracts that it makes sense for, beside what each check says. @default all of them */
  readonly fits?: (contract: Contract) => boolean;
  readonly checks: readonly Check[];
}
