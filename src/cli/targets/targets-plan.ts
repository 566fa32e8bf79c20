import { UsageError } from "../../errors.js";
import { describeDryRun } from "../run/dry-run.js";
import type { Asked } from "../command-line.js";
import { readOptions, type RawValues } from "../option.js";
import { runOptions } from "../run/run-options.js";
import { planOf, type RunPlan } from "../run/run-plan.js";
import { withSessions } from "../run/run-stage.js";
import { readTargetsFile, type TargetEntry } from "./targets-file.js";

/** One receiver, found usable as far as that shows without it. */
export interface PlannedTarget {
  readonly name: string;
  /** Without secrets. */
  readonly url: string;
  readonly run: RunPlan;
  /** What would be sent, where that was asked. */
  readonly dryRun: string | null;
}

export interface PlannedTargets {
  /** Those that this job is for. */
  readonly targets: readonly PlannedTarget[];
  /** Of all receivers in the file. */
  readonly names: readonly string[];
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
  const entries = share(all).map((entry) => entry.withVariables(process.env));
  const listening = new Map<string, string>();
  const targets: PlannedTarget[] = [];
  for (const entry of entries) targets.push(await blaming(entry, base, () => planned(entry, base, asked, listening)));
  if (readOptions(runOptions, base)["dry-run"]) return { targets, names };
  return { targets: await withAllSessions(targets, entries, base, signal), names };
}

async function planned(
  { name, url, raw }: TargetEntry,
  base: RawValues,
  asked: Asked,
  listening: Map<string, string>,
): Promise<PlannedTarget> {
  const run = await planOf({ url, raw: { ...base, ...raw }, asked });
  const { options, plan, resultsApi } = run;
  const address = resultsApi === null ? undefined : `${resultsApi.host}:${resultsApi.port}`;
  const same = address === undefined ? undefined : listening.get(address);
  if (same !== undefined) {
    throw new UsageError("ERR_TARGETS", `--results-api: expected an address of its own, but "${same}" has ${address}`);
  }
  if (address !== undefined && resultsApi?.port !== 0) listening.set(address, name);
  const shown = plan.redactor.redactUrl(plan.url.display);
  return { name, url: shown, run, dryRun: options["dry-run"] ? describeDryRun(run) : null };
}

/** Asks the commands, which may fail, before anything is sent. */
async function withAllSessions(
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
      if (entry === undefined) continue;
      all[index] = { ...target, run: await blaming(entry, base, () => withSessions(target.run, signal)) };
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
