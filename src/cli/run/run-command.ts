import { join } from "node:path";
import type { KnownFailure } from "../../runner/known-failures.js";
import { formats as allFormats, type FormatName } from "../../report/formats.js";
import type { Report } from "../../report/model.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Given } from "../command.js";
import { describeDryRun } from "./dry-run.js";
import { afterJudgement } from "../after-judgement.js";
import { withoutSecrets } from "../failure.js";
import { foldInLog, muteWorkflowCommands, tellGitHub } from "./github-actions.js";
import { interruptible } from "../interruption.js";
import { judgedWith, updatedKnownFailures, writeKnownFailures } from "./known-failures-file.js";
import { assertWritable } from "../output-files.js";
import { print, printAside } from "../print.js";
import { createProgress } from "../progress/progress.js";
import { presentReport } from "../report/report-present.js";
import { prepareReports, runReported } from "./run-reported.js";
import { planOf, type RunPlan } from "./run-plan.js";
import type { RawValues } from "../option.js";
import { readRunRequest } from "./run-request.js";
import { tellFound } from "../request.js";
import { stageRun, type Stage } from "./run-stage.js";

const farewell = "interrupted: what has finished is reported; a second time ends it at once";

/** `run`: everything that can be wrong with what was asked is found before the first request. */
export async function runCommand(given: Given): Promise<number> {
  const request = await readRunRequest(given);
  tellFound(request);
  if (request.raw["targets"] !== undefined) return (await import("../targets/targets-command.js")).runTargets(request);
  if (isOfSeveral(request.raw)) return (await import("./run-contracts.js")).runContracts(request);
  const run = await planOf(request);
  const { options, plan, again } = run;
  if (again?.ids.size === 0) {
    const { says, exitCode } = (await import("./only-failed.js")).nothingAgain(again);
    printAside(says);
    return exitCode;
  }
  return interruptible(options["dry-run"] ? null : farewell, (signal) =>
    withoutSecrets(plan.redactor, async () => {
      if (!options["dry-run"]) return check(run, signal);
      print(describeDryRun(run));
      return exitCodes.passed;
    }),
  );
}

const isOfSeveral = ({ contracts }: RawValues): boolean => contracts !== undefined;

async function check(run: RunPlan, signal: AbortSignal): Promise<number> {
  const stage = await stageRun(run, signal);
  try {
    return await checkOn(stage, run, signal);
  } finally {
    await stage.close();
  }
}

async function checkOn({ target, resultsApi }: Stage, run: RunPlan, signal: AbortSignal): Promise<number> {
  const { options } = run;
  const updates = options["update-known-failures"] ? options["known-failures"] : undefined;
  if (updates !== undefined) assertWritable("known-failures", updates);
  const formats = options.report as readonly FormatName[];
  prepareReports(options.out, formats);
  if (resultsApi !== null && !options.quiet) {
    const seen = resultsApi.url === resultsApi.listens ? "" : `, which the receiver sees as ${resultsApi.url}`;
    printAside(`results API: ${resultsApi.listens}${seen}`);
  }
  const unfold = foldInLog("Checks by suite", options);
  let unmute = muteWorkflowCommands(options);
  const progress = createProgress(options);
  let updated: readonly KnownFailure[] | null = null;
  let report: Report;
  let isWritten = false;
  try {
    report = await runReported(target, {
      signal,
      directory: options.out,
      formats,
      on: (event) => progress.on(event),
      ...(updates !== undefined && {
        judged(found: Report) {
          updated = updatedKnownFailures(run.listed, found, run.plan.suites);
          return judgedWith(updated, found, run.plan.suites);
        },
      }),
      present(found) {
        progress.stop();
        unmute();
        unfold();
        unmute = muteWorkflowCommands(options);
        presentReport(found, options, true);
      },
      written(files) {
        isWritten = true;
        if (!options.json && !options.quiet) printAside(`reports: ${files.join(", ")}`);
      },
    });
  } finally {
    progress.stop();
    unmute();
    unfold();
  }
  tellGitHub(report, options);
  if (isWritten) tellHowToRepeat(report, run);
  const { exitCode } = report.gate;
  if (updates === undefined || updated === null) return exitCode;
  const listed = updated;
  return afterJudgement(exitCode, () => updateKnownFailures(updates, run, listed));
}

/** After a red run: what runs only that again. */
function tellHowToRepeat(report: Report, { options, line }: RunPlan): void {
  const { outcome } = report.gate;
  const isLeft = report.checks.some((check) => ["failed", "not-run", "error"].includes(check.outcome));
  const isThere = options.report.includes("json");
  if (outcome === "passed" || !isLeft || !isThere || options.json || options.quiet) return;
  printAside(`only that again: ${line({ seed: undefined, "only-failed": join(options.out, allFormats.json.file) })}`);
}

function updateKnownFailures(file: string, { listed, options }: RunPlan, updated: readonly KnownFailure[]): void {
  writeKnownFailures(file, updated);
  if (!options.quiet) {
    printAside(`${file}: ${updated.length} known failures`);
    for (const { check, reason } of listed.filter((entry) => !updated.includes(entry))) {
      printAside(`  taken off: ${check} (${reason})`);
    }
  }
}
