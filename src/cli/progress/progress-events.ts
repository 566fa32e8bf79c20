import type { RunEvent } from "../../runner/run.js";

/** Shows how a run goes on, on stderr: stdout is for the result. */
export interface Progress {
  on(event: RunEvent): void;
  /** Leaves nothing of it that will be drawn again. */
  stop(): void;
}
