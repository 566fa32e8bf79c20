import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { suites as catalogue } from "../../../suites/index.js";
import { contractNamed } from "../../contract/contracts.js";
import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import type { FormatName } from "../../report/formats.js";
import { joinContracts } from "../../report/join-contracts.js";
import type { Report } from "../../report/model.js";
import { planRun } from "../../runner/plan.js";
import { idMatcher, namesOf, selectChecks } from "../../runner/selection.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { exitCodes } from "../../runner/verdict.js";
import { afterJudgement } from "../after-judgement.js";
import { withoutSecrets } from "../failure.js";
import { interruptible } from "../interruption.js";
import type { RawValues } from "../option.js";
import { print, printAside } from "../print.js";
import { createProgress } from "../progress/progress.js";
import { reportFiles, writeReports } from "../report/report-files.js";
import { presentReport } from "../report/report-present.js";
import { describeDryRun, joinDryRuns } from "./dry-run.js";
import { muteWorkflowCommands, tellGitHub } from "./github-actions.js";
import { planOf, type RunPlan } from "./run-plan.js";
import { prepareReports, runReported } from "./run-reported.js";
import type { RunValues } from "./run-options.js";
import { readRunOptions, type RunRequest } from "./run-request.js";
import { stageRun } from "./run-stage.js";

const farewell = "interrupted: what has finished is reported; a second time ends it at once";

/** `run --contracts`: one receiver under several contracts, one after the other, with one report. */
export async function runContracts(request: RunRequest): Promise<number> {
  const plans = await plansOf(request);
  const [first] = plans;
  if (first.options["dry-run"]) {
    const runs = plans.map((run) => ({ name: run.plan.contract.name, dryRun: describeDryRun(run) }));
    print(joinDryRuns(runs, first.options));
    return exitCodes.passed;
  }
  return interruptible(farewell, (signal) =>
    plans.reduceRight<() => Promise<number>>(
      (work, { plan }) =>
        () =>
          withoutSecrets(plan.redactor, work),
      () => checkAll(plans, signal),
    )(),
  );
}

async function checkAll(plans: readonly [RunPlan, ...RunPlan[]], signal: AbortSignal): Promise<number> {
  const [{ options }] = plans;
  const formats = options.report as readonly FormatName[];
  const directoryOf = ({ plan }: RunPlan): string => join(options.out, plan.contract.id);
  prepareReports(options.out, formats);
  for (const run of plans) prepareReports(directoryOf(run), []);
  const unmute = muteWorkflowCommands(options);
  const reports: Report[] = [];
  try {
    for (const run of plans) {
      if (signal.aborted) break;
      const stage = await stageRun(run, signal);
      const progress = createProgress(options);
      try {
        if (!options.quiet && !options.json) printAside(`contract ${run.plan.contract.id}: ${run.plan.contract.name}`);
        const reporting = { signal, directory: directoryOf(run), formats: [], on: progress.on.bind(progress) };
        reports.push(await runReported(stage.target, reporting));
      } finally {
        progress.stop();
        await stage.close();
      }
    }
    const [first, ...others] = reports;
    if (first === undefined) return exitCodes.interrupted;
    const joined = joinContracts([first, ...others]);
    // A contract whose turn never came is no reason to be green.
    const report = signal.aborted ? { ...joined, gate: { ...joined.gate, exitCode: exitCodes.interrupted } } : joined;
    presentReport(report, options);
    const exitCode = await afterJudgement(report.gate.exitCode, () => writeReports(options.out, formats, report));
    const files = reportFiles(formats).map((file) => join(options.out, file));
    if (!options.json && !options.quiet) printAside(`reports: ${files.join(", ")}`);
    unmute();
    tellGitHub(report, options);
    return exitCode;
  } finally {
    unmute();
  }
}

