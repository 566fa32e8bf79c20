import { progressLine, waitingText } from "./progress-line.js";
import type { Progress } from "./progress-events.js";

/** A line an event: for logs, and for terminals on which nothing can be written over. */
export function plainProgress(stream: NodeJS.WritableStream, color: boolean): Progress {
  let checks = 0;
  let ended = 0;
  return {
    on(event) {
      switch (event.kind) {
        case "started":
          checks = event.checks;
          break;
        case "baseline":
          stream.write(`the first callback: ${event.baseline.replaceAll("-", " ")}\n`);
          break;
        case "check-started":
          break;
        case "waiting":
          stream.write(`${waitingText(event)}\n`);
          break;
        case "check-ended":
          ended += 1;
          stream.write(`${`[${ended}/${checks}]`.padEnd(9)} ${progressLine(event.check, color)}\n`);
          break;
      }
    },
    stop() {},
  };
}
