import { join } from "node:path";
import type { FormatName } from "../../report/formats.js";
import { joinContracts } from "../../report/join-contracts.js";
import type { Report } from "../../report/model.js";
import { exitCodes } from "../../runner/verdict.js";
import type { RunEvent } from "../../runner/run.js";
import { afterJudgement } from "../after-judgement.js";
import { prepareDirectory } from "../output-files.js";
import { reportFiles, writeReports } from "../report/report-files.js";
import { journalFile, removeJournal } from "../report/journal.js";
import { runJournalled } from "./run-journalled.js";
import type { RunPlan } from "./run-plan.js";
import { sparedIn, withAllSessions, type RunPlans } from "./run-plans.js";
import { stageRun, type Stage } from "./run-stage.js";

/** Where the report of a receiver goes, and who follows how it comes about. */
export interface Reporting {
  readonly signal: AbortSignal;
  /** Made ready with `prepareReports`. */
  readonly directory: string;
  readonly formats: readonly FormatName[];
  /**
   * It is one of many receivers, whose files would add up: the exchanges of what passed are left out of them, and the
   * journal goes once all of it stands in the report.
   * @default false
   */
  readonly isOneOfMany?: boolean;
  /** Called for each contract, when all that it needs is started. */
  follow(run: RunPlan, stage: Stage): { on(event: RunEvent): void; stop?(): void };
  /** Has the last word on the reports, one a contract; not asked where the run was interrupted. */
  judged?(reports: readonly Report[]): readonly Report[];
  /** Shows the report, before anything of it is written. */
  present?(report: Report): void;
  /** Told of the paths, once all of it is written. */
  written?(files: readonly string[]): void;
}

/** Makes the directory of a receiver ready. @throws UsageError `ERR_OUTPUT`. */
export function prepareReports(directory: string, formats: readonly FormatName[], { runs }: RunPlans): void {
  prepareDirectory("out", directory, [...reportFiles(formats), journalFile]);
  for (const own of runs.map(journalled(directory, runs))) {
    if (own !== directory) prepareDirectory("out", own, [journalFile]);
  }
}

/** Each contract has a journal of its own. */
const journalled =
  (directory: string, runs: RunPlans["runs"]) =>
  ({ plan }: RunPlan): string =>
    runs.length === 1 ? directory : join(directory, plan.contract.id);

/** Runs the checks against one receiver, under one contract after the other; there is one report, in its files. */
export async function runReported(plans: RunPlans, reporting: Reporting): Promise<Report> {
  const { signal, directory, formats, isOneOfMany = false } = reporting;
  const { runs } = await withAllSessions(plans, signal);
  const journalOf = journalled(directory, runs);
  const reports: Report[] = [];
  for (const run of runs) reports.push(await runUnder(run, journalOf(run), reporting));
  const [first, ...others] = signal.aborted ? reports : (reporting.judged?.(reports) ?? reports);
  if (first === undefined) throw new Error("expected one contract at least");
  const joined = sparedIn(plans, joinContracts([first, ...others]));
  // What was never come to is no reason to be green.
  const report = signal.aborted ? ending(joined, exitCodes.interrupted) : joined;
  reporting.present?.(report);
  const exitCode = await afterJudgement(report.gate.exitCode, async () => {
    const files = await writeReports(directory, formats, report, isOneOfMany);
    // The stack of a fault of ours stands in the journal alone.
    const isOurs = report.checks.some(({ outcome }) => outcome === "error");
    if (isOneOfMany && !isOurs) runs.map(journalOf).forEach((own) => removeJournal(own, directory));
    reporting.written?.(files);
  });
  return exitCode === report.gate.exitCode ? report : ending(report, exitCode);
}

const ending = (report: Report, exitCode: number): Report => ({ ...report, gate: { ...report.gate, exitCode } });

async function runUnder(plan: RunPlan, directory: string, reporting: Reporting): Promise<Report> {
  const stage = await stageRun(plan, reporting.signal);
  try {
    const following = reporting.follow(plan, stage);
    try {
      return await runJournalled(stage.target, directory, {
        ...reporting,
        keepsPassing: reporting.isOneOfMany !== true,
        on: (event) => following.on(event),
      });
    } finally {
      following.stop?.();
    }
  } finally {
    await stage.close();
  }
}
