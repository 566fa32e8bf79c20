import { randomBytes } from "node:crypto";
import { suites as catalogue } from "../../../suites/index.js";
import { UsageError } from "../../errors.js";
import { shardNote } from "../../report/shards.js";
import type { Level } from "../../runner/check.js";
import type { Elapse } from "../../runner/elapsed-time.js";
import type { KnownFailure } from "../../runner/known-failures.js";
import { planRun, type Plan, type Told } from "../../runner/plan.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { namedChecks, selectChecks } from "../../runner/selection.js";
import { contractOf } from "../contract-option.js";
import { advanceCommand } from "../advance-command.js";
import { readCallback } from "../reached.js";
import { parseShard, shareOf, type Shard } from "../targets/shard.js";
import { readKnownFailures } from "./known-failures-file.js";
import type { RunValues } from "./run-options.js";
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
  /** The file of known failures as it is. */
  readonly listed: readonly KnownFailure[];
}

/** @throws UsageError for whatever cannot be used. */
export async function planOf(request: RunRequest): Promise<RunPlan> {
  const { url } = request;
  const options = readRunOptions(request);
  const { suite, check, skip, level, "known-failures": file } = options;
  const contract = contractOf(options);
  const suites = suitesUnder(contract, catalogue);
  const filters = { suites: suite, checks: check, skip, ...(level.length > 0 && { levels: level }) };
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const selection = selectChecks(suites, filters);
  const selected = shard === null ? selection : new Set(shareOf([...selection], shard));
  const seed = options.seed ?? randomBytes(8).toString("hex");
  const listed = file === undefined ? [] : readKnownFailures(file, options["update-known-failures"]);
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
    named: namedChecks(suites, filters),
    elapse: elapseOf(options),
    settleMs: options.settle,
    fuzzCases: options["fuzz-cases"],
    concurrency: options.concurrency,
    maxRate: options["max-rate"] ?? null,
    rate: options.rate ?? null,
    ...(options.duration !== undefined && { durationMs: options.duration }),
    ...(options["max-time"] !== undefined && { maxTimeMs: options["max-time"] }),
    failOn: options["fail-on"] as Level,
    // A list that is about to be written excuses nothing yet.
    knownFailures: options["update-known-failures"] ? [] : listed,
    ...(callback !== null && { template: callback.template }),
    secrets: [...(receiver.secrets ?? []), ...(callback?.secrets ?? [])],
    notes: [...(shard === null ? [] : [shareNote(shard, selected.size)]), ...(callback?.notes ?? [])],
  };
  return { options, told, plan: planRun(told), resultsApi, listed };
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
