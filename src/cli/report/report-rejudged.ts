import { contractNamed } from "../../contract/contracts.js";
import { defaults } from "../../defaults.js";
import { joinCauses } from "../../diagnosis/joined-causes.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { missingShards } from "../../report/shards.js";
import { silenceIn } from "../../report/silent-observer.js";
import { gateOf, judgeClauses, summarize, verdictLine, verdictOf } from "../../runner/verdict.js";

/** A report whose verdict does not stand yet. */
export type Unjudged = Omit<Report, "verdict" | "verdictLine" | "summary">;

/** How a note begins that says what is wrong with the list of known failures. */
const ofKnownFailures = 'known failure "';

/**
 * The report with these checks in place of its own: verdict, clauses and gate follow from them by the rules of a run.
 * Notes on the list of known failures that do not hold any more go.
 */
export function rejudged(report: Unjudged, checks: readonly ReportCheck[]): Report {
  const summary = summarize(checks);
  const clauses = judgeClauses({ clauses: clausesOf(report) }, checks);
  const silence = silenceIn(report.notes);
  const verdict = verdictOf(summary, silence !== null);
  const listed = checks.filter(({ knownFailure }) => knownFailure !== undefined);
  const outdated = listed.filter(({ outcome, isNew }) => outcome === "passed" && isNew !== true);
  const names = (note: string, { id }: ReportCheck): boolean => note.includes(`out of date: ${id} passes`);
  const notes = report.notes.filter(
    (note) =>
      !(note.startsWith(ofKnownFailures) && note.includes("out of date: ")) ||
      outdated.some((check) => names(note, check)),
  );
  const unnamed = outdated.filter((check) => !notes.some((note) => names(note, check)));
  const added = unnamed.map(
    ({ id }) => `known failure "${id}" is out of date: ${id} passes, so remove it from the list`,
  );
  const stale = [...notes, ...added].filter((note) => note.startsWith(ofKnownFailures));
  return {
    ...report,
    verdict,
    verdictLine: verdictLine(verdict, summary, clauses, checks, silence),
    notes: [...notes, ...added],
    gate: gateOf(checks, report.gate.levels, {
      staleKnownFailures: stale,
      isShard: missingShards(notes).length > 0,
      isObserverSilent: silence !== null,
      asOf: report.gate.asOf ?? null,
      gatedPassedBefore: report.repeats?.gatedPassed ?? 0,
    }),
    summary,
    clauses,
    causes: joinCauses(checks, contractNamed(report.contract?.id ?? "") ?? defaults.contract),
    checks,
  };
}

/** As the report states them: it may have been made for another edition of the contract. */
const clausesOf = ({ clauses }: Unjudged) =>
  clauses.map(({ id, section, statement }) => ({ id, section, statement, binds: [] }));
