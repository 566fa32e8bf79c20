import type { Contract } from "../contract/contract.js";
import { showControlCharacters } from "../report/control-character.js";
import { mismatchLine } from "../report/mismatch-line.js";
import type { ReportCheck } from "../report/model.js";
import type { Level } from "../runner/check.js";
import { gatedLevels } from "../runner/verdict.js";
import { inOurOptions } from "./option-names.js";

/** How a check ends as a test. */
export type TestEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "skipped"; readonly note: string }
  | { readonly kind: "failed"; readonly message: string };

export interface TestEndOptions {
  readonly contract: Contract;
  readonly failOn: Level;
  readonly seed: string;
  /** Where the app is served while the tests run; null for a receiver that stays where it is. */
  readonly servedAt: string | null;
}

/** A test is red where the gate of a run would not be passed; what did not pass is never green. */
export function testEndOf(check: ReportCheck, options: TestEndOptions): TestEnd {
  const { outcome, level, knownFailure } = check;
  const reason = inOurOptions(check.reason ?? "no reason given");
  const isGated = gatedLevels(options.failOn).includes(level);
  const failedAs = (message: string, note: string): TestEnd =>
    isGated ? { kind: "failed", message } : skipped(`${note}; ${level} checks do not fail the run (failOn)`);
  switch (outcome) {
    case "passed":
      return knownFailure === undefined
        ? { kind: "passed" }
        : {
            kind: "failed",
            message: `it passes, but is listed as a known failure (${knownFailure}): take it off the list`,
          };
    case "skipped":
      return skipped(reason);
    case "failed":
      return knownFailure === undefined
        ? failedAs(failureText(check, options), `failed: ${firstMismatch(check)}`)
        : skipped(`known failure (${knownFailure}): ${firstMismatch(check)}`);
    case "not-run":
      return failedAs(`not judged: ${reason}`, `not judged: ${reason}`);
    case "error":
      return failedAs(
        `an error of the harness or its set-up, not charged to the receiver: ${reason}`,
        `error: ${reason}`,
      );
  }
}

const skipped = (note: string): TestEnd => ({ kind: "skipped", note: showControlCharacters(note) });

function firstMismatch({ mismatches }: ReportCheck): string {
  const [first, ...others] = mismatches;
  if (first === undefined) return "no mismatch was recorded";
  return mismatchLine(first) + (others.length === 0 ? "" : ` (and ${others.length} more)`);
}

/** Everything that a person needs to act on a failure: what was wrong and where, why, how to fix it, how to see it. */
function failureText(check: ReportCheck, { contract, seed, servedAt }: TestEndOptions): string {
  const clause = contract.clauses.find(({ id }) => id === check.clause);
  const basis =
    clause === undefined
      ? `source: ${check.source ?? "good practice"}`
      : `clause ${clause.id}: ${clause.statement} (${contract.documentUrl}, ${clause.section})`;
  const lines = [
    `${check.title} (${check.level})`,
    ...check.mismatches.map(mismatchLine),
    ...(check.hint === null ? [] : [check.hint]),
    basis,
    // A timeline is a note of many lines.
    ...check.notes.flatMap((note) => note.split("\n")),
    ...(check.reproduce === null ? [] : [reproduced(check.reproduce, servedAt)]),
    ...(check.suite === "fuzz" ? [`seed: ${JSON.stringify(seed)}`] : []),
  ];
  return lines.map(showControlCharacters).join("\n");
}

/** The address of an app is gone when the line is read. */
function reproduced(curl: string, servedAt: string | null): string {
  if (servedAt === null) return curl;
  return `with your app on PORT: ${curl.replaceAll(servedAt, "http://127.0.0.1:PORT")}`;
}
