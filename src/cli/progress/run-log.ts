import { mostLines } from "../../report/log.js";
import { print, printAside } from "../print.js";

/** Lines that are kept for how it ends: the verdict, one annotation, the end of a fold, the files. */
const keptForTheEnd = 10;

/** What a job prints while it runs, counted, so that the whole of it has no more lines than a log should. */
export interface RunLog {
  /** A line of the result. */
  line(text: string): void;
  aside(text: string): void;
  /** Counts a line that is printed elsewhere. */
  count(): void;
  /** Lines that there may still be before it ends. Until then it may yet turn out to be green. */
  room(): number;
  /** Lines that there may be of what was found, with so many after it. */
  roomOf(green: boolean, after: number): number;
}

export function createRunLog(): RunLog {
  let printed = 0;
  return {
    line(text) {
      printed += 1;
      print(text);
    },
    aside(text) {
      printed += 1;
      printAside(text);
    },
    count() {
      printed += 1;
    },
    room: () => mostLines.green - keptForTheEnd - printed,
    roomOf: (green, after) => (green ? mostLines.green : mostLines.other) - printed - after,
  };
}
