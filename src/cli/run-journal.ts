import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ReportCheck } from "../report/model.js";
import { unwritable } from "./output-files.js";

/** The name of the journal among the reports. */
export const journalFile = "journal.jsonl";

export interface RunHeader {
  readonly harness: { readonly name: string; readonly version: string };
  readonly startedAt: string;
  /** The URL without secrets. */
  readonly target: string;
  readonly seed: string;
  readonly nonce: string;
  readonly checks: number;
}

/** What a run has found so far, a JSON line each, so that even a killed run leaves it. The next run writes it anew. */
export interface RunJournal {
  ended(check: ReportCheck): void;
  close(): void;
}

/** @throws UsageError `ERR_OUTPUT` when it cannot be written. */
export function openRunJournal(directory: string, header: RunHeader): RunJournal {
  const path = join(directory, journalFile);
  const write = (file: number, line: object): void => {
    writeSync(file, `${JSON.stringify(line)}\n`);
  };
  try {
    const file = openSync(path, "w");
    write(file, { kind: "run", ...header });
    return {
      ended(check) {
        try {
          write(file, { kind: "check", ...check });
        } catch {
          // A disk that has filled up shall not end the run; the reports say so at its end.
        }
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    throw unwritable("out", path, error);
  }
}
