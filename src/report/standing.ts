import type { Report, ReportCheck } from "./model.js";

/** What a check comes to once the gate and the list of known failures have had their say. */
export type Standing =
  | "passed"
  /** Passed, but is listed as a known failure: the list is out of date, which fails the gate. */
  | "passed-though-listed"
  | "failed-gate"
  /** Its level is not gated. */
  | "failed-ungated"
  /** It came after the version that the gate is as of. */
  | "failed-new"
  /** Is listed as a known failure. */
  | "failed-known"
  | "skipped"
  | "not-run"
  | "error";

/** Whether a check has its say in the gate, as far as its level and its age go. */
export const isGated = ({ level, isNew }: ReportCheck, { gate }: Pick<Report, "gate">): boolean =>
  gate.levels.includes(level) && isNew !== true;

/** Formats that show what fails the gate decide by this, so that all of them and the exit code say the same. */
export function standingOf(
  { outcome, level, knownFailure, isNew }: ReportCheck,
  { gate }: Pick<Report, "gate">,
): Standing {
  switch (outcome) {
    case "passed":
      return knownFailure === undefined || isNew === true ? "passed" : "passed-though-listed";
    case "failed":
      if (knownFailure !== undefined) return "failed-known";
      if (!gate.levels.includes(level)) return "failed-ungated";
      return isNew === true ? "failed-new" : "failed-gate";
    case "skipped":
    case "not-run":
    case "error":
      return outcome;
  }
}

/** Entries of the list of known failures that match no check fail the gate too; the model has them as notes alone. */
export function unmatchedKnownFailures({ notes, gate }: Report): readonly string[] {
  return gate.outcome === "failed" ? notes.filter((note) => /^known failure ".*" matches no check/s.test(note)) : [];
}

/** What a check is called that came after the version that the gate is as of. */
export const newText = ({ since }: Pick<ReportCheck, "since">): string =>
  `new${since === undefined ? "" : ` since ${since}`}, not gated`;

/** The same of all of them, where a gate is as of a version; null where it is as of none. */
export function newChecksText({ gate }: Pick<Report, "gate">): string | null {
  if (gate.asOf === undefined) return null;
  const { checks = 0, failed = 0 } = gate.new ?? {};
  if (checks === 0) return `as of ${gate.asOf}; no check here is newer`;
  return `as of ${gate.asOf}; ${checks} ${checks === 1 ? "check is" : "checks are"} new, not gated (${failed} failed)`;
}

/** What is noted on a check that passed and may as well fail; null where there is no such thing. */
export const flakyNote = ({ outcome, notes }: ReportCheck): string | null =>
  outcome === "passed"
    ? (notes.find((note) =>
        /^(It (failed|met \d{3}) at first, and passed|passed this time; listed as flaky)/.test(note),
      ) ?? null)
    : null;

/** Whether it is seen, or known, to pass at one time and fail at another. */
export const isFlaky = (check: ReportCheck): boolean =>
  flakyNote(check) !== null || check.knownFailure?.startsWith("flaky: ") === true;

/** Notes on what turns a gate red although no check failed. */
export const decidesGate = /^(known failure "|The entry ".*" of the known failures |Of the \d+ shards )/s;

/** What the list of known failures should lose. */
export const listedThoughPassed = (reason: string): string =>
  `passed, but listed as a known failure (${reason}): take it off the list`;
