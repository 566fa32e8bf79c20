import { isoTime } from "../clock/timestamps.js";
import { answerOf } from "../diagnosis/answer.js";
import { causeOf } from "../diagnosis/causes.js";
import { curlLine } from "../report/curl.js";
import { bytesToText, capText } from "../report/evidence.js";
import type { Mismatch, ReportAttempt, ReportCheck } from "../report/model.js";
import { formatOffset } from "../report/virtual-time.js";
import type { Attempt } from "../sender/attempt.js";
import type { Check } from "./check.js";
import { emptyRecord, type CheckEnd, type Evidence, type Finding } from "./check-record.js";
import { summarizeLatencies } from "./latencies.js";
import type { Target } from "./target.js";
import { causeOfDeath, isNobody } from "./vitals.js";

/** Evidence is there to be read: bodies are cut, and what passed is told in brief. */
const bodyBytes = { failed: 8 * 1024, other: 1024 } as const;
const mostAttempts = 60;
const shortestReplacedId = 8;

/** The baseline as evidence, for the checks that judge it. */
export interface ReportCheckOptions {
  readonly check: Check;
  readonly suite: string;
  readonly end: CheckEnd;
  readonly target: Target;
  readonly baseline: Attempt | null;
  readonly knownFailure: string | null;
}

export function reportCheck(options: ReportCheckOptions): ReportCheck {
  const { check, end, target } = options;
  const record = end.record ?? emptyRecord();
  const latencies = summarizeLatencies(record.latenciesMs);
  const findings = end.outcome === "failed" ? record.findings : [];
  const evidence = record.evidence.filter((entry) => entry !== null);
  if (options.baseline !== null && check.builds === "judges-baseline") {
    evidence.unshift({ attempt: options.baseline, label: "", scheduled: false, fitsCurl: true, variation: null });
  }
  const blamed = findings.map(({ where }) => where).find((where) => typeof where !== "string") ?? null;
  const cap = end.outcome === "failed" ? bodyBytes.failed : bodyBytes.other;
  return {
    id: check.id,
    suite: options.suite,
    title: check.title,
    level: check.level,
    clause: check.clause,
    source: check.source ?? null,
    outcome: end.outcome,
    reason: end.reason,
    reasonCode: end.reasonCode,
    mismatches: findings.map((finding) => mismatch(finding, evidence)),
    hint: end.outcome === "failed" ? hint(check, findings, evidence, target) : null,
    reproduce: blamed === null || !fitsCurl(blamed, evidence) ? null : reproduce(blamed, target),
    notes: record.notes,
    ...(options.knownFailure !== null && { knownFailure: options.knownFailure }),
    durationMs: Math.round(end.durationMs),
    ...(latencies !== null && { latencies }),
    attempts: shown(evidence, findings).map((entry) => reportAttempt(entry, target, cap)),
  };
}

function mismatch({ expected, actual, where }: Finding, evidence: readonly Evidence[]): Mismatch {
  return { expected, actual, where: typeof where === "string" ? where : whereText(where, evidence) };
}

function whereText(attempt: Attempt, evidence: readonly Evidence[]): string {
  const index = evidence.findIndex((entry) => entry.attempt === attempt);
  const entry = evidence[index];
  if (entry === undefined) return "the first callback";
  const label = entry.label === "" ? "" : ` (${entry.label})`;
  if (entry.scheduled) return `attempt ${attempt.number} at ${formatOffset(attempt.offsetMs)}${label}`;
  return `callback ${index + 1}${label}`;
}

