import type { EffectsProbe } from "../../runner/effects-probe.js";
import type { CallbackUrl } from "../../sender/callback-url.js";
import type { Network } from "../../sender/open-connection.js";
import type { ReceiverListener } from "../lab-receiver.js";
import type { Environment } from "./command.js";

export interface ProcessReceiverOptions {
  /** For the shell, as given with `--exec`. */
  readonly command: string;
  readonly url: CallbackUrl;
  readonly network?: Partial<Network>;
  /** Moves the process's clock with the scenario's. */
  readonly timeTravel: boolean;
  /** The scenario's start, in milliseconds since the Unix epoch. */
  readonly startAt: number;
  /** Wall milliseconds for it to listen. @default 10000 */
  readonly startTimeoutMs?: number;
  readonly on: ReceiverListener;
  /** The scenario's clock, for the time of events. */
  readonly now: () => number;
  readonly probe: EffectsProbe | null;
  readonly env: Environment;
  readonly cwd?: string;
  /** Ends the start, or a restart; what runs by then is stopped before either rejects. */
  readonly signal?: AbortSignal;
}

/** Milliseconds; a development server that compiles first needs several seconds. */
export const defaultStartTimeoutMs = 10_000;
