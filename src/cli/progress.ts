import type { RunEvent } from "../runner/run.js";
import { canRedraw, wantsColor } from "./print.js";
import { liveProgress } from "./progress-live.js";
import { plainProgress } from "./progress-plain.js";

/** Shows how a run goes on, on stderr: stdout is for the result. */
export interface Progress {
  on(event: RunEvent): void;
  /** Leaves nothing of it that will be drawn again. */
  stop(): void;
}

export function createProgress({ quiet, json }: { readonly quiet: boolean; readonly json: boolean }): Progress {
  if (quiet) return { on() {}, stop() {} };
  const stream = process.stderr;
  const color = wantsColor(stream);
  return canRedraw(stream) && !json ? liveProgress(stream, color) : plainProgress(stream, color);
}
