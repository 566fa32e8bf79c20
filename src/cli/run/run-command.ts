import { join } from "node:path";
import { suites } from "../../../suites/index.js";
import type { FormatName } from "../../report/formats.js";
import type { Report } from "../../report/model.js";
import { createRedactor, type Redactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/judge.js";
import { secretsOf } from "../../runner/secrets.js";
import type { Given } from "../command.js";
import { describeDryRun } from "./dry-run.js";
import { withoutSecrets } from "../failure.js";
import { stopCommands, tellGitHub } from "./github-actions.js";
import { interruptible } from "../interruption.js";
import { judgedWith, updatedKnownFailures, writeKnownFailures } from "./known-failures-file.js";
import { assertWritable } from "../output-files.js";
import { print, printAside } from "../print.js";
import { createProgress } from "../progress/progress.js";
import { reportFiles } from "../report/report-files.js";
import { presentReport } from "../report/report-present.js";
import { prepareReports, runReported } from "./run-reported.js";
import { readRunRequest, runSettings, type RunSettings } from "./run-settings.js";
import { openRunTarget, type RunTarget } from "./run-target.js";

const farewell = "interrupted: what has finished is reported; a second time ends it at once";

/** `run`: everything that can be wrong with what was asked is found before the first request. */
export async function runCommand(given: Given): Promise<number> {
  const request = await readRunRequest(given);
  if (request.raw["targets"] !== undefined) return (await import("../targets/targets-command.js")).runTargets(request);
  const settings = await runSettings(request);
  const { options } = settings;
  return interruptible(options["dry-run"] ? null : farewell, async (signal) => {
    const opened = await openRunTarget(settings, signal, { plan: options["dry-run"] });
    const redactor = createRedactor(secretsOf(opened.target, opened.secrets));
    try {
      return await withoutSecrets(redactor, async () => {
        if (!options["dry-run"]) return check(settings, opened, redactor, signal);
        print(describeDryRun(settings, opened, redactor));
        return exitCodes.passed;
      });
    } finally {
      await opened.close();
    }
  });
}

async function check(
  settings: RunSettings,
  opened: RunTarget,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<number> {
  const { options } = settings;
  const { resultsApi } = opened;
  const updates = options["update-known-failures"] ? options["known-failures"] : undefined;
  if (updates !== undefined) assertWritable("known-failures", updates);
  const formats = options.report as readonly FormatName[];
  prepareReports(options.out, formats);
  if (resultsApi !== null && !options.quiet) {
    const seen = resultsApi.url === resultsApi.listens ? "" : `, which the receiver sees as ${resultsApi.url}`;
    printAside(`results API: ${resultsApi.listens}${seen}`);
  }
  const startCommands = stopCommands(options);
  const progress = createProgress(options);
  let report: Report;
  try {
    report = await runReported({
      settings,
      opened,
      redactor,
      signal,
      directory: options.out,
      formats,
      on: (event) => progress.on(event),
      ...(updates !== undefined && {
        judged(found: Report) {
          progress.stop();
          return updateKnownFailures(updates, settings, found);
        },
      }),
    });
    progress.stop();
    const files = reportFiles(formats).map((file) => join(options.out, file));
    presentReport(report, files, options);
  } finally {
    progress.stop();
    startCommands();
  }
  tellGitHub(report, options);
  return report.gate.exitCode;
}

/** Writes the list, and judges the run by it. */
function updateKnownFailures(file: string, { knownFailures, options }: RunSettings, report: Report): Report {
  const updated = updatedKnownFailures(knownFailures, report, suites);
  writeKnownFailures(file, updated);
  if (!options.quiet) {
    printAside(`${file}: ${updated.length} known failures`);
    for (const { check, reason } of knownFailures.filter((entry) => !updated.includes(entry))) {
      printAside(`  taken off: ${check} (${reason})`);
    }
  }
  return judgedWith(updated, report, suites);
}
