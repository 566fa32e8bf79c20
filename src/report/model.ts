/** The report: one model, from which every format is rendered. Field names are a promise to users. */

export const schemaVersion = "1.0";

/** The gravest first. */
export const verdicts = ["non-conformant", "inconclusive", "conformant"] as const;
export type Verdict = (typeof verdicts)[number];
export type Outcome = "passed" | "failed" | "skipped" | "not-run" | "error";
export const levels = ["required", "recommended", "hardening"] as const;
export type ReportLevel = (typeof levels)[number];
export type ClauseStatus = "verified" | "violated" | "not-verified";

/** Why a check has no pass or fail of its own. */
export type ReasonCode =
  | "not-selected"
  | "not-applicable"
  | "not-observable"
  | "sessions-used-up"
  | "unreachable"
  | "baseline-not-acknowledged"
  | "credentials-or-session-unknown"
  | "rate-limited"
  | "receiver-unhealthy"
  | "effects-not-settled"
  | "probe-failed"
  | "advance-failed"
  | "machine-exhausted"
  | "time-budget-spent"
  | "interrupted"
  | "harness-error";

export interface Mismatch {
  readonly expected: string;
  readonly actual: string;
  /** Attempt number and virtual time, or what else locates it: `attempt 3 at 00:03:00`. */
  readonly where: string;
  /** Which of the check's attempts it is about, from 0; absent where it is none, or none that is kept. */
  readonly attempt?: number;
}

/** What may be behind a failure, by what the answers show. */
export interface LikelyCause {
  readonly id: string;
  /** A clause without a full stop. */
  readonly says: string;
  /** Sentences. */
  readonly fix: string;
}

/** One fault, and the checks that it explains: those that failed, and those that were not run over it. */
export interface ReportCause extends LikelyCause {
  /** Ids. */
  readonly checks: readonly string[];
  /** Id of the contract, where the report is of several. */
  readonly contract?: string;
}

export interface ReportRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Text; bytes that are not UTF-8 are shown as U+FFFD. Cut with a mark where long. */
  readonly body: string;
}

export interface ReportResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly bodyEnd: "complete" | "over-cap" | "late" | "broken";
}

/** One exchange as evidence: a request and its response, or the error that came instead. */
export interface ReportAttempt {
  readonly number: number;
  readonly sessionId: string;
  /** What was special about it, such as "without zoom_id"; empty for the documented callback. */
  readonly label: string;
  readonly request: ReportRequest;
  readonly response: ReportResponse | null;
  readonly error: { readonly reason: string; readonly code: string; readonly message: string } | null;
  /** ISO 8601, wall time. */
  readonly startedAt: string;
  /** Milliseconds since the delivery started, on the schedule's (virtual) clock. */
  readonly virtualOffsetMs: number;
  /** Milliseconds of the attempt, wall time, to its end. */
  readonly durationMs: number;
}

export interface ReportCheck {
  readonly id: string;
  /** Id of the contract, where the report is of several. */
  readonly contract?: string;
  readonly suite: string;
  readonly title: string;
  readonly level: ReportLevel;
  /** The version of the harness that it came with; absent in reports of earlier versions. */
  readonly since?: string;
  /** It came after the version that the gate is as of: it is run and told, and does not gate. */
  readonly isNew?: true;
  readonly clause: string | null;
  /** RFC section or "good practice", where no clause stands behind the check; else null. */
  readonly source: string | null;
  readonly outcome: Outcome;
  /** One sentence on why it was skipped, not run or in error; null where it passed or failed. */
  readonly reason: string | null;
  readonly reasonCode: ReasonCode | null;
  readonly mismatches: readonly Mismatch[];
  /** Likely cause and how to fix it; null where it passed. */
  readonly hint: string | null;
  /** What an answer shows of its cause by itself, or why it was not run; absent where nothing does. */
  readonly likelyCause?: LikelyCause;
  /** A line for a shell that shows the failure: curl where one request does, else the check once more; null where it did not fail. */
  readonly reproduce: string | null;
  /** Remarks that do not change the outcome, such as "failed once, passed when repeated alone". */
  readonly notes: readonly string[];
  /** The reason given in the list of known failures, for a check that is listed there. */
  readonly knownFailure?: string;
  readonly durationMs: number;
  /** How long answers took, for the checks that measure it. */
  readonly latencies?: Latencies;
  readonly attempts: readonly ReportAttempt[];
}