/** What the first answer shows by itself; else what to do about just what failed; else what the check says of all. */
function hint(check: Check, findings: readonly Finding[], evidence: readonly Evidence[], target: Target): string {
  const blamed = findings.flatMap(({ where }) => (typeof where === "string" ? [] : [where]));
  const entryOf = (attempt: Attempt): Evidence | undefined => evidence.find((entry) => entry.attempt === attempt);
  const death = target.vitals.deathBy(check.id) ?? (blamed.some(isNobody) ? target.vitals.death : null);
  if (death !== null && blamed.some(({ response }) => response === null)) return causeOfDeath(death);
  const [first] = blamed;
  const cause = first === undefined ? null : causeOf(answerOf(first, target.url), (entryOf(first)?.label ?? "") !== "");
  // What was acknowledged got through to the receiver, unless it was a wall that answered with a 2XX.
  if (cause !== null && first !== undefined && (cause.wall === true || first.outcome.kind === "failed")) {
    return `Likely cause: ${cause.says}. ${cause.fix}`;
  }
  const fixes = findings.map(({ where, fix }) => {
    if (fix !== null || typeof where === "string") return fix;
    const variation = entryOf(where)?.variation;
    return where.outcome.kind === "acknowledged" ? variation?.fixIfAcknowledged : variation?.fixIfFailed;
  });
  return [...new Set(fixes.map((fix) => fix ?? check.explain.fix))].join(" ");
}

/** The baseline, which is evidence of few checks, does. */
function fitsCurl(attempt: Attempt, evidence: readonly Evidence[]): boolean {
  return evidence.find((entry) => entry.attempt === attempt)?.fitsCurl ?? true;
}

/** The first attempts, and whichever of the others a mismatch points at. */
function shown(evidence: readonly Evidence[], findings: readonly Finding[]): readonly Evidence[] {
  const named = new Set(findings.map(({ where }) => where));
  return evidence.filter((entry, index) => index < mostAttempts || named.has(entry.attempt));
}

function reproduce({ request }: Attempt, target: Target): string {
  const secret = new Set(target.headers.map(([name]) => name.toLowerCase()));
  // The harness's own Authorization comes from the URL's userinfo, which curl is given as such.
  const own =
    target.url.userinfo !== null && !secret.has("authorization") ? new Set(["authorization"]) : new Set<string>();
  return curlLine({
    method: request.method,
    url: urlOf(target, request.path),
    headers: request.headers
      .filter(([name]) => !own.has(name.toLowerCase()))
      .map(([name, value]) => ({ name, value, secret: secret.has(name.toLowerCase()) })),
    body: request.body,
    deadlineMs: target.contract.response.deadlineMs,
    // A short id also stands by chance in the URL or in a header, where it means something else.
    ...(target.sessions.invents &&
      request.sessionId.length >= shortestReplacedId && { freshSessionId: request.sessionId }),
    ...target.reach,
  });
}

/** The target's URL with another path, userinfo and all: it is redacted before it is shown. */
function urlOf({ url }: Target, path: string): string {
  const userinfo = url.userinfo === null ? "" : `${/\/\/([^/?#]*)@/.exec(url.raw)?.[1] ?? ""}@`;
  const host = url.hostname.includes(":") ? `[${url.hostname}]` : url.hostname;
  const port = url.port === (url.scheme === "https:" ? 443 : 80) ? "" : `:${url.port}`;
  return `${url.scheme}//${userinfo}${host}${port}${path}`;
}

function reportAttempt({ attempt, label }: Evidence, target: Target, cap: number): ReportAttempt {
  const { request, response, outcome } = attempt;
  return {
    number: attempt.number,
    sessionId: request.sessionId,
    label,
    request: {
      method: request.method,
      url: urlOf(target, request.path),
      headers: request.headers,
      body: capText(bytesToText(request.body), cap),
    },
    response: response && {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      body: capText(bytesToText(response.body), cap),
      bodyEnd: response.bodyEnd,
    },
    error:
      response === null && outcome.kind === "failed"
        ? { reason: outcome.reason, code: outcome.code, message: outcome.message }
        : null,
    startedAt: isoTime(attempt.startedAt),
    virtualOffsetMs: attempt.offsetMs,
    durationMs: Math.round(attempt.timings.endMs),
  };
}
