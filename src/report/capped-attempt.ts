import { cutMark } from "../cut.js";
import { capText } from "./evidence.js";
import type { ReportAttempt, ReportCheck } from "./model.js";

/** Bytes of one attempt that are shown; what is longer is cut, with a mark. */
interface AttemptCaps {
  /** Of the body that was sent, which is ours and mostly follows from the check. */
  readonly requestBytes: number;
  /** Of the body of the answer. */
  readonly bodyBytes: number;
  /** Of the headers of each message together, names and values. */
  readonly headerBytes: number;
}

/** Evidence is there to be read: what failed is shown at length, what passed in brief. */
const capsOf = (outcome: ReportCheck["outcome"], isBlamed = false): AttemptCaps =>
  outcome === "failed"
    ? { requestBytes: (isBlamed ? 8 : 2) * 1024, bodyBytes: 8 * 1024, headerBytes: 8 * 1024 }
    : { requestBytes: 1024, bodyBytes: 1024, headerBytes: 4 * 1024 };

/** What a sentence about an answer may take of it. */
const mostOfALine = 1024;

/**
 * One attempt, no longer than it is good to read. A text that was cut before keeps saying how much it once was.
 * @param times so many times as long.
 * @param isBlamed a mismatch points at it: what was drawn by chance stands nowhere else.
 */
export function cappedAttempt(
  attempt: ReportAttempt,
  outcome: ReportCheck["outcome"],
  times = 1,
  isBlamed = false,
): ReportAttempt {
  return withCaps(attempt, scaled(capsOf(outcome, isBlamed), times));
}

/**
 * The attempts of all checks within so many bytes of JSON: each is cut shorter until they are, and none is left out.
 * @param mostBytes beside what nothing can be cut of: names, times and ids.
 */
export function cappedChecks(checks: readonly ReportCheck[], mostBytes: number): readonly ReportCheck[] {
  let capped = checks;
  for (let part = 2; part <= 512 && sizeOf(capped) > mostBytes; part *= 2) {
    capped = checks.map((check) => {
      const blamed = blamedIn(check);
      const capsAt = (index: number): AttemptCaps => scaled(capsOf(check.outcome, blamed.has(index)), 1 / part);
      return { ...check, attempts: check.attempts.map((attempt, index) => withCaps(attempt, capsAt(index))) };
    });
  }
  return capped;
}

/** The attempts, from 0, that a mismatch points at. */
export const blamedIn = ({ mismatches }: Pick<ReportCheck, "mismatches">): ReadonlySet<number | undefined> =>
  new Set(mismatches.map(({ attempt }) => attempt));

const scaled = ({ requestBytes, bodyBytes, headerBytes }: AttemptCaps, times: number): AttemptCaps => ({
  requestBytes: Math.trunc(requestBytes * times),
  bodyBytes: Math.trunc(bodyBytes * times),
  headerBytes: Math.trunc(headerBytes * times),
});

const sizeOf = (checks: readonly ReportCheck[]): number =>
  Buffer.byteLength(JSON.stringify(checks.map(({ attempts }) => attempts)));

function withCaps(attempt: ReportAttempt, caps: AttemptCaps): ReportAttempt {
  const { request, response, error } = attempt;
  return {
    ...attempt,
    label: capText(attempt.label, mostOfALine),
    request: {
      ...request,
      headers: cappedHeaders(request.headers, caps.headerBytes),
      body: capAgain(request.body, caps.requestBytes),
    },
    response: response && {
      ...response,
      statusText: capAgain(response.statusText, mostOfALine),
      headers: cappedHeaders(response.headers, caps.headerBytes),
      body: capAgain(response.body, caps.bodyBytes),
    },
    error: error && { ...error, message: capAgain(error.message, mostOfALine) },
  };
}

type Headers = ReportAttempt["request"]["headers"];

/** Stands in the place of the name of a header, before how many of them are shown. */
const more = "…";
const moreOf = /^\[cut: [\d,]+ of ([\d,]+) headers shown\]$/;

/** The first headers, each value cut to a fair part of the whole, and after them how many there were. */
function cappedHeaders(headers: Headers, mostBytes: number): Headers {
  const last = headers.at(-1);
  const before = last?.[0] === more ? moreOf.exec(last[1])?.[1] : undefined;
  const own = before === undefined ? headers : headers.slice(0, -1);
  const shown: (readonly [string, string])[] = [];
  let bytes = 0;
  for (const [name, value] of own) {
    const header = [capAgain(name, mostBytes / 8), capAgain(value, mostBytes / 4)] as const;
    bytes += Buffer.byteLength(header[0]) + Buffer.byteLength(header[1]);
    if (bytes > mostBytes) break;
    shown.push(header);
  }
  if (shown.length === own.length) return before === undefined ? shown : [...shown, last as readonly [string, string]];
  const all = before ?? own.length.toLocaleString("en-US");
  return [...shown, [more, `[cut: ${shown.length.toLocaleString("en-US")} of ${all} headers shown]`]];
}

/** A text that was cut before says of how many bytes it once was, not how many were left of it. */
export function capAgain(text: string, mostBytes: number): string {
  const mark = cutMark.exec(text);
  if (mark === null) return capText(text, mostBytes);
  const short = capText(text.slice(0, mark.index), mostBytes);
  return cutMark.test(short) ? short.replace(cutMark, `… [cut: $1 of ${mark[2]} bytes shown]`) : text;
}
