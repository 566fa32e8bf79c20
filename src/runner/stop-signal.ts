import { setMaxListeners } from "node:events";
import { systemClock } from "../clock/system-clock.js";
import { NotRun } from "./interruption.js";

export interface StopSignal {
  readonly signal: AbortSignal;
  dispose(): void;
}

/** Aborts with a `NotRun` that says why: the user's interruption, or the time budget of so many milliseconds. */
export function stopSignal(user: AbortSignal | undefined, budgetMs: number, howToRaise: string): StopSignal {
  const controller = new AbortController();
  // Every attempt under way listens to it, and there may be many.
  setMaxListeners(0, controller.signal);
  const interrupt = (): void => controller.abort(new NotRun("interrupted", "the run was interrupted"));
  if (user?.aborted === true) interrupt();
  user?.addEventListener("abort", interrupt, { once: true });
  const spent = `the time budget of ${budgetMs / 1000} seconds was spent; ${howToRaise}`;
  const timer = systemClock.timer(budgetMs, () => controller.abort(new NotRun("time-budget-spent", spent)));
  return {
    signal: controller.signal,
    dispose() {
      timer.cancel();
      user?.removeEventListener("abort", interrupt);
    },
  };
}
