import { UsageError } from "../../errors.js";
import { createRedactor } from "../../report/redact.js";
import { secretsOf } from "../../runner/secrets.js";
import type { SessionSource } from "../../runner/session-ids.js";
import { describeDryRun } from "../run/dry-run.js";
import { readOptions, type RawValues } from "../option.js";
import { runOptions } from "../run/run-options.js";
import { runSettings, type RunSettings } from "../run/run-settings.js";
import { openRunTarget, sessionsFor } from "../run/run-target.js";
import { readTargetsFile, type TargetEntry } from "./targets-file.js";

/** One receiver, found usable as far as that shows without it. */
export interface PlannedTarget {
  readonly name: string;
  /** Without secrets. */
  readonly url: string;
  readonly settings: RunSettings;
  /** Where a command told the ids; it has run already. */
  readonly sessions: SessionSource | undefined;
  /** What would be sent, where that was asked. */
  readonly dryRun: string | null;
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
  share: (entries: readonly TargetEntry[]) => readonly TargetEntry[],
  signal: AbortSignal,
): Promise<readonly PlannedTarget[]> {
  const entries = share(readTargetsFile(file));
  const listening = new Map<string, string>();
  const planned: PlannedTarget[] = [];
  for (const entry of entries) {
    const target = await blaming(entry, base, () => plan(entry, base, listening, signal));
    planned.push(target);
  }
  if (readOptions(runOptions, base)["dry-run"]) return planned;
  return withSessions(planned, entries, base, signal);
}

async function plan(
  { name, url, raw }: TargetEntry,
  base: RawValues,
  listening: Map<string, string>,
  signal: AbortSignal,
): Promise<PlannedTarget> {
  const settings = await runSettings({ url, raw: { ...base, ...raw } });
  const opened = await openRunTarget(settings, signal, { plan: true });
  try {
    const address = opened.resultsApi?.listens;
    const same = address === undefined ? undefined : listening.get(address);
    if (same !== undefined) {
      throw new UsageError(
        "ERR_TARGETS",
        `--results-api: expected an address of its own, but "${same}" has ${address}`,
      );
    }
    if (address !== undefined && !address.endsWith(":0")) listening.set(address, name);
    const redactor = createRedactor(secretsOf(opened.target, opened.secrets));
    return {
      name,
      url: redactor.redactUrl(opened.target.url.display),
      settings,
      sessions: undefined,
      dryRun: settings.options["dry-run"] ? describeDryRun(settings, opened, redactor) : null,
    };
  } finally {
    await opened.close();
  }
}

/** Asks the commands, which may fail, before anything is sent. */
async function withSessions(
  planned: readonly PlannedTarget[],
  entries: readonly TargetEntry[],
  base: RawValues,
  signal: AbortSignal,
): Promise<readonly PlannedTarget[]> {
  const all = [...planned];
  const queue = [...planned.keys()].filter(
    (index) => planned[index]?.settings.options["session-command"] !== undefined,
  );
  const worker = async (): Promise<void> => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const [target, entry] = [all[index], entries[index]];
      if (target === undefined || entry === undefined) continue;
      const sessions = await blaming(entry, base, () => sessionsFor(target.settings, signal));
      all[index] = { ...target, sessions };
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
