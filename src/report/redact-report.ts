import { cutTo } from "../cut.js";
import { blamedIn, cappedAttempt } from "./capped-attempt.js";
import { cutMark } from "../cut.js";
import type { Report, ReportAttempt, ReportCheck } from "./model.js";
import type { Redactor } from "./redact.js";

/**
 * A report without secrets, made of checks that have none any more. Touches every other string that can hold something
 * a user configured or a receiver sent; ids, levels, codes and the texts of the catalogue are ours and stay, so that the
 * result still fits the schema.
 */
export function redactReport(report: Report, redactor: Redactor): Report {
  const sentence = (text: string): string => redactor.redactText(text);
  return {
    ...report,
    ...(report.about !== undefined && {
      about: Object.fromEntries(Object.entries(report.about).map(([name, text]) => [name, sentence(String(text))])),
    }),
    ...(report.command !== undefined && { command: sentence(report.command) }),
    target: { ...report.target, url: redactor.redactUrl(report.target.url) },
    nonce: redactor.redactText(report.nonce),
    seed: redactor.redactText(report.seed),
    verdictLine: sentence(report.verdictLine),
    notes: report.notes.map(sentence),
    ...(report.causes !== undefined && {
      causes: report.causes.map((cause) => ({ ...cause, says: sentence(cause.says), fix: sentence(cause.fix) })),
    }),
  };
}

/** More of an answer is not told in one sentence. */
const mostOfAnAnswer = 2048;

/** One check without secrets, and with no more of its attempts than it is good to read. */
export function redactCheck(check: ReportCheck, redactor: Redactor): ReportCheck {
  const sentence = (text: string): string => redactor.redactText(text);
  const orNull = (text: string | null): string | null => (text === null ? null : sentence(text));
  const blamed = blamedIn(check);
  return {
    ...check,
    reason: orNull(check.reason),
    mismatches: check.mismatches.map(({ expected, actual, where, ...which }) => ({
      ...which,
      expected: sentence(expected),
      actual: cutTo(mostOfAnAnswer, sentence(actual)),
      where: sentence(where),
    })),
    hint: orNull(check.hint),
    ...(check.likelyCause !== undefined && {
      likelyCause: {
        id: check.likelyCause.id,
        says: sentence(check.likelyCause.says),
        fix: sentence(check.likelyCause.fix),
      },
    }),
    reproduce: orNull(check.reproduce),
    notes: check.notes.map(sentence),
    ...(check.knownFailure === undefined ? {} : { knownFailure: sentence(check.knownFailure) }),
    attempts: check.attempts.map((attempt, index) => {
      const capped = (each: ReportAttempt, times: number): ReportAttempt =>
        cappedAttempt(each, check.outcome, times, blamed.has(index));
      return capped(redactAttempt(capped(attempt, lookedThrough), redactor), 1);
    }),
  };
}

/** So much more is looked through than is shown, so that a secret is seen whole where it will be cut. */
const lookedThrough = 4;

function redactAttempt(attempt: ReportAttempt, redactor: Redactor): ReportAttempt {
  const { request, response, error } = attempt;
  return {
    ...attempt,
    sessionId: redactor.redactText(attempt.sessionId),
    label: redactor.redactText(attempt.label),
    request: {
      method: redactor.redactText(request.method),
      url: redactor.redactUrl(request.url),
      headers: redactor.redactHeaders(request.headers),
      body: redactBody(request.body, false, redactor),
    },
    response: response && {
      ...response,
      statusText: redactor.redactText(response.statusText),
      headers: redactor.redactHeaders(response.headers),
      body: redactBody(response.body, response.bodyEnd !== "complete", redactor),
    },
    error: error && {
      reason: redactor.redactText(error.reason),
      code: redactor.redactText(error.code),
      message: redactor.redactText(error.message),
    },
  };
}

/** A body that was cut on the wire may end inside a secret; one that `capText` has cut says so itself. */
function redactBody(body: string, cut: boolean, redactor: Redactor): string {
  return redactor.redactText(body, { cut: cut && !cutMark.test(body) });
}
