import { isoTime } from "../clock/timestamps.js";
import { answerOf } from "../diagnosis/answer.js";
import { causeOf } from "../diagnosis/causes.js";
import { curlLine } from "../report/curl.js";
import { bytesToText } from "../report/evidence.js";
import type { LikelyCause, Mismatch, ReportAttempt, ReportCheck } from "../report/model.js";
import { reproLine } from "../report/repro-line.js";
import { runLine } from "../report/run-line.js";
import { formatOffset } from "../report/virtual-time.js";
import type { Attempt, Header } from "../sender/attempt.js";
import { oddities } from "../sender/oddities.js";
import { isNewSince, sinceOf } from "./as-of.js";
import type { Check } from "./check.js";
import type { Variation } from "./check-context.js";
import { emptyRecord, type CheckEnd, type Evidence, type Finding } from "./check-record.js";
import { isRateLimited, whatCame } from "./expectations.js";
import { fixOfBan, isOfIll, isTurnedAway } from "./ill-health.js";
import { nearMisses } from "./credential-variants.js";
import { summarizeLatencies } from "./latencies.js";
import { inventedId } from "./session-ids.js";
import type { Target } from "./target.js";
import { Unredacted } from "../unredacted.js";
import { causeOfDeath, isNobody } from "./vitals.js";

const mostAttempts = 60;
const shortestReplacedId = 8;
const busyLater: ReadonlySet<number> = new Set([409, 423, 425, 429, 503]);

/** The baseline as evidence, for the checks that judge it. */
export interface ReportCheckOptions {
  readonly check: Check;
  readonly suite: string;
  readonly end: CheckEnd;
  readonly target: Target;
  readonly baseline: Attempt | null;
  readonly knownFailure: string | null;
  /** What the list of known failures has to say of a check that passed. @default nothing */
  readonly flakyNotes?: readonly string[];
}

/** One check as it stands in a report, once a redactor has been through it. */
export function reportCheck(options: ReportCheckOptions): Unredacted<ReportCheck> {
  const { check, end, target } = options;
  const record = end.record ?? emptyRecord();
  const latencies = summarizeLatencies(record.latenciesMs);
  const findings = end.outcome === "failed" ? record.findings : [];
  const [first] = findings;
  const evidence = record.evidence.filter((entry) => entry !== null);
  if (options.baseline !== null && check.builds === "judges-baseline") {
    evidence.unshift({ attempt: options.baseline, label: "", scheduled: false, fitsCurl: true, variation: null });
  }
  const entryOf = (attempt: Attempt): Evidence | undefined => evidence.find((entry) => entry.attempt === attempt);
  const attempts = findings.flatMap(({ where }) => (typeof where === "string" ? [] : [where]));
  const told = findings.find(({ cause }) => cause !== undefined)?.cause ?? null;
  const shownCause = (): LikelyCause | null =>
    likelyCause(check, attempts, (each) => entryOf(each)?.label ?? "", target);
  const cause =
    end.outcome === "failed"
      ? told === null || isOfIll(told)
        ? together(told, shownCause())
        : told
      : end.reasonCode === "receiver-unhealthy" && target.vitals.death !== null
        ? causeOfDeath(target.vitals.death)
        : (end.cause ?? (end.reasonCode === "receiver-unhealthy" ? gaveOut(target) : null));
  const kept = shown(evidence, findings);
  return new Unredacted({
    id: check.id,
    suite: options.suite,
    title: check.title,
    level: check.level,
    since: sinceOf(check),
    ...(isNewSince(target.asOf, check) && { isNew: true }),
    clause: check.clause,
    source: check.source ?? null,
    outcome: end.outcome,
    reason: end.reason,
    reasonCode: end.reasonCode,
    mismatches: findings.map((finding) => mismatch(finding, evidence, kept)),
    hint:
      end.outcome === "failed" ? hint(check, findings, cause, (attempt) => entryOf(attempt)?.variation ?? null) : null,
    ...(cause !== null && { likelyCause: cause }),
    reproduce: first === undefined ? null : reproduce(check, first, evidence, target),
    notes: [...record.notes, ...(options.flakyNotes ?? [])],
    ...(options.knownFailure !== null && { knownFailure: options.knownFailure }),
    durationMs: Math.round(end.durationMs),
    ...(latencies !== null && { latencies }),
    attempts: kept.map((entry) => reportAttempt(entry, target)),
  });
}

