import { once } from "node:events";
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { watch } from "chokidar";
import { systemClock } from "../../clock/system-clock.js";
import { printAside } from "../print.js";
import { explainFailure } from "../failure.js";
import { UsageError } from "../../errors.js";
import type { Chosen } from "./repro-settings.js";

/** Editors write a file in several steps. */
const quietMs = 100;

/** What no source of a receiver stands in, or what a run of it writes. */
const ignored = new Set(["node_modules", ".git", "coverage", "reports"]);

/**
 * Does the work, and again whenever a file of the receiver or of the scenario changes, until the signal aborts. What
 * changes while it is at work does not count: the receiver itself may write files.
 */
export async function watched(
  chosen: Chosen,
  scenario: string | undefined,
  work: () => Promise<number>,
  signal: AbortSignal,
): Promise<number> {
  const roots = [rootOf(chosen), ...(scenario !== undefined && existsSync(scenario) ? [resolve(scenario)] : [])];
  const watcher = watch(roots, {
    ignoreInitial: true,
    ignored: (path) => path.split(/[/\\]/).some((part) => ignored.has(part)),
  });
  try {
    await once(watcher, "ready", { signal });
    for (;;) {
      await attempt(work);
      printAside("watching for changes; Ctrl-C ends it");
      const [, path] = (await once(watcher, "all", { signal })) as [event: string, path: string];
      await systemClock.sleep(quietMs, signal);
      printAside(`${basename(path)} has changed`);
    }
  } finally {
    await watcher.close();
  }
}

/** A receiver that does not start now may do after the next change. */
async function attempt(work: () => Promise<number>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    explainFailure(error);
  }
}

/** The project that the app belongs to; for a command, where it is started. */
function rootOf(chosen: Chosen): string {
  if (chosen.kind !== "app") return process.cwd();
  let directory = dirname(chosen.file);
  while (!existsSync(join(directory, "package.json"))) {
    const parent = dirname(directory);
    if (parent === directory) return dirname(chosen.file);
    directory = parent;
  }
  return directory;
}
