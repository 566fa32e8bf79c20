import { canRedraw, wantsColor } from "../print.js";
import { liveProgress } from "./progress-live.js";
import type { Progress } from "./progress-events.js";
import { plainProgress } from "./progress-plain.js";

/** Redrawn in place on a terminal that can, a line an event elsewhere, nothing where nothing is wanted. */
export function createProgress({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Progress {
  if (quiet) return { on() {}, stop() {} };
  const stream = process.stderr;
  const color = wantsColor(stream);
  return canRedraw(stream) && !json ? liveProgress(stream, color) : plainProgress(stream, color);
}