/** Milliseconds from the start of an attempt to the end of the answer's headers. */
export interface Latencies {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** How many answers took up to so many milliseconds, and longer than the bucket before. */
  readonly histogram: readonly { readonly upToMs: number; readonly count: number }[];
}

export interface ReportClause {
  readonly id: string;
  /** Id of the contract, where the report is of several. */
  readonly contract?: string;
  readonly section: string;
  readonly statement: string;
  readonly status: ClauseStatus;
  readonly checks: readonly string[];
  /** Why it stands so beside failed checks that cite it; absent where none is. */
  readonly note?: string;
}

export interface LevelSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notRun: number;
  readonly error: number;
}

/** What the receiver was held to. */
export interface ReportContract {
  /** As it is asked for: `batch`. Reports of old do not say it. */
  readonly id?: string;
  readonly name: string;
  readonly documentUrl: string;
  readonly decisions: readonly {
    readonly id: string;
    readonly question: string;
    readonly decision: string;
    readonly reason: string;
  }[];
  /** The figures that the run was made with. Reports of old do not say them. */
  readonly schedule?: {
    /** Milliseconds from the first attempt to each, the first included. */
    readonly offsetsMs: readonly number[];
    readonly deadlineMs: number;
  };
}

/** What is reported on, for whoever signs it. */
export interface About {
  readonly product?: string;
  readonly version?: string;
  readonly commit?: string;
  /** Whom to ask: a name, an address, a channel. */
  readonly contact?: string;
}

export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly harness: { readonly name: string; readonly version: string };
  /** Absent where the receiver was held to several. */
  readonly contract?: ReportContract;
  /** In place of `contract`: those that it was held to, one after the other; each check says which it is of. */
  readonly contracts?: readonly ReportContract[];
  readonly target: {
    readonly url: string;
    /** The embedded reference receiver, or one that the user named. */
    readonly kind: "embedded" | "url";
    /** The URL rules do not apply (`--local`). */
    readonly local: boolean;
    /** What was declared, such as `credentials`. */
    readonly capabilities: readonly string[];
    /** Names of the custom headers; never their values. */
    readonly headers: readonly string[];
  };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** What the receiver is, in the words of who ran this; absent where nobody said. */
  readonly about?: About;
  /** The command that made it, secrets out; absent where none did. */
  readonly command?: string;
  /** The run that this one repeats in part; what passed there was not looked at again. */
  readonly repeats?: {
    /** ISO 8601. */
    readonly startedAt: string;
    readonly seed: string;
    /** How many checks of the gated levels had passed. */
    readonly gatedPassed: number;
  };
  readonly seed: string;
  /** Of this run, mixed into its session ids; empty for the embedded receiver, where the seed alone decides. */
  readonly nonce: string;
  readonly verdict: Verdict;
  /** The verdict in one line, with what was verified and what was not observable. */
  readonly verdictLine: string;
  /** Sentences for the whole run, such as which credentials to pass. */
  readonly notes: readonly string[];
  readonly gate: {
    readonly outcome: "passed" | "failed" | "inconclusive";
    /** The levels that decide it. */
    readonly levels: readonly ReportLevel[];
    readonly exitCode: number;
    /** The version that it is as of, where that was asked for; later checks are new, and not gated. */
    readonly asOf?: string;
    /** How many of them were selected, and how many of those failed. */
    readonly new?: { readonly checks: number; readonly failed: number };
  };
  readonly summary: Readonly<Record<ReportLevel, LevelSummary>>;
  readonly clauses: readonly ReportClause[];
  /** What is behind the failed checks, in the order of what it explains; absent in reports of earlier versions. */
  readonly causes?: readonly ReportCause[];
  readonly checks: readonly ReportCheck[];
}
