import type { Contract } from "../contract/contract.js";
import type { Reachability } from "../sender/address-classes.js";
import type { Attempt, Header } from "../sender/attempt.js";
import type { CallbackHost } from "../sender/callback-host.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import type { ResultsApi } from "./results-api.js";
import type { UrlSecret } from "./url-secrets.js";
import type { NetworkProbe } from "../sender/network-probe.js";
import type { OnTheWay } from "../sender/on-the-way.js";

/** The body's JSON value; that of a captured callback may have more members than the documented ones. */
export type CallbackBody = Readonly<Record<string, unknown>>;

/** How the documented callback is changed before it is sent. What is left out stays as documented. */
export interface Variation {
  /** What is special about it, for the evidence: "without zoom_id". */
  readonly label: string;
  /** Changes the JSON value of the body. */
  readonly body?: (documented: CallbackBody, names: Contract["request"]) => unknown;
  /** Changes the bytes of the body. */
  readonly bytes?: (documented: string) => string | Buffer;
  /** Headers to set, replacing those of the same name in any letter case. */
  readonly set?: Readonly<Record<string, string>>;
  /** Header names to leave out, in any letter case; `User-Agent` and `Accept` too. */
  readonly drop?: readonly string[] | ((names: Contract["request"]) => readonly string[]);
  /** Rewrites the whole header list, after `set` and `drop`. */
  readonly headers?: (headers: readonly Header[]) => readonly Header[];
  /**
   * What stands in place of the right signature, which is the one over the bytes that are sent; null for none. Beside it,
   * the signature of the documented bytes. @default the right one, so that only a check of signatures is about them
   */
  readonly signature?: (right: string, documented: string) => string | null;
  /** A good receiver takes it like the documented callback: once it is acknowledged, the session must be processed. */
  readonly harmless?: true;
  readonly method?: string;
  readonly path?: (configured: string) => string;
  /** `content-length` unless told otherwise; the others are written on a raw socket. */
  readonly framing?: Framing;
  /** What to do where it is just this that is acknowledged and should not be; by default the check's own fix. */
  readonly fixIfAcknowledged?: string;
  /** What to do where it is just this that a check fails for otherwise; by default the check's own fix. */
  readonly fixIfFailed?: string;
}

/** How the body is framed; `stallMs` stops in the middle of it for so long and then closes the connection. */
export type Framing =
  | "content-length"
  | "chunked"
  | "expect-continue"
  | "two-lengths"
  | "length-and-chunks"
  | { readonly stallMs: number };

export interface SendOptions {
  /** A session id taken before with `session()`, or one of `anotherDocument()`; by default a fresh one. */
  readonly sessionId?: string;
  readonly variation?: Variation;
  readonly onTheWay?: OnTheWay;
  /** Position among the receiver's instances of the one it goes to. @default the callback URL */
  readonly instance?: number;
  /** What comes of the session cannot be foreseen: with an observer, nothing is asked of it. */
  readonly leavesEffectOpen?: true;
  /** A connection from `connection()`; by default a fresh one, closed afterwards. */
  readonly connection?: KeptConnection;
  /** Announces with `Connection: close` that no further request follows (RFC 9112 §9.6). */
  readonly lastOnConnection?: boolean;
  /** Looks on for so many milliseconds after the answer whether more comes, which then is among its oddities. */
  readonly lingerMs?: number;
  /** What is kept as evidence; an attempt that a mismatch points at is kept in any case. @default "all" */
  readonly evidence?: "all" | "failures" | "none";
  /**
   * A 429 or 503 with Retry-After is the check's to judge. By default it is judged only where others are acknowledged
   * meanwhile and it stands when it was waited for; else the run goes on slowing down, and the check cannot be judged if
   * that is no help.
   */
  readonly judgesRateLimit?: boolean;
  /** For so long, in milliseconds, a lock may turn a retry away, which is then sent again. @default 0 */
  readonly lockMs?: number;
}

/** One keep-alive connection, opened again by the next attempt when the receiver has closed it. */
export interface KeptConnection {
  /** How many connections it took so far. */
  readonly opened: number;
  /** Whether the receiver closes it within so many milliseconds of wall time. */
  closesWithin(ms: number): Promise<boolean>;
  close(): void;
}

export interface ScheduleOptions {
  readonly sessionId?: string;
  /** Attempt by attempt, from the first; `pass` from there on. */
  readonly onTheWay?: readonly OnTheWay[];
  /** Attempt by attempt, the position of the instance that it goes to; the callback URL from there on. */
  readonly instances?: readonly (number | undefined)[];
  /** So many attempts at the documented times, come what may. */
  readonly attempts: number;
  /** As in {@link SendOptions}. */
  readonly lockMs?: number;
}

