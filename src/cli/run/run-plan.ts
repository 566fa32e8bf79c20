import { randomBytes } from "node:crypto";
import { suites as catalogue } from "../../../suites/index.js";
import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import { shardNote } from "../../report/shards.js";
import type { Level, Suite } from "../../runner/check.js";
import type { Elapse } from "../../runner/elapsed-time.js";
import { knownFailureOf, underContract, type KnownFailure } from "../../runner/known-failures.js";
import { planRun, type Plan, type Told } from "../../runner/plan.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { namedChecks, selectChecks } from "../../runner/selection.js";
import { contractOf } from "../contract-option.js";
import type { About, Report } from "../../report/model.js";
import { parseAsOf } from "../../runner/as-of.js";
import { commandLine } from "../command-line.js";
import type { RawValues } from "../option.js";
import type { Again } from "./only-failed.js";
import { advanceCommand } from "../advance-command.js";
import { readCallback } from "../reached.js";
import { parseShard, shareOf, type Shard } from "./shard.js";
import { readKnownFailures } from "./known-failures-file.js";
import { runOptions, type RunValues } from "./run-options.js";
import { readRunOptions, type RunRequest } from "./run-request.js";
import { embeddedReceiver, receiverAt, type Asked } from "./run-receiver.js";

/** What was asked of a run, found usable as far as that shows before anything is started. */
export interface RunPlan {
  /** For what is no part of the run itself: what it prints and where it writes. */
  readonly options: RunValues;
  readonly told: Told;
  /** What is told, as a plan; what is to be started for it is only stood in for. */
  readonly plan: Plan;
  readonly resultsApi: Asked["resultsApi"];
  /** What it repeats of an earlier run; null where it stands alone. */
  readonly again: Again | null;
  /** The line that asks for the same, secrets out. */
  readonly line: (more?: RawValues) => string;
  /** The file of known failures as it is. */
  readonly listed: readonly KnownFailure[];
  /** What of it says something under the contract. */
  readonly saying: readonly KnownFailure[];
}

/**
 * @param earlierReport the report of this receiver behind `--only-failed`, where that names several.
 * @throws UsageError for whatever cannot be used.
 */
export async function planOf(request: RunRequest, earlierReport: Report | null = null): Promise<RunPlan> {
  const { url, raw, asked } = request;
  const options = readRunOptions(request);
  const { suite, check, skip, level, "known-failures": file } = options;
  const contract = contractOf(options);
  const suites = suitesUnder(contract, catalogue);
  const filters = { suites: suite, checks: check, skip, ...(level.length > 0 && { levels: level }) };
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const earlier = await earlierRun(options["only-failed"], earlierReport, suites, contract);
  const selection = selectedAgain(selectChecks(suites, filters), earlier);
  const selected = shard === null ? selection : new Set(shareOf([...selection], shard));
  const seed = options.seed ?? earlier?.seed ?? randomBytes(8).toString("hex");
  const listed = file === undefined ? [] : readKnownFailures(file, options["update-known-failures"]);
  const saying = sayingOf(contract, suites, listed);
  const { receiver, resultsApi } =
    url === null ? embeddedReceiver(seed, contract) : receiverAt(url, options, shard, contract);
  const callback = options.callback === undefined ? null : await readCallback(options.callback, contract, receiver);
  const told: Told = {
    ...receiver,
    contract,
    seed,
    // Against a URL a second run must not be taken for duplicates; the embedded receiver remembers no first one.
    nonce: url === null ? "" : randomBytes(8).toString("hex"),
    suites,
    selected,
    named: new Set([...namedChecks(suites, filters), ...(earlier?.ids ?? [])]),
    elapse: elapseOf(options),
    settleMs: options.settle,
    fuzzCases: options["fuzz-cases"],
    concurrency: options.concurrency,
    maxRate: options["max-rate"] ?? null,
    rate: options.rate ?? null,
    ...(options.duration !== undefined && { durationMs: options.duration }),
    ...(options["max-time"] !== undefined && { maxTimeMs: options["max-time"] }),
    failOn: earlier !== null && raw["fail-on"] === undefined ? earlier.failOn : (options["fail-on"] as Level),
    asOf: options["as-of"] === undefined ? (earlier?.asOf ?? null) : parseAsOf(options["as-of"]),
    about: (raw["about"] as About | undefined) ?? null,
    // A list that is about to be written excuses nothing yet.
    knownFailures: options["update-known-failures"] ? [] : file === undefined ? (earlier?.known ?? []) : saying,
    ...(callback !== null && { template: callback.template }),
    secrets: [...(receiver.secrets ?? []), ...(callback?.secrets ?? [])],
  };
  const notes = [...(shard === null ? [] : [shareNote(shard, selected.size)]), ...(callback?.notes ?? [])];
  const plan = planRun(told);
  const again = earlier === null ? null : (await import("./only-failed.js")).fittedTo(plan, earlier);
  const line = (more: RawValues = {}): string => {
    const embedded = url === null && asked.options["embedded"] !== true ? { embedded: true } : {};
    const all = { ...asked.options, ...embedded, ...more };
    return commandLine("run", { argument: asked.argument, options: all }, runOptions, plan.redactor);
  };
  const whole: Told = {
    ...told,
    ...(again !== null && { repeats: again.repeats }),
    notes: [...(again?.notes ?? []), ...notes],
    command: line(),
  };
  return { options, told: whole, plan: planRun(whole), resultsApi, listed, saying, again, line };
}

