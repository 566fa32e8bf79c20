import { jsonText } from "../../report/json-text.js";
import { existsSync } from "node:fs";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { contracts } from "../../contract/contracts.js";
import { defaults } from "../../defaults.js";
import { readDocument } from "../../input/document.js";
import { assertSchema } from "../../input/schema-mistakes.js";
import type { Report } from "../../report/model.js";
import { shardsIn } from "../../report/shards.js";
import { silenceIn } from "../../report/silent-observer.js";
import type { Check, Suite } from "../../runner/check.js";
import { gateOf } from "../../runner/verdict.js";
import {
  inForce,
  knownFailureOf,
  staleEntries,
  underContract,
  unexplained,
  type KnownFailure,
} from "../../runner/known-failures.js";
import { keepSaid } from "../kept-secrets.js";
import { writeFileAtomically } from "../output-files.js";
import { writeAsGiven } from "../way-out.js";

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
      contract: { title: `one of ${contracts.map(({ id }) => id).join(", ")}`, enum: contracts.map(({ id }) => id) },
      expires: { title: aDay, type: "string", pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
      flaky: { type: "boolean" },
    },
  },
};

/**
 * Reads `[{"check": "payload/*", "reason": "…", "contract": "batch", "expires": "2026-12-31", "flaky": true}]`,
 * the last three left out or not, of JSON or YAML.
 * @param mayBeMissing it is about to be written.
 * @throws UsageError `ERR_KNOWN_FAILURES` that names the line and the key.
 */
export function readKnownFailures(file: string, mayBeMissing: boolean): readonly KnownFailure[] {
  if (mayBeMissing && !existsSync(file)) return [];
  const document = readDocument(kind, `--${option} ${file}`, file);
  keepSaid(document.value, process.env);
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

/** What came of a run under one contract, and the checks there are under it. */
interface JudgedRun {
  readonly report: Report;
  readonly suites: readonly Suite[];
  /** What of the list says something under it. */
  readonly saying: readonly KnownFailure[];
}

/**
 * The list as the runs of one receiver have shown it: what failed is on it, under the reason it had. An entry whose
 * checks were not judged stays; a pattern stays where all that it matches, and was judged, failed. Of several contracts,
 * what is added names its own.
 */
export function updatedKnownFailures(
  known: readonly KnownFailure[],
  runs: readonly JudgedRun[],
): readonly KnownFailure[] {
  const kept = known.filter((entry) => !runs.some((run) => run.saying.includes(entry) && isStale(entry, run)));
  const added = runs.flatMap(({ report, suites }) => {
    const id = contractOf(report);
    const outcomes = outcomesOf(report);
    return checksOf({ suites })
      .filter((check) => outcomes.get(check.id) === "failed")
      .filter((check) => knownFailureOf(underContract(kept, id), check) === null)
      .map((check) => ({
        check: check.id,
        ...(runs.length > 1 && { contract: id }),
        reason: knownFailureOf(underContract(known, id), check) ?? firstReason(report, check.id),
      }));
  });
  return [...kept, ...added];
}

const contractOf = ({ contract }: Report): string => contract?.id ?? defaults.contract.id;

const checksOf = ({ suites }: Pick<JudgedRun, "suites">): readonly Check[] => suites.flatMap(({ checks }) => checks);

const outcomesOf = ({ checks }: Report) => new Map(checks.map(({ id, outcome }) => [id, outcome] as const));

const isStale = (entry: KnownFailure, run: JudgedRun): boolean =>
  staleEntries([entry], checksOf(run), outcomesOf(run.report)).length > 0;

function firstReason(report: Report, id: string): string {
  const [mismatch] = report.checks.find((check) => check.id === id)?.mismatches ?? [];
  return mismatch === undefined ? unexplained : `${unexplained}: expected ${mismatch.expected}, got ${mismatch.actual}`;
}

export function writeKnownFailures(file: string, known: readonly KnownFailure[]): void {
  writeFileAtomically(option, file, `${jsonText(known)}\n`, writeAsGiven);
}

/** The report as it is with this list, for a run that was made without one. */
export function judgedWith(known: readonly KnownFailure[], { report, suites }: Omit<JudgedRun, "saying">): Report {
  const { known: holding, notes } = inForce(underContract(known, contractOf(report)), systemClock.now());
  const catalogue = new Map(checksOf({ suites }).map((check) => [check.id, check] as const));
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
