import { jsonText } from "../../report/json-text.js";
import { existsSync } from "node:fs";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { readDocument } from "../../input/document.js";
import { assertSchema } from "../../input/schema-mistakes.js";
import type { Report } from "../../report/model.js";
import { shardsIn } from "../../report/shards.js";
import { silenceIn } from "../../report/silent-observer.js";
import type { Suite } from "../../runner/check.js";
import { gateOf } from "../../runner/verdict.js";
import { inForce, knownFailureOf, staleEntries, unexplained, type KnownFailure } from "../../runner/known-failures.js";
import { writeFileAtomically } from "../output-files.js";

const option = "known-failures";
const kind = { code: "ERR_KNOWN_FAILURES", expected: 'a list such as [{"check": "payload/*", "reason": "…"}]' };
const aDay = "a day such as 2026-12-31";
const schema = {
  type: "array",
  items: {
    title: "an object with check and reason",
    type: "object",
    additionalProperties: false,
    required: ["check", "reason"],
    properties: {
      check: { title: "a check id, or a glob over ids such as payload/*", type: "string", minLength: 1 },
      reason: { title: "a sentence", type: "string", pattern: String.raw`\S` },
      expires: { title: aDay, type: "string", pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
      flaky: { type: "boolean" },
    },
  },
};

/**
 * Reads `[{"check": "payload/*", "reason": "…", "expires": "2026-12-31", "flaky": true}]`, the last two left out or not,
 * of JSON or YAML.
 * @param mayBeMissing it is about to be written.
 * @throws UsageError `ERR_KNOWN_FAILURES` that names the line and the key.
 */
export function readKnownFailures(file: string, mayBeMissing: boolean): readonly KnownFailure[] {
  if (mayBeMissing && !existsSync(file)) return [];
  const document = readDocument(kind, `--${option} ${file}`, file);
  const known = assertSchema(document, schema) as readonly KnownFailure[];
  const never = known.findIndex(({ expires }) => expires !== undefined && !isDay(expires));
  if (never >= 0) throw document.wrong([never, "expires"], `expected ${aDay}, got one that no calendar has`);
  return known;
}

/** A day that the calendar has, YYYY-MM-DD. */
function isDay(text: string): boolean {
  const ms = parseTime(text);
  return ms !== null && isoTime(ms).startsWith(text);
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
  writeFileAtomically(option, file, `${jsonText(known)}\n`);
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
      asOf: report.gate.asOf ?? null,
      gatedPassedBefore: report.repeats?.gatedPassed ?? 0,
    }),
  };
}
