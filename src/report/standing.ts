import type { Report, ReportCheck } from "./model.js";

/** What a check comes to once the gate and the list of known failures have had their say. */
export type Standing =
  | "passed"
  /** Passed, but is listed as a known failure: the list is out of date, which fails the gate. */
  | "passed-though-listed"
  | "failed-gate"
  /** Its level is not gated. */
  | "failed-ungated"
  /** Is listed as a known failure. */
  | "failed-known"
  | "skipped"
  | "not-run"
  | "error";

/** Formats that show what fails the gate decide by this, so that all of them and the exit code say the same. */
export function standingOf({ outcome, level, knownFailure }: ReportCheck, { gate }: Pick<Report, "gate">): Standing {
  switch (outcome) {
    case "passed":
      return knownFailure === undefined ? "passed" : "passed-though-listed";
    case "failed":
      if (knownFailure !== undefined) return "failed-known";
      return gate.levels.includes(level) ? "failed-gate" : "failed-ungated";
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

/** What the list of known failures should lose. */
export const listedThoughPassed = (reason: string): string =>
  `passed, but listed as a known failure (${reason}): take it off the list`;
