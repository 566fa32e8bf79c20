import type { Contract } from "../../contract/contract.js";
import { defaults } from "../../defaults.js";
import { UsageError } from "../../errors.js";
import { contractIdsIn } from "../../report/contracts.js";
import { byContract } from "../../report/join-contracts.js";
import { showControlCharacters } from "../../report/control-character.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { missingShards } from "../../report/shards.js";
import { isGated } from "../../report/standing.js";
import type { Check, Level, Suite } from "../../runner/check.js";
import type { KnownFailure } from "../../runner/known-failures.js";
import type { Plan, Told } from "../../runner/plan.js";
import { namesOf } from "../../runner/selection.js";
import { exitCodes } from "../../runner/verdict.js";
import { rejudged } from "../report/report-rejudged.js";

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
  readonly target: Report["target"];
  /** Of that run nothing counts here but what is to be run again. */
  readonly isOfAnotherReceiver: boolean;
  /** Where nothing is to be run again: how that run ended. */
  readonly gate: Report["gate"];
  /** Something that is gated was judged there, or it was a part of a run of which others judge it. */
  readonly isEvidence: boolean;
  readonly notes: readonly string[];
}

const toRunAgain: ReadonlySet<ReportCheck["outcome"]> = new Set(["failed", "not-run", "error"]);

/**
 * Finds what of an earlier run is to be run again.
 * @param report of it, which stands in this file.
 * @param suites those that look at the contract.
 * @throws UsageError `ERR_ONLY_FAILED`.
 */
export function againOf(whole: Report, file: string, suites: readonly Suite[], { id: contract }: Contract): Again {
  const report = reportUnder(contract, whole, file);
  const { gate, seed, startedAt, target } = report;
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
  const passed = report.checks.filter((check) => check.outcome === "passed" && isGated(check, report));
  return {
    file,
    ids: new Set(withWhatTheyJudge(found, suites).map(({ id }) => id)),
    seed,
    failOn: gate.levels.at(-1) ?? "required",
    asOf: gate.asOf ?? null,
    known: report.checks.flatMap(excusedThere),
    repeats: { startedAt, seed, gatedPassed: passed.length + (report.repeats?.gatedPassed ?? 0) },
    target,
    isOfAnotherReceiver: false,
    gate,
    isEvidence: passed.length + (report.repeats?.gatedPassed ?? 0) > 0 || missingShards(report.notes).length > 0,
    notes: [
      `What failed or was not run in ${file} (${startedAt}, seed ${seed}) was run again; what passed there was not looked at.`,
      ...unknown.map(({ id }) => `${id} failed there, and is no check of this version.`),
    ],
  };
}

/** What a report says of one contract. */
function reportUnder(contract: string, whole: Report, file: string): Report {
  const under = contractIdsIn(whole);
  if (!under.includes(contract)) {
    throw new UsageError(
      "ERR_ONLY_FAILED",
      `--only-failed ${file}: expected a report under --contract ${contract}, got one under ${under.join(" and ")}`,
    );
  }
  const own = byContract(whole).find(({ contract: each }) => (each?.id ?? defaults.contract.id) === contract);
  if (own === undefined || under.length === 1) return whole;
  return rejudged(own, own.checks);
}

/** The same for a run of this plan: what passed at another receiver says nothing of its own. */
export function fittedTo({ kind, shownUrl }: Pick<Plan, "kind" | "shownUrl">, again: Again): Again {
  const { target, repeats, notes } = again;
  const isSame = target.kind === kind && (kind === "embedded" || target.url === shownUrl);
  if (isSame) return again;
  return {
    ...again,
    isOfAnotherReceiver: true,
    repeats: { ...repeats, gatedPassed: 0 },
    notes: [...notes, `That was at ${target.url}, another receiver: what passed there does not count here.`],
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

/** What is said where there is nothing to run again, and the exit code: no other one than that run's is known. */
export function nothingAgain(again: Again): { says: string; exitCode: number } {
  const { file, gate, target, isOfAnotherReceiver, isEvidence } = again;
  const says = `nothing failed in ${file}, and nothing was left to run: nothing was sent`;
  const { outcome, exitCode } = gate;
  if (outcome !== "passed")
    return { says: `${says}; its gate was ${outcome} for another reason, and stays so`, exitCode };
  if (!isEvidence) return { says: `${says}; no gated check was judged there either`, exitCode: exitCodes.inconclusive };
  if (!isOfAnotherReceiver) return { says, exitCode };
  const where = showControlCharacters(target.url);
  return {
    says: `${says}; it is of another receiver, ${where}, so nothing is known of this one`,
    exitCode: exitCodes.inconclusive,
  };
}
