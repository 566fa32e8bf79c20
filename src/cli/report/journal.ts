import { jsonText } from "../../report/json-text.js";
import { closeSync, openSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Report, ReportCheck } from "../../report/model.js";
import { unwritable } from "../output-files.js";
import { writeLine } from "../way-out.js";

/** The name of the journal among the reports. */
export const journalFile = "journal.jsonl";

interface RunHeader {
  readonly startedAt: string;
  /** The URL without secrets. */
  readonly target: string;
  readonly seed: string;
  readonly nonce: string;
  /** How many are selected. */
  readonly checks: number;
  /** The report as it is when nothing has ended, for what has to be made of a run that was killed. */
  readonly outline: Report;
}

/** A line of the journal of one run. */
export type RunJournalLine =
  | ({ readonly kind: "run" } & RunHeader)
  /** With the milliseconds since the run has started, and the stack of a fault of the harness. */
  | ({ readonly kind: "check"; readonly elapsedMs: number; readonly stack?: string } & ReportCheck);

/** What a run has found so far, a JSON line each, so that even a killed run leaves it. The next run writes it anew. */
export interface Journal<Line extends object> {
  write(line: Line): void;
  close(): void;
}

/** Takes it away, where all that it knows stands in the report, with the directory that was made for it alone. */
export function removeJournal(directory: string, reports: string): void {
  rmSync(join(directory, journalFile), { force: true });
  if (directory !== reports && readdirSync(directory).length === 0) rmdirSync(directory);
}

/**
 * It is under its name only once its first line is whole: a run that is killed at its very start leaves none, rather
 * than one that cannot be read.
 * @throws UsageError `ERR_OUTPUT` when it cannot be written.
 */
export function openJournal<Line extends object>(directory: string, first: Line): Journal<Line> {
  const path = join(directory, journalFile);
  const beforehand = join(directory, `.${journalFile}.${process.pid}.tmp`);
  try {
    const file = openSync(beforehand, "w");
    const write = (line: Line): void => writeLine(file, jsonText(line, 0));
    write(first);
    renameSync(beforehand, path);
    return {
      write(line) {
        try {
          write(line);
        } catch {
          // A disk that has filled up shall not end the run; the reports say so at its end.
        }
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    rmSync(beforehand, { force: true });
    throw unwritable("out", path, error);
  }
}
