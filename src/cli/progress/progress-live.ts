import type { Clock, Timer } from "../../clock/clock.js";
import { systemClock } from "../../clock/system-clock.js";
import { progressLine, seconds } from "./progress-line.js";
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
  const startedAt = clock.now();
  const running = new Map<string, boolean>();
  const waiting = new Map<string, string>();
  let checks = 0;
  let ended = 0;
  let failed = 0;
  let timer: Timer | null = null;

  const status = (): string => {
    const names = [...running].map(
      ([id, confirming]) => `${id}${confirming ? " once more" : ""}${waiting.has(id) ? ` ${waiting.get(id)}` : ""}`,
    );
    const failures = failed === 0 ? "" : `, ${failed} failed`;
    const now = names.length === 0 ? "" : `: ${names.join(", ")}`;
    return `${ended} of ${checks} checks ended${failures}, ${seconds(clock.now() - startedAt)}${now}`;
  };
  const draw = (): void => {
    const columns = (screen.columns ?? 80) - 1;
    const text = status();
    screen.write(eraseLine + (text.length > columns ? `${text.slice(0, columns - 1)}…` : text));
  };
  const tick = (): void => {
    draw();
    timer = clock.timer(redrawMs, tick);
  };

  return {
    on(event) {
      switch (event.kind) {
        case "started":
          checks = event.checks;
          tick();
          break;
        case "baseline":
          break;
        case "waiting":
          waiting.set(event.id, `waits for attempt ${event.attempt} of ${event.of} until ${event.until}`);
          break;
        case "check-started":
          running.set(event.id, event.confirming);
          break;
        case "check-ended": {
          const { id, outcome } = event.check;
          running.delete(id);
          waiting.delete(id);
          ended += 1;
          if (outcome === "failed") failed += 1;
          if (outcome === "failed" || outcome === "error") {
            screen.write(`${eraseLine}${progressLine(event.check, color)}\n`);
            draw();
          }
          break;
        }
      }
    },
    stop() {
      timer?.cancel();
      screen.write(eraseLine);
    },
  };
}