function mismatch(
  { expected, actual, where }: Finding,
  evidence: readonly Evidence[],
  kept: readonly Evidence[],
): Mismatch {
  if (typeof where === "string") return { expected, actual, where };
  const attempt = kept.findIndex((entry) => entry.attempt === where);
  return { expected, actual, where: whereText(where, evidence), ...(attempt >= 0 && { attempt }) };
}

function whereText(attempt: Attempt, evidence: readonly Evidence[]): string {
  const index = evidence.findIndex((entry) => entry.attempt === attempt);
  const entry = evidence[index];
  if (entry === undefined) return "the first callback";
  const label = entry.label === "" ? "" : ` (${entry.label})`;
  if (entry.scheduled) return `attempt ${attempt.number} at ${formatOffset(attempt.offsetMs)}${label}`;
  return `callback ${index + 1}${label}`;
}

/** Since when nothing is acknowledged, with what the answers say of why. */
const together = (told: LikelyCause | null, answered: LikelyCause | null): LikelyCause | null =>
  told === null || answered === null
    ? (told ?? answered)
    : { id: told.id, says: `${told.says}: ${answered.says}`, fix: `${answered.fix} ${told.fix}` };

/** What the answers, or their absence, show by themselves of what is behind a failure. */
function likelyCause(
  check: Check,
  blamed: readonly Attempt[],
  labelOf: (attempt: Attempt) => string,
  target: Target,
): LikelyCause | null {
  const death = target.vitals.deathBy(check.id) ?? (blamed.some(isNobody) ? target.vitals.death : null);
  if (death !== null && blamed.some(({ response }) => response === null)) return causeOfDeath(death);
  const [first] = blamed;
  if (first === undefined) return null;
  // A limit that lets some through and not others is no fault that comes and goes.
  const mayBeChance = first.outcome.kind === "failed" && !isRateLimited(first) && check.judgesHealth !== true;
  const often = mayBeChance ? causeOfOften(first, check.id, target) : null;
  if (often !== null) return often;
  const cause = causeOf(answerOf(first, target.url), labelOf(first) !== "");
  // What was acknowledged got through to the receiver, unless it was a wall that answered with a 2XX.
  return cause !== null && (cause.wall !== undefined || first.outcome.kind === "failed")
    ? { id: cause.id, says: cause.says, fix: cause.fix }
    : null;
}

/** What is behind a failure that documented callbacks have as often; null where they have not. */
function causeOfOften(first: Attempt, check: string, target: Target): LikelyCause | null {
  const asOften = target.tally.asOften(first, check);
  if (asOften === null) return null;
  const cause = causeOf(answerOf(first, target.url));
  const { failed, of, failedInAll, forGood } = asOften;
  const came = `got ${whatCame(first)}${cause === null ? "" : ` (${cause.says})`}`;
  const more = cause === null ? "" : ` ${cause.fix}`;
  return forGood
    ? {
        id: "gave-out",
        says: `${isTurnedAway(first) ? "the sender is turned away since it came often" : "the receiver gave out"}: the first ${of - failedInAll} plain documented callbacks were acknowledged, and ${failed === failedInAll ? `the last ${failed}` : `of the last ${failedInAll}, none of which was, ${failed}`} ${came}`,
        fix: `${isTurnedAway(first) ? fixOfBan : fixOfLack}${more}`,
      }
    : {
        // Others get the same answer for the same reason, only more often.
        id: cause?.id ?? "flaky",
        says: `the receiver is flaky: ${failed} of ${of} plain documented callbacks ${came}`,
        fix: `Nothing that was varied is to blame. Look in its log for what those have in common: a deadlock or a lock that is waited for, one instance of several, a dependency that fails now and then.${more}`,
      };
}