async function earlierRun(
  file: string | undefined,
  report: Report | null,
  suites: readonly Suite[],
  contract: Contract,
): Promise<Again | null> {
  if (file === undefined) return null;
  const { againOf } = await import("./only-failed.js");
  const { namedBy, oneReportOf, readInput } = await import("../report/report-input.js");
  const earlier = report ?? namedBy("--only-failed", () => oneReportOf(file, readInput(file)));
  return againOf(earlier, file, suites, contract);
}

/** @throws UsageError where nothing is left of what is to be run again. */
function selectedAgain(selected: ReadonlySet<string>, again: Again | null): ReadonlySet<string> {
  if (again === null || again.ids.size === 0) return selected;
  const both = new Set([...selected].filter((id) => again.ids.has(id)));
  if (both.size > 0) return both;
  throw new UsageError(
    "ERR_NONE_AGAIN",
    `--only-failed ${again.file}: the filters select none of the checks that failed or were not run there: ${[...again.ids].join(", ")}`,
  );
}

/**
 * What a list says of the receiver under this contract: one list may do for several, so that an entry which no check of
 * this one has, but one of another, is not out of date.
 */
function sayingOf(
  contract: Contract,
  suites: readonly Suite[],
  listed: readonly KnownFailure[],
): readonly KnownFailure[] {
  const hasOneOf = (entry: KnownFailure, among: readonly Suite[]): boolean =>
    among.some(({ checks }) => checks.some((check) => knownFailureOf([entry], check) !== null));
  return underContract(listed, contract.id).filter(
    (entry) => entry.contract !== undefined || hasOneOf(entry, suites) || !hasOneOf(entry, catalogue),
  );
}

/** @throws UsageError for options that do not go together. */
function elapseOf(options: RunValues): Elapse {
  const command = options["advance-command"];
  if (command === undefined) return options["real-time"] ? "real" : "skipped";
  if (!options["real-time"]) return { advance: advanceCommand(command) };
  throw new UsageError(
    "ERR_ADVANCE",
    "--real-time and --advance-command: expected one of them, got both; there is nothing to move where the waits are not skipped",
  );
}

function shareNote(shard: Shard, checks: number): string {
  if (checks === 0) return shardNote(shard, " has no check to run, so nothing was sent; the others have them all.");
  return shardNote(shard, `: ${checks} ${checks === 1 ? "check is" : "checks are"} its part of what was selected.`);
}
