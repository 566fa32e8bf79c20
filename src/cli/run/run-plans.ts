import { randomBytes } from "node:crypto";
import { suites as catalogue } from "../../../suites/index.js";
import { contractNamed } from "../../contract/contracts.js";
import type { Contract } from "../../contract/contract.js";
import { UsageError } from "../../errors.js";
import type { Report } from "../../report/model.js";
import { planRun } from "../../runner/plan.js";
import { idMatcher, namesOf, selectChecks } from "../../runner/selection.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { exitCodes } from "../../runner/verdict.js";
import { withoutSecrets } from "../failure.js";
import type { RawValues } from "../option.js";
import type { RunValues } from "./run-options.js";
import { nothingAgain } from "./only-failed.js";
import { planOf, type RunPlan } from "./run-plan.js";
import { readRunOptions, type RunRequest } from "./run-request.js";
import { withSessions } from "./run-stage.js";

/** What was asked of one receiver. */
export interface RunPlans {
  /** One a contract, in the order in which they are run; none where there is nothing to run again. */
  readonly runs: readonly RunPlan[];
  /** Those of which there is nothing to run again. */
  readonly spared: readonly RunPlan[];
}

/**
 * @param earlier the report of this receiver behind `--only-failed`, where that names several.
 * @throws UsageError for whatever cannot be used under one of the contracts.
 */
export async function plansOf(request: RunRequest, earlier: Report | null = null): Promise<RunPlans> {
  const options = readRunOptions(request);
  const all =
    options.contracts.length === 0 ? [await planOf(request, earlier)] : await plansUnder(request, options, earlier);
  const isSpared = ({ again }: RunPlan): boolean => again?.ids.size === 0;
  const runs = all.filter((run) => !isSpared(run));
  const spared = all.filter(isSpared);
  if (spared.length === 0 || runs.length === 0) return { runs, spared };
  const under = spared.map(({ plan }) => plan.contract.id);
  const note = `Under ${under.join(" and ")} nothing failed there, and nothing was left to run: it was not looked at again.`;
  return { runs: runs.map((run) => withNotes(run, [note])), spared };
}

async function plansUnder(
  request: RunRequest,
  options: RunValues,
  earlier: Report | null,
): Promise<readonly RunPlan[]> {
  if (request.raw["contract"] !== undefined) {
    throw unusable("expected no --contract beside it, got one; they are named in one place");
  }
  const contracts = [...new Set(options.contracts)].flatMap((id) => contractNamed(id) ?? []);
  const filters = { suites: options.suite, checks: options.check, skip: options.skip };
  const all = contracts.flatMap((contract) => suitesUnder(contract, catalogue));
  // What matches nothing under any of them is a typing error.
  selectChecks(all, { ...filters, ...(options.level.length > 0 && { levels: options.level }) });
  const captured = options.callback === undefined ? null : await ofCapture(options.callback, contracts);
  // One seed for all of them; what is run again has that of its report.
  const seed = options.seed ?? (options["only-failed"] === undefined ? randomBytes(8).toString("hex") : undefined);
  const raw = { ...request.raw, ...(seed !== undefined && { seed }) };
  const plans: RunPlan[] = [];
  const leftOut: string[] = [];
  for (const contract of contracts) {
    const own = fitted(raw, options, contract);
    const plan =
      own === null ? null : await planned({ ...request, raw: withCallbackOf(captured, own, contract) }, earlier);
    if (plan === null) leftOut.push(contract.id);
    else plans.push(plan);
  }
  if (plans.length === 0) throw unusable("expected one at least that is to be run");
  const notes = [
    ...(leftOut.length === 0
      ? []
      : [`The filters leave nothing of ${leftOut.join(" and ")}: the receiver was not held to it.`]),
    ...(captured === null || plans.length === 1
      ? []
      : [`The captured callback is one of ${captured}; under the other contracts the documented one was sent.`]),
  ];
  return plans.map((run) => withNotes(run, notes));
}

function withNotes(run: RunPlan, notes: readonly string[]): RunPlan {
  const told = { ...run.told, notes: [...(run.told.notes ?? []), ...notes] };
  return { ...run, told, plan: planRun(told) };
}

/** Null where the filters leave nothing of what is to be run again. */
async function planned(request: RunRequest, earlier: Report | null): Promise<RunPlan | null> {
  try {
    return await planOf(request, earlier);
  } catch (error) {
    if (error instanceof UsageError && error.code === "ERR_NONE_AGAIN") return null;
    throw error;
  }
}

async function ofCapture(file: string, contracts: readonly Contract[]): Promise<string> {
  return (await import("../callback-file.js")).contractOfCapture(file, contracts).id;
}

/** A captured callback is one of one contract. */
function withCallbackOf(captured: string | null, { callback, ...raw }: RawValues, { id }: Contract): RawValues {
  return captured === id ? { ...raw, callback } : raw;
}

/** What was asked, as far as it fits a contract; null where the filters leave nothing of it. */
function fitted(raw: RawValues, read: RunValues, contract: Contract): RawValues | null {
  const suites = suitesUnder(contract, catalogue);
  const checks = suites.flatMap((suite) => suite.checks);
  const matching = (option: "suite" | "check" | "skip", ids: readonly string[]): RawValues | null => {
    const given = read[option];
    if (given.length === 0) return {};
    const left = given.filter((glob) => {
      const matches = idMatcher(glob);
      return ids.some((id) => matches(id));
    });
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

/** The same once what tells sessions was asked, which may fail, and does so before anything is sent. */
export async function withAllSessions(plans: RunPlans, signal: AbortSignal): Promise<RunPlans> {
  const runs: RunPlan[] = [];
  for (const run of plans.runs) runs.push(await withSessions(run, signal));
  return { ...plans, runs };
}

/** What is said of one of which there is nothing to run again, and how that ends. */
export function howSpared({ again }: RunPlan): { readonly says: string; readonly exitCode: number } {
  if (again === null) throw new Error("expected one that repeats an earlier run");
  return nothingAgain(again);
}

/** A report of what was run again ends no better than what was spared. */
export function sparedIn({ spared }: Pick<RunPlans, "spared">, report: Report): Report {
  const worse = spared.map(howSpared).find(({ exitCode }) => exitCode !== exitCodes.passed);
  if (report.gate.outcome !== "passed" || worse === undefined) return report;
  const outcome = worse.exitCode === exitCodes.failed ? "failed" : "inconclusive";
  return {
    ...report,
    notes: [...report.notes, worse.says],
    gate: { ...report.gate, outcome, exitCode: worse.exitCode },
  };
}

/** Runs `work`; what it throws holds no secret of any of them. */
export const withoutSecretsOf = <T>(runs: readonly RunPlan[], work: () => Promise<T>): Promise<T> =>
  runs.reduceRight<() => Promise<T>>(
    (inner, { plan }) =>
      () =>
        withoutSecrets(plan.redactor, inner),
    work,
  )();

const unusable = (what: string): UsageError => new UsageError("ERR_CONTRACTS", `--contracts: ${what}`);
