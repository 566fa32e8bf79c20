import type { Clock, Timer } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import { progressLine } from "./progress-line.js";
import { runState } from "./run-state.js";
import type { Progress } from "./progress-events.js";

export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawMs = 100;

/** ECMA-48: back to the first column, and erase the line. */
const eraseLine = "\r\x1b[2K";

/**
 * One line that is written over and over, never longer than the terminal is wide, so that nothing of it scrolls away.
 * What did not pass stays above it.
 */
export function liveProgress(screen: Screen, color: boolean, clock: Clock = systemClock): Progress {
  const state = runState(clock);
  let timer: Timer | null = null;

  const draw = (): void => {
    const columns = (screen.columns ?? 80) - 1;
    const text = state.text();
    screen.write(eraseLine + (text.length > columns ? `${text.slice(0, columns - 1)}…` : text));
  };
  const tick = (): void => {
    draw();
    timer = clock.timer(redrawMs, tick);
  };

  return {
    on(event) {
      state.on(event);
      if (event.kind === "started") tick();
      if (event.kind !== "check-ended") return;
      const { outcome } = event.check;
      if (outcome === "failed" || outcome === "error") {
        screen.write(`${eraseLine}${progressLine(event.check, color)}\n`);
        draw();
      }
    },
    stop() {
      timer?.cancel();
      screen.write(eraseLine);
    },
  };
}