/** @throws UsageError for whatever cannot be used under one of them. */
async function plansOf(request: RunRequest): Promise<readonly [RunPlan, ...RunPlan[]]> {
  const options = readRunOptions(request);
  const raw: RawValues = { ...request.raw, seed: options.seed ?? randomBytes(8).toString("hex") };
  for (const other of ["contract", "only-failed", "update-known-failures", "callback"] as const) {
    if (raw[other] === undefined || raw[other] === false) continue;
    throw new UsageError(
      "ERR_CONTRACTS",
      `--contracts: expected no --${other} beside it, got one; it is of one contract`,
    );
  }
  const contracts = [...new Set(options.contracts)].flatMap((id) => contractNamed(id) ?? []);
  const filters = { suites: options.suite, checks: options.check, skip: options.skip };
  const all = contracts.flatMap((contract) => suitesUnder(contract, catalogue));
  // What matches nothing under any of them is a typing error.
  selectChecks(all, { ...filters, ...(options.level.length > 0 && { levels: options.level }) });
  const fits = contracts.map((contract) => ({ id: contract.id, own: fitted(raw, options, contract) }));
  const leftOut = fits.flatMap(({ id, own }) => (own === null ? [id] : []));
  const notes =
    leftOut.length === 0
      ? []
      : [`The filters leave nothing of ${leftOut.join(" and ")}: the receiver was not held to it.`];
  const plans: RunPlan[] = [];
  for (const { own } of fits) {
    if (own !== null) plans.push(besideOthers(await planOf({ ...request, raw: own }), contracts, notes));
  }
  const [first, ...others] = plans;
  if (first === undefined)
    throw new UsageError("ERR_CONTRACTS", "--contracts: expected one at least that is to be run");
  return [first, ...others];
}

/** What was asked, as far as it fits a contract; null where the filters leave nothing of it. */
function fitted(raw: RawValues, read: RunValues, contract: Contract): RawValues | null {
  const suites = suitesUnder(contract, catalogue);
  const checks = suites.flatMap((suite) => suite.checks);
  const matching = (option: "suite" | "check" | "skip", ids: readonly string[]): RawValues | null => {
    const given = read[option];
    if (given.length === 0) return {};
    const left = given.filter((glob) => matchesOne(glob, ids));
    return left.length === 0 && option !== "skip" ? null : { [option]: left };
  };
  const suite = matching(
    "suite",
    suites.map(({ id }) => id),
  );
  const check = matching("check", checks.flatMap(namesOf));
  const skip = matching("skip", checks.flatMap(namesOf));
  if (suite === null || check === null) return null;
  const {
    contracts: _contracts,
    secret,
    method,
    "results-api": api,
    "results-url": url,
    "results-token": token,
    ...common
  } = raw;
  return {
    ...common,
    ...suite,
    ...check,
    ...skip,
    contract: contract.id,
    ...(contract.request.signature !== null && secret !== undefined && { secret }),
    ...(contract.request.methods.some((own) => own === method) && { method }),
    ...(contract.results !== null &&
      api !== undefined && { "results-api": api, "results-url": url, "results-token": token }),
  };
}

function matchesOne(glob: string, ids: readonly string[]): boolean {
  const matches = idMatcher(glob);
  return ids.some((id) => matches(id));
}

/**
 * An entry of the list of known failures that is of another contract is not out of date under this one.
 * @param notes on all of them.
 */
function besideOthers(run: RunPlan, contracts: readonly Contract[], notes: readonly string[]): RunPlan {
  const idsUnder = (contract: Contract): readonly string[] =>
    suitesUnder(contract, catalogue).flatMap((suite) => suite.checks.flatMap(namesOf));
  const own = idsUnder(run.plan.contract);
  const any = contracts.flatMap(idsUnder);
  const told = {
    ...run.told,
    notes: [...(run.told.notes ?? []), ...notes],
    knownFailures: run.listed.filter(({ check }) => matchesOne(check, own) || !matchesOne(check, any)),
  };
  return { ...run, told, plan: planRun(told) };
}
