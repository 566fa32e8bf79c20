import { join } from "node:path";
import type { KnownFailure } from "../../runner/known-failures.js";
import { formats as allFormats, type FormatName } from "../../report/formats.js";
import { isGreen, renderFailures } from "../../report/log.js";
import type { Report } from "../../report/model.js";
import { worstExitCode } from "../../report/matrix/matrix.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Given } from "../command.js";
import { describeDryRun, joinDryRuns } from "./dry-run.js";
import { afterJudgement } from "../after-judgement.js";
import { annotationsOf, foldInLog, tellGitHub } from "../report/github-actions.js";
import { interruptible } from "../interruption.js";
import { judgedWith, updatedKnownFailures, writeKnownFailures } from "./known-failures-file.js";
import { assertWritable } from "../output-files.js";
import { isLog, print, printAside, wantsColor } from "../print.js";
import { createProgress } from "../progress/progress.js";
import { presentReport } from "../report/report-present.js";
import { prepareReports, runReported, type Reporting } from "./run-reported.js";
import type { RunPlan } from "./run-plan.js";
import { howSpared, plansOf, withoutSecretsOf, type RunPlans } from "./run-plans.js";
import { createRunLog, type RunLog } from "../progress/run-log.js";
import { readRunRequest } from "./run-request.js";
import { tellFound } from "../request.js";
import type { Stage } from "./run-stage.js";

/** The files that were written, what runs only that again, and the list of known failures. */
const linesAfter = 3;

const farewell = "interrupted: what has finished is reported; a second time ends it at once";

/** `run`: everything that can be wrong with what was asked is found before the first request. */
export async function runCommand(given: Given): Promise<number> {
  const request = await readRunRequest(given);
  const log = createRunLog();
  tellFound(request, log);
  if (request.raw["targets"] !== undefined)
    return (await import("../targets/targets-command.js")).runTargets(request, log);
  const plans = await plansOf(request);
  const { runs, spared } = plans;
  const [first] = runs;
  if (first === undefined) {
    const ends = spared.map(howSpared);
    for (const says of new Set(ends.map((each) => each.says))) printAside(says);
    return worstExitCode(ends.map(({ exitCode }) => exitCode));
  }
  const { options } = first;
  return interruptible(options["dry-run"] ? null : farewell, (signal) =>
    withoutSecretsOf(runs, async () => {
      if (!options["dry-run"]) return check(plans, first, log, signal);
      const described = runs.map((run) => ({ name: run.plan.contract.name, dryRun: describeDryRun(run) }));
      const [only] = described;
      print(described.length === 1 && only !== undefined ? only.dryRun : joinDryRuns(described, options));
      return exitCodes.passed;
    }),
  );
}

/** @param first whose options, but for what is of a contract, are those of all. */
async function check(plans: RunPlans, first: RunPlan, log: RunLog, signal: AbortSignal): Promise<number> {
  const { runs } = plans;
  const { options } = first;
  const updates = options["update-known-failures"] ? options["known-failures"] : undefined;
  if (updates !== undefined) assertWritable("known-failures", updates);
  const formats = options.report as readonly FormatName[];
  prepareReports(options.out, formats, plans);
  const unfold = foldInLog("Checks by suite", options, log);
  let updated: readonly KnownFailure[] | null = null;
  let report: Report;
  let annotations: readonly string[] = [];
  let isWritten = false;
  try {
    report = await runReported(plans, {
      signal,
      directory: options.out,
      formats,
      follow: (run, stage) => followed(run, stage, runs.length, log),
      ...(updates !== undefined && {
        judged(found: readonly Report[]) {
          const judged = runs.flatMap(({ plan, saying }, index) => {
            const each = found[index];
            return each === undefined ? [] : [{ report: each, suites: plan.suites, saying }];
          });
          const list = updatedKnownFailures(first.listed, judged);
          updated = list;
          return judged.map((each) => judgedWith(list, each));
        },
      }),
      present(found) {
        unfold();
        annotations = annotationsOf(found, options);
        presentReport(found, options, log.roomOf(isGreen(found), annotations.length + linesAfter));
        if (options.json && !options.quiet) tellFailures(found);
      },
      written(files) {
        isWritten = true;
        if (!options.json && !options.quiet) printAside(`reports: ${files.join(", ")}`);
      },
    });
  } finally {
    unfold();
  }
  tellGitHub(report, annotations, options);
  if (isWritten) tellHowToRepeat(report, first);
  const { exitCode } = report.gate;
  if (updates === undefined || updated === null) return exitCode;
  const listed = updated;
  return afterJudgement(exitCode, () => updateKnownFailures(updates, first, listed));
}

/** Says what is begun, and shows how it goes on. */
function followed(
  { options, plan }: RunPlan,
  { resultsApi }: Stage,
  contracts: number,
  log: RunLog,
): ReturnType<Reporting["follow"]> {
  const isOneOfSeveral = contracts > 1;
  if (isOneOfSeveral && !options.quiet && !options.json && !isLog(process.stdout))
    printAside(`contract ${plan.contract.id}: ${plan.contract.name}`);
  if (resultsApi !== null && !options.quiet) {
    const seen = resultsApi.url === resultsApi.listens ? "" : `, which the receiver sees as ${resultsApi.url}`;
    log.aside(`results API: ${resultsApi.listens}${seen}`);
  }
  const progress = createProgress(options, log, isOneOfSeveral ? plan.contract.id : null);
  return { on: (event) => progress.on(event), stop: () => progress.stop() };
}

/** Nothing but the report stands on stdout; what failed is worth a line to whoever watches. */
function tellFailures(report: Report): void {
  const text = renderFailures(report, { color: wantsColor(process.stderr) });
  if (text !== "") printAside(text);
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
  if (options.quiet) return;
  const off = listed.filter((entry) => !updated.includes(entry)).map(({ check, reason }) => `${check} (${reason})`);
  printAside(`${file}: ${updated.length} known failures${off.length === 0 ? "" : `; taken off: ${off.join(", ")}`}`);
}
