import type { Clock } from "../clock/clock.js";
import { parseTime } from "../clock/timestamps.js";
import { UsageError } from "../errors.js";
import { parsedUrl } from "../parsed-url.js";
import { assertSecret } from "./credential.js";

export interface ResultsClientOptions {
  readonly clock: Clock;
  /** Scheme, host and, where there is one, a path prefix of the API. */
  readonly baseUrl: string;
  /** `{sessionId}` stands for the percent-encoded session id. */
  readonly path: string;
  /** Goes into `Authorization` as it is (`results/fetched-by-session-id`). */
  readonly token: string;
  /** Milliseconds that one request may take. */
  readonly timeoutMs: number;
  /** Milliseconds before request 2, 3, …; after the last one it gives up. A longer `Retry-After` is kept. */
  readonly retryDelaysMs: readonly number[];
  readonly onRetry?: (sessionId: string, reason: string, delayMs: number) => void;
}

/** Why a session's results could not be had. The message never holds the token. */
export class ResultsUnavailable extends Error {
  override readonly name = "ResultsUnavailable";
}

/** Resolves to the results as JSON; rejects with `ResultsUnavailable`, or with the signal's reason when it aborts. */
export type FetchResults = (sessionId: string, signal: AbortSignal) => Promise<unknown>;

type Outcome =
  | { readonly kind: "results"; readonly results: unknown }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string; readonly retryAfterMs: number };

/** Statuses below 500 that may pass: not there yet (404, 409), too slow (408), too early (425), too many (429). */
const passing = new Set([404, 408, 409, 425, 429]);

/** A `Retry-After` beyond this is not waited for in full. */
const longestRetryAfterMs = 10 * 60_000;

/** @throws UsageError for a base URL that is not http(s), or a token that cannot stand in a header. */
export function createResultsClient(options: ResultsClientOptions): FetchResults {
  const { clock, path, token, timeoutMs, retryDelaysMs, onRetry } = options;
  const baseUrl = parseBaseUrl(options.baseUrl);
  assertSecret("results.token", token);

  async function request(sessionId: string, signal: AbortSignal): Promise<Outcome> {
    const target = `${baseUrl}${path.replace("{sessionId}", () => encodeURIComponent(sessionId))}`;
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    signal.addEventListener("abort", abort, { once: true });
    const timer = clock.timer(timeoutMs, abort);
    const hold = clock.hold();
    try {
      const response = await fetch(target, {
        headers: { authorization: token, accept: "application/json" },
        // A redirect would carry the token to wherever the answer points.
        redirect: "manual",
        signal: controller.signal,
      });
      if (response.ok) return { kind: "results", results: await response.json() };
      await response.body?.cancel();
      const reason = `the results API answered ${response.status}`;
      if (response.status < 500 && !passing.has(response.status)) return { kind: "refused", reason };
      return { kind: "failed", reason, retryAfterMs: retryAfterMs(response.headers.get("retry-after"), clock.now()) };
    } catch (error) {
      signal.throwIfAborted();
      const reason = controller.signal.aborted ? `no results within ${timeoutMs} ms` : describe(error);
      return { kind: "failed", reason, retryAfterMs: 0 };
    } finally {
      hold.release();
      timer.cancel();
      signal.removeEventListener("abort", abort);
    }
  }

  return async (sessionId, signal) => {
    signal.throwIfAborted();
    const delays = retryDelaysMs.values();
    for (;;) {
      const outcome = await request(sessionId, signal);
      if (outcome.kind === "results") return outcome.results;
      const next = delays.next();
      if (outcome.kind === "refused" || next.done) throw new ResultsUnavailable(outcome.reason);
      const delayMs = Math.max(next.value, outcome.retryAfterMs);
      onRetry?.(sessionId, outcome.reason, delayMs);
      await clock.sleep(delayMs, signal);
    }
  };
}

function parseBaseUrl(baseUrl: string): string {
  const url = parsedUrl(baseUrl);
  const legal = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!legal) {
    // The URL may hold a password, so it is not repeated.
    throw new UsageError(
      "ERR_RESULTS_URL",
      "results.baseUrl: expected an http or https URL without userinfo or query.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3); 0 where there is none. */
function retryAfterMs(value: string | null, now: number): number {
  if (value === null) return 0;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : (parseTime(value) ?? now) - now;
  return Math.min(Math.max(ms, 0), longestRetryAfterMs);
}

/** A code rather than the message, which may quote what was sent. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof SyntaxError) return "the results are not JSON";
  const code = (cause as { code?: unknown }).code;
  return `the request failed (${typeof code === "string" ? code : "unknown reason"})`;
}
