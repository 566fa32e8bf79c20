import { canRedraw, isLog, wantsColor } from "../print.js";
import { liveProgress } from "./progress-live.js";
import type { Progress } from "./progress-events.js";
import { logProgress } from "./progress-log.js";

/** Failures in a log that has annotations for them too. */
const mostBesideAnnotations = 13;

/**
 * One line that is written over on a terminal that can, in a log a line for each suite and each failure, and nothing
 * where nothing is wanted. A log is part of the result, and stands where that does.
 */
export function createProgress({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Progress {
  if (quiet) return together([]);
  const { stdout, stderr } = process;
  if (json) return logProgress(stderr, stderr, wantsColor(stderr));
  const live = canRedraw(stderr) ? [liveProgress(stderr, wantsColor(stderr))] : [];
  if (isLog(stdout)) {
    const most = process.env["GITHUB_ACTIONS"] === "true" ? mostBesideAnnotations : undefined;
    return together([...live, logProgress(stdout, stderr, wantsColor(stdout), most)]);
  }
  return together(live.length > 0 ? live : [logProgress(stderr, stderr, wantsColor(stderr))]);
}

const together = (all: readonly Progress[]): Progress => ({
  on: (event) => all.forEach((each) => each.on(event)),
  stop: () => all.forEach((each) => each.stop()),
});
