import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { FormatName } from "../../report/formats.js";
import type { Report, ReportCheck } from "../../report/model.js";
import { exitCodes } from "../../runner/verdict.js";
import { run, type RunEvent } from "../../runner/run.js";
import type { Target } from "../../runner/target.js";
import { afterJudgement } from "../after-judgement.js";
import { isDebugged } from "../failure.js";
import { printAside } from "../print.js";
import { prepareDirectory } from "../output-files.js";
import { reportOutline } from "../report/report-outline.js";
import { reportFiles, writeReports } from "../report/report-files.js";
import { journalFile, openJournal, type RunJournalLine } from "./run-journal.js";

/** Makes the directory of a run ready. @throws UsageError `ERR_OUTPUT`. */
export function prepareReports(directory: string, formats: readonly FormatName[]): void {
  prepareDirectory("out", directory, [...reportFiles(formats), journalFile]);
}

/** Where the report of a run goes, and who follows it. */
export interface Reporting {
  readonly signal: AbortSignal;
  /** Made ready with `prepareReports`. */
  readonly directory: string;
  readonly formats: readonly FormatName[];
  /** The exchanges of what passed stand in the files too. @default true */
  readonly keepsPassing?: boolean;
  on(event: RunEvent): void;
  /** Has the last word on the report; not asked where the run was interrupted. */
  judged?(report: Report): Report;
  /** Shows the report, before anything of it is written. */
  present?(report: Report): void;
  /** Told of the paths, once all of it is written. */
  written?(files: readonly string[]): void;
}

/** Runs the checks against one receiver: each outcome goes to the journal as it comes, the report into its files. */
export async function runReported(target: Target, reporting: Reporting): Promise<Report> {
  const { signal, directory, keepsPassing = true } = reporting;
  const kept = (check: ReportCheck): ReportCheck =>
    keepsPassing || check.outcome !== "passed" ? check : { ...check, attempts: [] };
  const startedAtMs = systemClock.now();
  const outline = reportOutline(target, isoTime(startedAtMs));
  const journal = openJournal<RunJournalLine>(directory, {
    kind: "run",
    startedAt: outline.startedAt,
    target: outline.target.url,
    seed: outline.seed,
    nonce: outline.nonce,
    checks: target.selected.size,
    outline,
  });
  let report: Report;
  const stacks: string[] = [];
  try {
    report = await run(target, {
      signal,
      on(event) {
        if (event.kind === "check-ended") {
          const { check, stack } = event;
          const elapsedMs = Math.round(systemClock.now() - startedAtMs);
          journal.write({ kind: "check", elapsedMs, ...kept(check), ...(stack !== undefined && { stack }) });
          if (stack !== undefined) stacks.push(`${check.id}: ${stack}`);
        }
        reporting.on(event);
      },
    });
  } finally {
    journal.close();
    // At the end, so that no progress display is written over.
    if (isDebugged()) stacks.forEach(printAside);
  }
  report = { ...report, checks: report.checks.map(kept) };
  const finished = signal.aborted
    ? { ...report, gate: { ...report.gate, exitCode: exitCodes.interrupted } }
    : (reporting.judged?.(report) ?? report);
  reporting.present?.(finished);
  const exitCode = await afterJudgement(finished.gate.exitCode, async () => {
    const files = await writeReports(directory, reporting.formats, finished);
    reporting.written?.(files);
  });
  return exitCode === finished.gate.exitCode ? finished : { ...finished, gate: { ...finished.gate, exitCode } };
}
