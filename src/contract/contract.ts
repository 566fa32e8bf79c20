import type { Clause } from "./clause.js";
import type { Decision } from "./decision.js";

/** What retry delays are counted from; see the decision `retry-delay-from`. */
export type RetryDelayFrom = "attempt-start" | "attempt-end";

/** How a callback comes. */
export type Method = "POST" | "PUT";

/**
 * `{sessionId}` and the like in a text stand for what a callback is about, `{timestamp}` for when it came about, and
 * `"{number}"` for a whole number that the service has for it, as a database has.
 */
export type Template = { readonly [name: string]: string | number | Template };

export type SubjectPart = "sessionId" | "documentId";

/** What a service documents about its webhook callback, as data. */
export interface Contract {
  /** As it is asked for: `--contract batch`. */
  readonly id: string;
  readonly name: string;
  /** Public address of the documentation page. */
  readonly documentUrl: string;
  readonly clauses: readonly Clause[];
  readonly decisions: readonly Decision[];
  /** What is told of a job that has ended badly, in place of `request.body`; null where such a job calls nobody. */
  readonly failedBody: Template | null;
  /** How often a callback has to lead to work: once, come as often as it may, or at least once after each change. */
  readonly effect: "once" | "at-least-once";
  /** What a callback is about, by the names that stand in braces in headers, bodies and probes. */
  readonly subject: {
    readonly parts: readonly SubjectPart[];
    /** How the ids that the service makes begin. */
    readonly idPrefix: string;
  };
  readonly request: {
    readonly method: Method;
    /** Those that a webhook can be registered with. */
    readonly methods: readonly Method[];
    readonly contentType: string;
    /** Beside the content type, in the documented order, each with the clause that says so. */
    readonly headers: readonly (readonly [name: string, value: string, clause: string])[];
    /** The JSON of the body, in the documented order. */
    readonly body: Template;
    /** A header and a member of the body that repeat the session id and may go; null where there are none. */
    readonly deprecated: { readonly header: string; readonly member: string } | null;
    /** Carries an HMAC of the bytes of the body under a secret that both sides know; null where nothing is signed. */
    readonly signature: { readonly header: string; readonly hash: "sha256" } | null;
    /** Names, lower case, that a custom header cannot override. */
    readonly systemHeaders: readonly string[];
  };
  readonly response: {
    /** Milliseconds from the start of an attempt to complete status line and headers (`response/within-20-seconds`). */
    readonly deadlineMs: number;
    /** Bytes of a response body that are read; more does not undo an acknowledgement. */
    readonly bodyCapBytes: number;
  };
  readonly retry: {
    /** Milliseconds before attempt 2, 3, …; one entry a retry (`retry/schedule`). */
    readonly delaysMs: readonly number[];
    readonly delayFrom: RetryDelayFrom;
  };
  readonly callbackUrl: {
    readonly scheme: "https:";
    /** Names that mean this machine, with everything below them. */
    readonly localhostSuffixes: readonly string[];
    /** Special-use and customary private suffixes; see the decision `external-reachability`. */
    readonly internalSuffixes: readonly string[];
  };
  /** Null where nothing is documented to be fetched. */
  readonly results: {
    /** Path of the canonical results endpoint; `{sessionId}` stands for the percent-encoded session id. */
    readonly path: string;
    readonly baseUrl: string;
  } | null;
}

/** Milliseconds from the first attempt to each attempt, the first included: 0, 1, 3, 8, 23, 53 minutes as documented. */
export function scheduledOffsetsMs(contract: Contract): number[] {
  const offsets = [0];
  for (const delayMs of contract.retry.delaysMs) offsets.push((offsets.at(-1) ?? 0) + delayMs);
  return offsets;
}
