import { UsageError } from "../../errors.js";
import type { Report, ReportCheck } from "../../report/model.js";
import type { Check, Level, Suite } from "../../runner/check.js";
import type { KnownFailure } from "../../runner/known-failures.js";
import type { Told } from "../../runner/plan.js";
import { namesOf } from "../../runner/selection.js";
import { readOneReport } from "../report/report-input.js";

/** What is to be run again of an earlier run, and what that one was judged by. */
export interface Again {
  readonly file: string;
  /** Ids, as the catalogue has them now. */
  readonly ids: ReadonlySet<string>;
  readonly seed: string;
  readonly failOn: Level;
  readonly asOf: string | null;
  /** What was excused there. */
  readonly known: readonly KnownFailure[];
  readonly repeats: NonNullable<Told["repeats"]>;
  /** Where nothing is to be run again: how that run ended. */
  readonly gate: Report["gate"];
  readonly notes: readonly string[];
}

const toRunAgain: ReadonlySet<ReportCheck["outcome"]> = new Set(["failed", "not-run", "error"]);

/** Reads what `--only-failed` names. @throws UsageError `ERR_REPORT`, or `ERR_ONLY_FAILED`. */
export function readAgain(file: string, suites: readonly Suite[]): Again {
  const report = readOneReport(file);
  const { gate, seed, startedAt } = report;
  const catalogue = suites.flatMap(({ checks }) => checks);
  const open = report.checks.filter(({ outcome }) => toRunAgain.has(outcome));
  const found = open.flatMap(({ id }) => catalogue.find((check) => namesOf(check).includes(id)) ?? []);
  const unknown = open.filter(({ id }) => !catalogue.some((check) => namesOf(check).includes(id)));
  if (unknown.length > 0 && found.length === 0) {
    throw new UsageError(
      "ERR_ONLY_FAILED",
      `--only-failed ${file}: expected checks of this version, got only others, such as ${unknown[0]?.id}`,
    );
  }
  const passed = report.checks.filter(
    ({ outcome, level, isNew }) => outcome === "passed" && gate.levels.includes(level) && isNew !== true,
  );
  return {
    file,
    ids: new Set(withWhatTheyJudge(found, suites).map(({ id }) => id)),
    seed,
    failOn: gate.levels.at(-1) ?? "required",
    asOf: gate.asOf ?? null,
    known: report.checks.flatMap(excusedThere),
    repeats: { startedAt, seed, gatedPassed: passed.length + (report.repeats?.gatedPassed ?? 0) },
    gate,
    notes: [
      `What failed or was not run in ${file} (${startedAt}, seed ${seed}) was run again; what passed there was not looked at.`,
      ...unknown.map(({ id }) => `${id} failed there, and is no check of this version.`),
    ],
  };
}

/** A check that answers for what others did means nothing without them. */
function withWhatTheyJudge(checks: readonly Check[], suites: readonly Suite[]): readonly Check[] {
  const judged = checks.flatMap((check) => {
    if (check.collects === undefined && check.judgesHealth !== true) return [];
    const own = suites.filter((suite) => suite.checks.includes(check));
    return (check.collects?.from === "any-suite" ? suites : own).flatMap((suite) => suite.checks);
  });
  return [...new Set([...checks, ...judged])];
}

function excusedThere({ id, knownFailure }: ReportCheck): readonly KnownFailure[] {
  if (knownFailure === undefined) return [];
  const [, flaky] = /^flaky: (.*)$/s.exec(knownFailure) ?? [];
  return [flaky === undefined ? { check: id, reason: knownFailure } : { check: id, reason: flaky, flaky: true }];
}

/** What is said where there is nothing to run again. */
export function nothingAgain({ file, gate }: Again): string {
  const how = gate.outcome === "passed" ? "" : `; its gate was ${gate.outcome} for another reason, and stays so`;
  return `nothing failed in ${file}, and nothing was left to run: nothing was sent${how}`;
}
