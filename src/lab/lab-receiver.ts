import type { EffectsProbe } from "../runner/effects-probe.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import type { Network } from "../sender/open-connection.js";

/** How the receiver of a scenario is reached, which decides what can be played on it. */
export type ReceiverKind = "embedded" | "app" | "process" | "url";

/** What a receiver does of itself, beside answering. */
export type ReceiverEvent =
  /** A line that it printed; `at` is on the scenario's clock, in milliseconds since the Unix epoch. */
  | { readonly kind: "printed"; readonly at: number; readonly text: string }
  /** Its answer came when the sender was no longer there to see it. */
  | {
      readonly kind: "answered-late";
      readonly at: number;
      readonly sessionId: string;
      /** Which arrival of this session it answers, from 1. */
      readonly arrival: number;
      readonly status: number;
    }
  /** It is gone, or part of it is: an error that nothing caught, or the end of its process. One sentence. */
  | { readonly kind: "crashed"; readonly at: number; readonly text: string }
  /** A process that was started beside it has ended of itself. One sentence. */
  | { readonly kind: "companion-ended"; readonly at: number; readonly text: string };

export type ReceiverListener = (event: ReceiverEvent) => void;

/** A receiver that scenarios are played on. Whoever starts it closes it. */
export interface LabReceiver {
  readonly kind: ReceiverKind;
  /** For the timeline: without ports and process ids, so that two runs print the same. */
  readonly title: string;
  /** For the timeline: the processes that were started beside it. @default none */
  readonly beside?: readonly string[];
  readonly url: CallbackUrl;
  readonly network?: Partial<Network>;
  /** It lives on the scenario's clock, so its 20 seconds pass there too; otherwise they are wall time. */
  readonly sharesTime: boolean;
  /** Tells how often a session was processed; null where nothing can. */
  readonly probe: EffectsProbe | null;
  /** Brings the receiver's own clock to this moment of the scenario's, in milliseconds since the Unix epoch. */
  readonly travelTo?: (now: number) => Promise<void>;
  /**
   * Is told how to bring along whatever is moved by `travelTo`, for a receiver that does something of itself between
   * attempts: what it then asks a store is answered by the time that it is. Never rejects.
   */
  readonly takesAlong?: (bring: (now: number) => Promise<void>) => void;
  /** Called as an attempt begins that will get to it whole, for whoever looks what it does then. @returns ends that. */
  readonly attempt?: () => () => void;
  /** Looks at the Date of an answer. @throws UsageError where it shows that the clock does not follow `travelTo`. */
  readonly assertFollows?: (dateHeader: string, now: number) => void;
  /**
   * What of it, and of what it talks to, keeps a time of its own, a name each; complete only at the end. Absent where
   * nothing is looked at.
   */
  readonly ownTime?: () => readonly string[];
  /** Whatever it keeps time by is moved along, by the word of whoever declared how. */
  readonly movesAll?: boolean;
  /** Waits, in wall time, until what is known of the receiver is up to date: whether it has just died. */
  readonly settle?: () => Promise<void>;
  /**
   * Waits, in wall time, until what it has printed by now is told, so that it stands beside the attempt it came of, and
   * until it is known whom it has asked in that.
   */
  readonly heard?: () => Promise<void>;
  /** What of it does not follow the scenario's clock, a sentence each; complete only at the end. */
  readonly caveats?: () => readonly string[];
  /** Ends it and starts it again, as a deployment does; absent where that is not ours to do. */
  readonly restart?: () => Promise<void>;
  /** Kills it, whatever it is at, and starts it again; absent where that is not ours to do. */
  readonly crash?: () => Promise<void>;
  /** Where another instance of it is reached, by the same network; absent where there is none. */
  readonly other?: CallbackUrl;
  /** Leaves no process, socket or timer behind. */
  close(): Promise<void>;
}
