import { capAgain } from "../capped-attempt.js";
import type { ReportAttempt, ReportCheck } from "../model.js";
import type { EvidenceLimits } from "./evidence-limits.js";
import { exchangeNames, namedExchange } from "./exchange-names.js";

/** One exchange as the page shows it. */
export interface Exchange {
  /** Unique in the page. */
  readonly anchor: string;
  /** As mismatches call it: `attempt 3`, `callback 7`. */
  readonly name: string;
  readonly attempt: ReportAttempt;
}

/** What of a check's evidence the page has room for. */
export interface Evidence {
  readonly exchanges: readonly Exchange[];
  /** How many more the model holds. */
  readonly leftOut: number;
  /** Null where there is none, or where it is too long to be shown. */
  readonly curl: string | null;
  readonly isCurlTooLong: boolean;
}

export function evidenceOf(check: ReportCheck, limits: EvidenceLimits): Evidence {
  const { attempts, outcome, reproduce } = check;
  const most = outcome === "failed" || outcome === "error" ? limits.failures : limits.others;
  const names = exchangeNames(check);
  const kept = chosen(check, names, most);
  const exchanges = attempts.flatMap((attempt, index) =>
    kept.has(index)
      ? [
          {
            anchor: `${check.id}@${index + 1}`,
            name: names[index] ?? "",
            attempt: withShorterBodies(attempt, limits.bodyBytes),
          },
        ]
      : [],
  );
  const isCurlTooLong = reproduce !== null && Buffer.byteLength(reproduce, "utf8") > limits.curlBytes;
  return {
    exchanges,
    leftOut: attempts.length - exchanges.length,
    curl: isCurlTooLong ? null : reproduce,
    isCurlTooLong,
  };
}

/** For a check that is not of the report. */
export const noEvidence: Evidence = { exchanges: [], leftOut: 0, curl: null, isCurlTooLong: false };

/** What an exchange takes at least: its name and its times. */
const leastBytesOfExchange = 200;

/** The page takes no less than this, since within a check only equal bodies are shown once. */
export function leastBytesOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { exchanges }) => {
    const bodies = exchanges.flatMap(({ attempt: { request, response, sessionId } }) =>
      [request.body, response?.body ?? ""].map((body) => (sessionId === "" ? body : body.replaceAll(sessionId, ""))),
    );
    const distinct = [...new Set(bodies)];
    return sum + exchanges.length * leastBytesOfExchange + distinct.reduce((bytes, body) => bytes + body.length, 0);
  }, 0);
}

/** Indices of those that a mismatch points at, then of the first ones. */
function chosen({ attempts, mismatches }: ReportCheck, names: readonly string[], most: number): ReadonlySet<number> {
  const blamed = mismatches.flatMap(({ where }) => namedExchange(where, names) ?? []);
  return new Set([...new Set([...blamed, ...attempts.keys()])].slice(0, most));
}

function withShorterBodies(attempt: ReportAttempt, bytes: number): ReportAttempt {
  const { request, response } = attempt;
  return {
    ...attempt,
    request: { ...request, body: capAgain(request.body, bytes) },
    response: response && { ...response, body: capAgain(response.body, bytes) },
  };
}
