import { existsSync } from "node:fs";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { UsageError } from "../../errors.js";
import type { Report } from "../../report/model.js";
import { shardsIn } from "../../report/shards.js";
import { silenceIn } from "../../report/silent-observer.js";
import type { Suite } from "../../runner/check.js";
import { gateOf } from "../../runner/verdict.js";
import { inForce, knownFailureOf, staleEntries, unexplained, type KnownFailure } from "../../runner/known-failures.js";
import { writeFileAtomically } from "../output-files.js";
import { parseJson, readTextFile } from "../read-file.js";

const option = "known-failures";

/**
 * Reads `[{"check": "payload/*", "reason": "…", "expires": "2026-12-31", "flaky": true}]`, the last two left out or not.
 * @param mayBeMissing it is about to be written.
 * @throws UsageError `ERR_KNOWN_FAILURES` that names the entry.
 */
export function readKnownFailures(file: string, mayBeMissing: boolean): readonly KnownFailure[] {
  if (mayBeMissing && !existsSync(file)) return [];
  const list = parseJson(option, file, readTextFile(option, file));
  const expected = 'a list such as [{"check": "payload/*", "reason": "…"}]';
  if (!Array.isArray(list)) throw unusable(file, `expected ${expected}, got something else`);
  return list.map((entry: unknown, index) => {
    const at = `entry ${index + 1}`;
    if (typeof entry !== "object" || entry === null)
      throw unusable(file, `${at}: expected an object with check and reason`);
    const unknown = Object.keys(entry).find((key) => !keys.includes(key));
    if (unknown !== undefined) {
      throw unusable(file, `${at}: expected the keys check, reason, expires and flaky only, got "${unknown}"`);
    }
    const { check, reason, expires, flaky } = entry as Partial<Record<keyof KnownFailure, unknown>>;
    if (typeof check !== "string" || check === "")
      throw unusable(file, `${at}: expected a check id or glob in "check"`);
    if (typeof reason !== "string" || reason.trim() === "") {
      throw unusable(file, `${at} (${check}): expected a sentence in "reason"`);
    }
    if (expires !== undefined && !isDay(expires)) {
      throw unusable(file, `${at} (${check}): expected a day such as 2026-12-31 in "expires"`);
    }
    if (flaky !== undefined && typeof flaky !== "boolean") {
      throw unusable(file, `${at} (${check}): expected true or false in "flaky"`);
    }
    return { check, reason, ...(expires !== undefined && { expires }), ...(flaky !== undefined && { flaky }) };
  });
}

const keys: readonly string[] = ["check", "reason", "expires", "flaky"] satisfies readonly (keyof KnownFailure)[];

/** A day that the calendar has, YYYY-MM-DD. */
function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const ms = parseTime(value);
  return ms !== null && isoTime(ms).startsWith(value);
}

/**
 * The list as the run has shown it: what failed is on it, under the reason it had. An entry whose checks were not
 * judged stays; a pattern stays where all that it matches, and was judged, failed.
 */
export function updatedKnownFailures(
  known: readonly KnownFailure[],
  report: Report,
  suites: readonly Suite[],
): readonly KnownFailure[] {
  const catalogue = suites.flatMap(({ checks }) => checks);
  const outcomes = new Map(report.checks.map(({ id, outcome }) => [id, outcome] as const));
  const kept = known.filter((entry) => staleEntries([entry], catalogue, outcomes).length === 0);
  const failed = catalogue.filter(({ id }) => outcomes.get(id) === "failed");
  const added = failed
    .filter((check) => knownFailureOf(kept, check) === null)
    .map((check) => ({ check: check.id, reason: knownFailureOf(known, check) ?? firstReason(report, check.id) }));
  return [...kept, ...added];
}

function firstReason(report: Report, id: string): string {
  const [mismatch] = report.checks.find((check) => check.id === id)?.mismatches ?? [];
  return mismatch === undefined ? unexplained : `${unexplained}: expected ${mismatch.expected}, got ${mismatch.actual}`;
}

export function writeKnownFailures(file: string, known: readonly KnownFailure[]): void {
  writeFileAtomically(option, file, `${JSON.stringify(known, null, 2)}\n`);
}

/** The report as it is with this list, for a run that was made without one. */
export function judgedWith(known: readonly KnownFailure[], report: Report, suites: readonly Suite[]): Report {
  const { known: holding, notes } = inForce(known, systemClock.now());
  const catalogue = new Map(suites.flatMap((suite) => suite.checks.map((check) => [check.id, check] as const)));
  const checks = report.checks.map((reported) => {
    const check = catalogue.get(reported.id);
    const reason = check === undefined ? null : knownFailureOf(holding, check, reported.outcome);
    return reason === null ? reported : { ...reported, knownFailure: reason };
  });
  return {
    ...report,
    checks,
    notes: [...report.notes, ...notes],
    gate: gateOf(checks, report.gate.levels, {
      isShard: shardsIn(report.notes).length > 0,
      isObserverSilent: silenceIn(report.notes) !== null,
    }),
  };
}

function unusable(file: string, what: string): UsageError {
  return new UsageError("ERR_KNOWN_FAILURES", `--${option} ${file}: ${what}`);
}