const fixOfLack =
  "Look in its log for what came right before the first of these, and for what had run out or broken by then: connections of a pool, file handles, memory, a disk that is full; and let each request give back what it takes, also where it fails.";

/** Why nothing is acknowledged any more, as plain callbacks show it; null where they do not. */
function gaveOut(target: Target): LikelyCause | null {
  const { lastFailed } = target.tally;
  const cause = lastFailed === null ? null : causeOfOften(lastFailed, "", target);
  return cause?.id === "gave-out" ? cause : null;
}

/** What to do: about the likely cause; else about just what failed; else what the check says of all. */
function hint(
  check: Check,
  findings: readonly Finding[],
  cause: LikelyCause | null,
  variationOf: (attempt: Attempt) => Variation | null,
): string {
  if (cause !== null) return `Likely cause: ${cause.says}. ${cause.fix}`;
  const fixes = findings.map(({ where, fix }) => {
    if (fix !== null || typeof where === "string") return fix;
    const variation = variationOf(where);
    return where.outcome.kind === "acknowledged" ? variation?.fixIfAcknowledged : variation?.fixIfFailed;
  });
  return [...new Set(fixes.map((fix) => fix ?? check.explain.fix))].join(" ");
}

/** The first attempts, and whichever of the others a mismatch points at. */
function shown(evidence: readonly Evidence[], findings: readonly Finding[]): readonly Evidence[] {
  const named = new Set(findings.map(({ where }) => where));
  return evidence.filter((entry, index) => index < mostAttempts || named.has(entry.attempt));
}

/** A line that shows the failure: curl where one request does and its answer tells, else the check once more. */
function reproduce(check: Check, finding: Finding, evidence: readonly Evidence[], target: Target): string {
  const { where } = finding;
  if (typeof where !== "string" && check.pace !== "alone" && !isOfEffects(finding) && !isOfTheForm(finding)) {
    // The baseline, which is evidence of few checks, is one plain request.
    const entry = evidence.find(({ attempt }) => attempt === where);
    const fitsCurl = entry === undefined || (entry.fitsCurl && !(evidence.length > 1 && isOfCompany(check, entry)));
    const curl = fitsCurl ? curlOf(where, target) : null;
    if (curl !== null) return curl;
  }
  const { headers, credentials, url, kind, reach } = target;
  const played = kind === "embedded" ? null : playedAgain(finding, evidence, target);
  if (played !== null) return played;
  return runLine({
    url: kind === "embedded" ? null : urlOf(target, url.path),
    local: target.local,
    headers: headers.map(([name]) => name),
    credentialHeaders: credentials.length === headers.length ? null : credentials.map(([name]) => name),
    options: reach.options,
    check: check.id,
    seed: target.seed,
    failOn: check.level,
  });
}

/** The retry alone, where that shows the failure; null where it does not, or there is none. */
function playedAgain({ where }: Finding, evidence: readonly Evidence[], target: Target): string | null {
  const entry = evidence.find(({ attempt }) => attempt === where);
  if (entry?.scheduled !== true) return null;
  const { sessionId } = entry.attempt.request;
  const before = evidence
    .slice(0, evidence.indexOf(entry))
    .filter(({ attempt, scheduled }) => scheduled && attempt.request.sessionId === sessionId);
  const [first] = before;
  if (first === undefined || before.length > 1 || first.to !== undefined) return null;
  // Where time stands still for the receiver, one that says that it is busy may be right, and the scenario leaves it open.
  if (target.elapse === "skipped" && busyLater.has(entry.attempt.response?.status ?? 0)) return null;
  return reproLine({
    // A sender comes again only where it has seen no acknowledgement.
    script: `${first.onTheWay === undefined || first.onTheWay === "pass" ? "lost-ack" : first.onTheWay},pass`,
    url: urlOf(target, target.url.path),
    headers: target.headers.map(([name]) => name),
    options: target.reach.options,
  });
}