export interface CheckSettings {
  readonly fuzzCases: number;
  /** Requests that a check with many to send has under way at once, at most. */
  readonly concurrency: number;
  /** Requests a second of a steady load; null where none was asked for. */
  readonly rate: number | null;
  readonly durationMs: number;
}

/** The world as a check sees it. */
export interface CheckContext {
  readonly contract: Contract;
  readonly url: CallbackUrl;
  /** What kind of name or address the URL's host is. */
  readonly host: CallbackHost;
  /** Whether an address is globally reachable, by IANA's registries, and why not. */
  reachability(address: string): Reachability;
  /** The exchange that came first. A check that builds on the baseline finds it acknowledged. */
  readonly baseline: Attempt;
  /** The configured headers that are credentials. */
  readonly credentials: readonly Header[];
  /** Parameters of the URL's query that are credentials; only for checks that need the capability `url-secret`. */
  readonly urlSecrets: readonly UrlSecret[];
  /** Resolves and probes the target's host below HTTP. */
  readonly network: NetworkProbe;
  /** This is the second run of a check that failed, alone and at leisure. */
  readonly confirming: boolean;
  /** Session ids are the harness's own, not supplied by the user. */
  readonly inventsSessions: boolean;
  /** A fresh session id, never used before in this run. */
  session(): string;
  /** The id of one more document of a session, for contracts that have documents. */
  anotherDocument(sessionId: string): string;
  /** Hex characters that depend on the seed and the check alone. */
  randomHex(length: number): string;
  /** One attempt of the documented callback, varied or not, within the documented deadline. */
  send(options?: SendOptions): Promise<Attempt>;
  /** Attempts at the documented times of the schedule, in virtual time unless the run is in real time. */
  schedule(options: ScheduleOptions): Promise<readonly Attempt[]>;
  connection(): KeptConnection;
  /**
   * To be waited for before a session is sent again. Retries are minutes apart as documented, and a receiver may rightly
   * refuse them within milliseconds: nothing in the first run, 5 seconds of wall time in the run that confirms a failure.
   */
  betweenRetries(): Promise<void>;
  /** How many requests may be under way at once, where a check has many to send; the receiver's speed is in it. */
  readonly sideBySide: number;
  /** What the user asked of load and fuzz. */
  readonly settings: CheckSettings;
  /** How many of the receiver's instances can be reached one by one. */
  readonly instances: number;
  /** Whether `effects` can be asked. */
  readonly observesEffects: boolean;
  /** Whether the effects of one document of a session are told from those of another. */
  readonly tellsDocumentsApart: boolean;
  /**
   * How often each session was processed, once it can no longer change: a sentinel session that is sent now has been
   * processed, and three times the usual time to effect has passed. Only where effects are observed, as in checks that
   * need the capability `effects`.
   */
  effects(sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Sessions of the checks of this suite that were acknowledged, those that were sent first before the others. */
  acknowledged(): readonly string[];
  /** Sessions of this run whose documented callback met a 429 or 5XX of the receiver's own, and was not acknowledged. */
  unacknowledged(): readonly string[];
  /** The results API that the receiver is pointed at; only for checks that need the capability `results-api`. */
  readonly results: ResultsApi;
  /** Waits until the condition holds, in wall time, as long as effects may take to settle. */
  waitFor(condition: () => boolean): Promise<void>;
  /** Milliseconds that answers took, for the histogram in the report. */
  latencies(ms: readonly number[]): void;
  /** Waits in wall time, where a receiver's own clock matters. */
  pause(ms: number): Promise<void>;
  /**
   * The same where all that this check has sent is answered, and was harmless: the first time other checks go on
   * meanwhile, and it may take longer until it is this one's turn again.
   * @returns milliseconds that it took.
   */
  idle(ms: number): Promise<number>;
  /** Milliseconds, wall time unless injected: for what a check measures itself. */
  now(): number;
  /**
   * Records that the receiver did otherwise than it should. Any mismatch fails the check; all are reported.
   * @param where the attempt, or a few words.
   * @param fix what to do about just this, in place of the check's own fix.
   */
  mismatch(expected: string, actual: string, where: Attempt | string, fix?: string): void;
  /** Keeps as evidence an attempt that no mismatch points at, and that tells what is behind one. */
  keep(attempt: Attempt): void;
  /** A remark that does not change the outcome. */
  note(text: string): void;
}
