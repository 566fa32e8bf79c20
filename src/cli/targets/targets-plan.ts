import { UsageError } from "../../errors.js";
import type { Report } from "../../report/model.js";
import { describeDryRun } from "../run/dry-run.js";
import type { Asked } from "../command-line.js";
import { overlaid } from "../contract-option.js";
import { readOptions, type RawValues } from "../option.js";
import { runOptions } from "../run/run-options.js";
import { plansOf, withAllSessions, type RunPlans } from "../run/run-plans.js";
import type { RunRequest } from "../run/run-request.js";
import { isLeftAsItWas, readEarlierRun, type EarlierRun } from "./targets-again.js";
import { readTargetsFile, type TargetEntry } from "./targets-file.js";

/** One receiver, found usable as far as that shows without it. */
export interface PlannedTarget {
  readonly name: string;
  /** Without secrets. */
  readonly url: string;
  readonly plans: RunPlans;
  /** What would be sent, where that was asked and something would be. */
  readonly dryRuns: readonly { readonly name: string; readonly dryRun: string }[];
}

export interface PlannedTargets {
  /** Those that this job is for. */
  readonly targets: readonly PlannedTarget[];
  /** Of all receivers in the file. */
  readonly names: readonly string[];
  /** What is run again of it; null where all is run. */
  readonly earlier: EarlierRun | null;
}

/** Commands that tell session ids run side by side, at most. */
const commandsAtOnce = 8;

/**
 * Reads the file of targets, and finds whatever is wrong with one of them. What stands on the command line holds for
 * each receiver that does not say otherwise.
 * @param share the receivers that this job is for.
 * @throws UsageError
 */
export async function planTargets(
  file: string,
  base: RawValues,
  asked: Asked,
  share: (entries: readonly TargetEntry[]) => readonly TargetEntry[],
  signal: AbortSignal,
): Promise<PlannedTargets> {
  const all = readTargetsFile(file);
  const names = all.map(({ name }) => name);
  const { "only-failed": earlierFile, "dry-run": isDry } = readOptions(runOptions, base);
  const earlier = earlierFile === undefined ? null : readEarlierRun(earlierFile, names);
  const entries = share(all).map((entry) => entry.withVariables(process.env));
  const listening = new Map<string, string>();
  const targets: PlannedTarget[] = [];
  for (const entry of entries)
    targets.push(await blaming(entry, base, () => planned(entry, base, asked, listening, earlier)));
  return { targets: isDry ? targets : await withSessionsOfAll(targets, entries, base, signal), names, earlier };
}

async function planned(
  { name, url, raw }: TargetEntry,
  base: RawValues,
  asked: Asked,
  listening: Map<string, string>,
  earlier: EarlierRun | null,
): Promise<PlannedTarget> {
  const plans = await planAgain({ url, raw: overlaid(base, raw), asked }, earlier?.reportOf(name) ?? null);
  const { runs, spared } = plans;
  const resultsApi = runs.find((run) => run.resultsApi !== null)?.resultsApi ?? null;
  const address = resultsApi === null ? undefined : `${resultsApi.host}:${resultsApi.port}`;
  const same = address === undefined ? undefined : listening.get(address);
  if (same !== undefined) {
    throw new UsageError("ERR_TARGETS", `--results-api: expected an address of its own, but "${same}" has ${address}`);
  }
  if (address !== undefined && resultsApi?.port !== 0) listening.set(address, name);
  const [shown = ""] = [...runs, ...spared].map(({ plan }) => plan.shownUrl);
  const dryRuns = runs.flatMap((run) => {
    const what = runs.length === 1 ? name : `${name}, ${run.plan.contract.name}`;
    return run.options["dry-run"] ? [{ name: what, dryRun: describeDryRun(run) }] : [];
  });
  return { name, url: shown, plans, dryRuns };
}

/** A receiver that nothing is known of is run whole; so is one that has moved, since what passed elsewhere does not count. */
async function planAgain(request: RunRequest, report: Report | null): Promise<RunPlans> {
  const plans = report === null ? null : await plansOf(request, report);
  const isKnown = [...(plans?.runs ?? []), ...(plans?.spared ?? [])].every(
    ({ again }) => again?.isOfAnotherReceiver !== true,
  );
  if (plans !== null && isKnown) return plans;
  const { "only-failed": _file, ...raw } = request.raw;
  return plansOf({ ...request, raw });
}

/** Asks the commands, which may fail, before anything is sent. */
async function withSessionsOfAll(
  targets: readonly PlannedTarget[],
  entries: readonly TargetEntry[],
  base: RawValues,
  signal: AbortSignal,
): Promise<readonly PlannedTarget[]> {
  const all = [...targets];
  const queue = [...targets.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, target] = next;
      const entry = entries[index];
      if (entry === undefined || isLeftAsItWas(target.plans)) continue;
      all[index] = { ...target, plans: await blaming(entry, base, () => withAllSessions(target.plans, signal)) };
    }
  };
  await Promise.all(Array.from({ length: commandsAtOnce }, worker));
  return all;
}

/** Says of which receiver a complaint is, unless it is about what stands on the command line. */
async function blaming<T>(entry: TargetEntry, base: RawValues, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const option = /^--([\w-]+)/.exec(error.message)?.[1];
    if (option !== undefined && !(option in entry.raw) && option in base) throw error;
    throw entry.wrong(error.message, option ?? "url");
  }
}