/** The first callback was just like it and was acknowledged: it failed for what came beside it, or before. */
const isOfCompany = ({ builds }: Check, { attempt, label, variation }: Evidence): boolean =>
  builds === "on-baseline" && attempt.outcome.kind === "failed" && label === "" && variation === null;

const oddTexts: ReadonlySet<string> = new Set(Object.values(oddities));

/** How an answer is framed, curl does not show: it reads most of what no client has to. */
const isOfTheForm = ({ actual }: Finding): boolean => oddTexts.has(actual);

/** What is found in the effects of a session does not show in an answer. */
const isOfEffects = ({ expected, actual }: Finding): boolean =>
  /\b(effect|processed|fetch)/.test(`${expected} ${actual}`);

/** What of an id is made anew each time: its form stays, which a callback may be sent for; empty where nothing is. */
const inventedIn = (sessionId: string): string =>
  inventedId.exec(sessionId)?.[0] ?? (/^[a-z\d]+$/i.test(sessionId) ? sessionId : "");

/** Null where the line would have to hold most of a secret, or a signature, which is good for one body alone. */
function curlOf({ request }: Attempt, target: Target): string | null {
  if (target.contract.request.signature !== null) return null;
  const secret = new Set(target.headers.map(([name]) => name.toLowerCase()));
  // The harness's own Authorization comes from the URL's userinfo, which curl is given as such.
  const own =
    target.url.userinfo !== null && !secret.has("authorization") ? new Set(["authorization"]) : new Set<string>();
  const configured = new Map(target.headers.map(([name, value]) => [name.toLowerCase(), value]));
  /** What is sent in place of a secret is told as it is: it is wrong, or empty. */
  const isAsConfigured = (name: string, value: string): boolean => configured.get(name.toLowerCase()) === value;
  const holdsASecret = ([name, value]: Header): boolean => {
    const given = configured.get(name.toLowerCase());
    return given !== undefined && nearMisses.some((miss) => miss.holdsTheSecret && miss.of(given) === value);
  };
  if (request.headers.some(holdsASecret)) return null;
  return curlLine({
    method: request.method,
    url: urlOf(target, request.path),
    headers: request.headers
      .filter(([name]) => !own.has(name.toLowerCase()))
      .map(([name, value]) => ({ name, value, secret: isAsConfigured(name, value) })),
    body: request.body,
    deadlineMs: target.contract.response.deadlineMs,
    // A short id also stands by chance in the URL or in a header, where it means something else.
    ...(target.sessions.invents &&
      request.sessionId.length >= shortestReplacedId && { freshSessionId: inventedIn(request.sessionId) }),
    ...target.reach,
  });
}

/** The target's URL with another path, userinfo and all: it is redacted before it is shown. */
function urlOf({ url }: Pick<Target, "url">, path: string): string {
  const userinfo = url.userinfo === null ? "" : `${/\/\/([^/?#]*)@/.exec(url.raw)?.[1] ?? ""}@`;
  const host = url.hostname.includes(":") ? `[${url.hostname}]` : url.hostname;
  const port = url.port === (url.scheme === "https:" ? 443 : 80) ? "" : `:${url.port}`;
  return `${url.scheme}//${userinfo}${host}${port}${path}`;
}

function reportAttempt({ attempt, label, to }: Evidence, target: Target): ReportAttempt {
  const { request, response, outcome } = attempt;
  return {
    number: attempt.number,
    sessionId: request.sessionId,
    label,
    request: {
      method: request.method,
      url: urlOf(to === undefined ? target : { url: to }, request.path),
      headers: request.headers,
      body: bytesToText(request.body),
    },
    response: response && {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      body: bytesToText(response.body),
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
