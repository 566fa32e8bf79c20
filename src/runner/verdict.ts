import type { Contract } from "../contract/contract.js";
import { counted } from "../in-words.js";
import type { ClauseStatus, LevelSummary, Report, ReportCheck, ReportClause, Verdict } from "../report/model.js";
import { levels, type Level } from "./check.js";

/** What kind of end the process comes to; the table is a promise of the command line. */
export const exitCodes = {
  passed: 0,
  failed: 1,
  usage: 2,
  inconclusive: 3,
  internal: 70,
  interrupted: 130,
} as const;

export function summarize(checks: readonly ReportCheck[]): Report["summary"] {
  const ofLevel = (level: Level): LevelSummary => {
    const count = (outcome: ReportCheck["outcome"]): number =>
      checks.filter((check) => check.level === level && check.outcome === outcome).length;
    return {
      passed: count("passed"),
      failed: count("failed"),
      skipped: count("skipped"),
      notRun: count("not-run"),
      error: count("error"),
    };
  };
  return { required: ofLevel("required"), recommended: ofLevel("recommended"), hardening: ofLevel("hardening") };
}

/**
 * Describes the receiver, from the required checks alone.
 * @param isObserverSilent an observer was declared, and showed nothing for acknowledged callbacks.
 */
export function verdictOf({ required }: Report["summary"], isObserverSilent = false): Verdict {
  if (required.failed > 0) return "non-conformant";
  if (isObserverSilent) return "inconclusive";
  if (required.notRun > 0 || required.error > 0 || required.passed === 0) return "inconclusive";
  return "conformant";
}

/**
 * A clause is violated by a required or recommended check that failed; verified when one passed and none is left open.
 * Hardening checks ask for more than the page says, so they neither violate a clause nor verify it.
 */
export function judgeClauses(
  contract: Pick<Contract, "clauses">,
  checks: readonly ReportCheck[],
): readonly ReportClause[] {
  return contract.clauses.map(({ id, section, statement }) => {
    const own = checks.filter(({ clause }) => clause === id);
    const telling = own.filter(({ level }) => level !== "hardening");
    const judged = telling.filter(({ outcome }) => outcome === "passed" || outcome === "failed");
    const status = judged.some(({ outcome }) => outcome === "failed")
      ? "violated"
      : judged.length > 0 && !telling.some(({ outcome }) => outcome === "not-run" || outcome === "error")
        ? "verified"
        : "not-verified";
    const beside = own.filter(({ outcome }) => outcome === "failed");
    const note =
      beside.length === 0 || status === "violated"
        ? null
        : besideText(
            status,
            beside.map((check) => check.id),
          );
    return { id, section, statement, status, checks: own.map((check) => check.id), ...(note !== null && { note }) };
  });
}

/** Why a clause stands as it does beside failed checks that cite it. */
function besideText(status: ClauseStatus, failed: readonly string[]): string {
  const verb = status === "verified" ? "still counts as verified" : "does not count as violated";
  return `${verb}, though ${failed.join(", ")} failed: what is hostile or unlucky asks for more than the clause says`;
}

/** What the gate rests on beside the checks. */
export interface GateFacts {
  /** What is wrong with the list of known failures, a sentence each. */
  readonly staleKnownFailures?: readonly string[];
  /** It is one of several jobs, and the others may have all that is gated. */
  readonly isShard?: boolean;
  /** An observer was declared, and showed nothing for acknowledged callbacks. */
  readonly isObserverSilent?: boolean;
  /** The version that it is as of; null where all checks count. */
  readonly asOf?: string | null;
  /** Where it repeats a part of another run: the checks at the gated levels that had passed there. */
  readonly gatedPassedBefore?: number;
}

/**
 * Decides the exit code, from the checks at the gated levels. Failures in the list of known failures are excused; a
 * listed check that did not run may as well have been mended, so it leaves the gate as inconclusive as any other. What
 * came after the version that the gate is as of does not count. So
 * does a selection in which nothing gated was judged: nobody should read green where nothing was looked at.
 */
export function gateOf(checks: readonly ReportCheck[], gated: readonly Level[], facts: GateFacts = {}): Report["gate"] {
  const { staleKnownFailures = [], isShard = false, isObserverSilent = false, asOf = null } = facts;
  const old = checks.filter(({ isNew }) => isNew !== true);
  const counted = old.filter(
    ({ level, outcome, knownFailure }) =>
      gated.includes(level) && !(outcome === "failed" && knownFailure !== undefined),
  );
  const isJudged =
    (facts.gatedPassedBefore ?? 0) > 0 ||
    old.some(({ level, outcome }) => gated.includes(level) && (outcome === "passed" || outcome === "failed"));
  const outcome =
    staleKnownFailures.length > 0 || counted.some((check) => check.outcome === "failed")
      ? "failed"
      : isObserverSilent ||
          counted.some((check) => check.outcome === "not-run" || check.outcome === "error") ||
          !(isJudged || isShard)
        ? "inconclusive"
        : "passed";
  const added = checks.filter(({ isNew, reasonCode }) => isNew === true && reasonCode !== "not-selected");
  const failed = added.filter((check) => check.outcome === "failed").length;
  return {
    outcome,
    levels: gated,
    exitCode: exitCodes[outcome],
    ...(asOf !== null && { asOf, new: { checks: added.length, failed } }),
  };
}

/** The levels that decide when the lowest of them is given: `recommended` gates required ones too. */
export function gatedLevels(failOn: Level): readonly Level[] {
  return levels.slice(0, levels.indexOf(failOn) + 1);
}

/** The verdict in one line: what it rests on, how many clauses were verified, how much could not be seen. */
export function verdictLine(
  verdict: Verdict,
  summary: Report["summary"],
  clauses: readonly ReportClause[],
  checks: readonly ReportCheck[],
  silence: string | null = null,
): string {
  const required = checks.filter(({ level }) => level === "required");
  const selected = required.filter(({ reasonCode }) => reasonCode !== "not-selected").length;
  const scope =
    selected === required.length ? "" : ` in the ${selected} of ${required.length} required checks selected`;
  const { passed, failed, notRun, error } = summary.required;
  const basis = {
    conformant: `${counted(passed, "required check")} passed`,
    "non-conformant": `${counted(failed, "required check")} failed`,
    inconclusive:
      silence ??
      (notRun + error === 0
        ? "no required check ran"
        : [notRun > 0 && `${counted(notRun, "required check")} not run`, error > 0 && `${error} in error`]
            .filter(Boolean)
            .join(", ")),
  }[verdict];
  const verified = clauses.filter(({ status }) => status === "verified").length;
  const lacking = required.filter(({ reasonCode }) => reasonCode === "sessions-used-up").length;
  const withoutIds = lacking === 0 ? "" : `, ${counted(lacking, "required check")} skipped for want of session ids`;
  const unobservable = checks.filter(({ reasonCode }) => reasonCode === "not-observable").length;
  return `${verdict}${scope}: ${basis}${withoutIds}; ${verified} of ${clauses.length} clauses verified, ${counted(unobservable, "check")} not observable`;
}
