import type { Matrix, MatrixTarget } from "../../report/matrix/matrix.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { rejudged } from "./report-rejudged.js";
import type { RunJournalLine } from "./journal.js";
import type { TargetsJournalLine } from "./matrix-files.js";

/** The lines of a journal. The last one is torn where the process was killed while it wrote. */
export interface JournalLines {
  readonly lines: readonly unknown[];
  readonly unreadable: number;
}

/** Reads JSON lines; null where the first one is none, so that the text is no journal. */
export function journalLines(text: string): JournalLines | null {
  const parsed = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        return undefined;
      }
    });
  const lines = parsed.filter((line) => line !== undefined);
  if (parsed[0] === undefined) return null;
  return { lines, unreadable: parsed.length - lines.length };
}

/** What a line says it is. */
export function kindOfLine(line: unknown): unknown {
  return typeof line === "object" && line !== null && "kind" in line ? line.kind : undefined;
}

/** The report of a run as far as its journal goes: what has ended is reported, the rest is `not-run: interrupted`. */
export function partialReport({ lines, unreadable }: JournalLines): Report {
  const [first, ...others] = lines as readonly RunJournalLine[];
  if (first?.kind !== "run") throw new TypeError("not the journal of a run");
  const { outline } = first;
  const ended = new Map<string, ReportCheck>();
  let durationMs = 0;
  for (const line of others) {
    if (line.kind !== "check") continue;
    const { kind: _, elapsedMs, stack: __, ...check } = line;
    ended.set(check.id, check);
    durationMs = Math.max(durationMs, elapsedMs);
  }
  const checks = outline.checks.map((check) => ended.get(check.id) ?? check);
  const left = checks.filter(({ reasonCode }) => reasonCode === "interrupted").length;
  const notes = [
    ...(left === 0
      ? []
      : [`Made from the journal of a run that was ended early: ${left} of its checks had not ended.`]),
    ...(unreadable === 0
      ? []
      : [`${unreadable} ${unreadable === 1 ? "line" : "lines"} of the journal could not be read.`]),
    ...outline.notes,
  ];
  return rejudged({ ...outline, durationMs, notes }, checks);
}

/** A run over many receivers as far as its journal goes. */
export interface PartialMatrix extends Pick<Matrix, "harness" | "startedAt" | "notes" | "expected"> {
  readonly targets: readonly { readonly name: string; readonly url: string }[];
  /** Those that are done with. */
  readonly ended: ReadonlyMap<string, MatrixTarget>;
}

export function partialMatrix({ lines }: JournalLines): PartialMatrix {
  const [first, ...others] = lines as readonly TargetsJournalLine[];
  if (first?.kind !== "targets") throw new TypeError("not the journal of a run over many receivers");
  const ended = new Map<string, MatrixTarget>();
  for (const line of others) {
    if (line.kind !== "target") continue;
    const { kind: _, ...target } = line;
    ended.set(target.name, target);
  }
  const { harness, startedAt, notes, targets, expected } = first;
  return { harness, startedAt, notes, targets, ended, ...(expected && { expected }) };
}
