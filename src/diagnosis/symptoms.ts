import { cutMark } from "../cut.js";
import type { Contract } from "../contract/contract.js";
import { errorInside } from "./error-inside.js";
import { hasFormOf, sessionMemberOf, valueAt } from "../contract/message.js";

/** What a contract calls what it sends. */
export type Names = Contract["request"];

/** A check as its report has it, as far as causes are told from it. */
export interface ToldCheck {
  readonly id: string;
  readonly outcome: string;
  readonly suite: string;
  readonly level: string;
  readonly hint: string | null;
  readonly likelyCause?: { readonly id: string; readonly says: string; readonly fix: string };
  readonly mismatches: readonly {
    readonly expected: string;
    readonly actual: string;
    readonly attempt?: number;
  }[];
  readonly attempts: readonly CheckAttempt[];
}

interface CheckAttempt {
  readonly sessionId: string;
  readonly label: string;
  readonly request: {
    readonly method: string;
    readonly headers?: readonly (readonly [name: string, value: string])[];
    readonly body: string;
  };
  readonly response: { readonly status: number; readonly statusText: string; readonly body?: string } | null;
  readonly error: { readonly reason: string } | null;
}

/** One thing that was found, with what of the exchange tells of its cause. */
export interface Symptom {
  readonly check: ToldCheck;
  /** What was found, in a clause. */
  readonly says: string;
  readonly actual: string;
  readonly expected: string;
  /** What was special about the request; null where the finding is about none. */
  readonly label: string | null;
  /** 0 where no answer came, or the finding is about none. */
  readonly status: number;
  /** `409 Conflict`, `no answer in time`, `a closed connection and no answer`. */
  readonly answer: string;
  /** It is about the first of the check's attempts. */
  readonly isFirst: boolean;
  /** The same session was sent whole before, and not refused then. */
  readonly isRepeat: boolean;
  /** Null where it is about no request, or the body was too long to be shown. */
  readonly body: "documented" | "empty" | "not-json" | "json-and-more" | "other-json" | null;
  /** The answer says itself that it is an error of whatever parses bodies. */
  readonly isParserError: boolean;
  /** What a 2XX says in its body that went wrong; null where it says nothing of the kind. */
  readonly errorInside: string | null;
  /** A request of JSON by a documented method that names a session, whatever else is odd about it. */
  readonly isCallback: boolean;
}

/** What a failed check has found; of one that was not run, the cause that kept it from being run. */
export function symptomsOf(check: ToldCheck, names: Names): readonly Symptom[] {
  if (check.outcome !== "failed") return check.likelyCause === undefined ? [] : [unjudged(check)];
  const blamed = check.mismatches.flatMap(({ attempt: index = -1 }) => check.attempts[index] ?? []);
  const isRepeat = (attempt: CheckAttempt): boolean =>
    check.attempts
      .slice(0, check.attempts.indexOf(attempt))
      .some((earlier) => earlier.sessionId === attempt.sessionId && wasTaken(earlier));
  const takesAnything = blamed.some((each) => isTaken(each) && kindOf(each.request.body, names) === "not-json");
  return check.mismatches.map(({ expected, actual, attempt: index }) => {
    const attempt = index === undefined ? undefined : check.attempts[index];
    const body = attempt === undefined ? null : kindOf(attempt.request.body, names);
    const { status = 0, statusText = "", body: said = "" } = attempt?.response ?? {};
    const isAcknowledged = attempt !== undefined && isTaken(attempt);
    return {
      check,
      says: `expected ${expected}, got ${actual}`,
      actual,
      expected,
      label: attempt?.label ?? null,
      status,
      answer:
        status === 0 ? (silences[attempt?.error?.reason ?? ""] ?? "no answer") : `${status} ${statusText}`.trimEnd(),
      isFirst: index === 0,
      // What is new to the receiver and gets the same answer does not get it for being known.
      isRepeat:
        attempt !== undefined &&
        isRepeat(attempt) &&
        !blamed.some((other) => isAlike(other, attempt) && other.label === attempt.label && !isRepeat(other)),
      // Of a receiver that takes what is no JSON at all, the JSON before it was not read either.
      body: body === "json-and-more" && takesAnything && isAcknowledged ? "not-json" : body,
      isParserError: ofAParser.test(said),
      errorInside: isAcknowledged ? errorInside({ body: said }) : null,
      isCallback: attempt !== undefined && isCallback(attempt.request, names),
    };
  });
}

const unjudged = (check: ToldCheck): Symptom => ({
  check,
  says: "it was not run",
  actual: "",
  expected: "",
  label: null,
  status: 0,
  answer: "",
  isFirst: false,
  isRepeat: false,
  body: null,
  isParserError: false,
  errorInside: null,
  isCallback: false,
});

/** JSON.parse, body-parser and Fastify, Python's json, Jackson, Go's encoding/json, PHP and Ruby. */
const ofAParser =
  /\bis not valid JSON\b|\bin JSON at position\b|\bUnexpected (?:token|end of JSON|number|string)\b|\bentity\.parse\.failed\b|\bunsupported (?:charset|content encoding)\b|\brequest entity too large\b|\bBody is not valid JSON\b|\bJSONDecodeError\b|\bExpecting value: line\b|\bJsonParseException\b|\binvalid character '.{1,6}' |\bunexpected end of JSON input\b|\bjson: cannot unmarshal\b|\bMismatchedInputException\b|\bThe JSON value could not be converted\b|\bJSON::ParserError\b|\bJsonException\b|\bSyntax error, malformed JSON\b/;

/** By the reason for which no answer came. */
const silences: Readonly<Record<string, string>> = {
  timeout: "no answer in time",
  reset: "a closed connection and no answer",
};

/** An answer that was lost on its way is an answer all the same; a request that was cut was never there. */
const wasTaken = ({ response, label }: CheckAttempt): boolean =>
  response === null ? /^(answer lost|connection closed before)\b/.test(label) : response.status < 400;

const isTaken = ({ response }: CheckAttempt): boolean => response !== null && Math.floor(response.status / 100) === 2;

const isAlike = (a: CheckAttempt, b: CheckAttempt): boolean =>
  a.response?.status === b.response?.status && a.error?.reason === b.error?.reason;

function kindOf(body: string, names: Names): Symptom["body"] {
  if (isTooLong(body)) return null;
  if (body === "") return "empty";
  try {
    return hasFormOf(names.body, JSON.parse(body)) ? "documented" : "other-json";
  } catch (error) {
    const isMore = /^\s*[[{]/.test(body) && hasMoreBehind.test((error as SyntaxError).message);
    return isMore ? "json-and-more" : "not-json";
  }
}

/** V8's words for it, in each Node that we run on. */
const hasMoreBehind = /\bafter JSON at position\b/;

/** What is too long to be shown whole is large or deep, and JSON: it is taken, or not, for just that. */
const isTooLong = (body: string): boolean => cutMark.test(body);

function isCallback({ method, headers = [], body }: CheckAttempt["request"], names: Names): boolean {
  const [, type = ""] = headers.find(([name]) => name.toLowerCase() === "content-type") ?? [];
  const sessionId = valueAt(parsed(body), sessionMemberOf(names));
  return (
    (names.methods as readonly string[]).includes(method) &&
    /^application\/json\s*(;|$)/i.test(type) &&
    ((typeof sessionId === "string" && sessionId !== "") || isTooLong(body))
  );
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
