import { canRedraw, isLog, wantsColor } from "../print.js";
import type { RunLog } from "./run-log.js";
import { liveProgress } from "./progress-live.js";
import type { Progress } from "./progress-events.js";
import { logProgress } from "./progress-log.js";

/**
 * One line that is written over on a terminal that can, in a log a line for each suite, and nothing where nothing is
 * wanted. A log is part of the result, and stands where that does.
 * @param title of what is run, where that is one of several.
 */
export function createProgress(
  { quiet, json }: { readonly quiet: boolean; readonly json: boolean },
  log: RunLog,
  title: string | null,
): Progress {
  if (quiet) return together([]);
  const { stdout, stderr } = process;
  const aside = { ...log, line: (text: string) => log.aside(text) };
  if (json) return logProgress(aside, title);
  const live = canRedraw(stderr) ? [liveProgress(stderr, wantsColor(stderr))] : [];
  if (isLog(stdout)) return together([...live, logProgress(log, title)]);
  return together(live.length > 0 ? live : [logProgress(aside, title)]);
}

const together = (all: readonly Progress[]): Progress => ({
  on: (event) => all.forEach((each) => each.on(event)),
  stop: () => all.forEach((each) => each.stop()),
});
