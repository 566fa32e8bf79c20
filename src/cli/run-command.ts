import { join } from "node:path";
import { suites } from "../../suites/index.js";
import { isoTime } from "../clock/timestamps.js";
import { systemClock } from "../clock/system-clock.js";
import { formats, type FormatName } from "../report/formats.js";
import { renderJson } from "../report/json.js";
import type { Report } from "../report/model.js";
import { createRedactor, type Redactor } from "../report/redact.js";
import { renderTerminal } from "../report/terminal.js";
import { exitCodes } from "../runner/judge.js";
import { run } from "../runner/run.js";
import { secretsOf } from "../runner/secrets.js";
import type { Given } from "./command.js";
import { describeDryRun } from "./dry-run.js";
import { withoutSecrets } from "./failure.js";
import { interruptible } from "./interruption.js";
import { judgedWith, updatedKnownFailures, writeKnownFailures } from "./known-failures-file.js";
import { assertWritable, prepareDirectory, writeFileAtomically } from "./output-files.js";
import { harness } from "./package-facts.js";
import { print, printAside, textWidth, wantsColor } from "./print.js";
import { createProgress } from "./progress.js";
import { journalFile, openRunJournal } from "./run-journal.js";
import { readRunSettings, type RunSettings } from "./run-settings.js";
import { openRunTarget, type RunTarget } from "./run-target.js";

/** `run`: everything that can be wrong with what was asked is found before the first request. */
export async function runCommand(given: Given): Promise<number> {
  const settings = await readRunSettings(given);
  const { options } = settings;
  const farewell = "interrupted: what has finished is reported; a second time ends it at once";
  return interruptible(options["dry-run"] ? null : farewell, async (signal) => {
    const opened = await openRunTarget(settings, signal, options["dry-run"]);
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
  { target, reach, secrets, resultsApi }: RunTarget,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<number> {
  const { options, seed, nonce, selected, named } = settings;
  const updates = options["update-known-failures"] ? options["known-failures"] : undefined;
  if (updates !== undefined) assertWritable("known-failures", updates);
  const wanted = (options.report as readonly FormatName[]).map((name) => formats[name]);
  prepareDirectory("out", options.out, [...wanted.map(({ file }) => file), journalFile]);
  const journal = openRunJournal(options.out, {
    harness,
    startedAt: isoTime(systemClock.now()),
    target: redactor.redactUrl(target.url.display),
    seed: redactor.redactText(seed),
    nonce,
    checks: selected.size,
  });
  if (resultsApi !== null && !options.quiet) {
    const seen = resultsApi.url === resultsApi.listens ? "" : `, which the receiver sees as ${resultsApi.url}`;
    printAside(`results API: ${resultsApi.listens}${seen}`);
  }
  const progress = createProgress(options);
  let report: Report;
  try {
    report = await run({
      harness: { name: harness.name, version: harness.version },
      suites,
      selected,
      named,
      target,
      seed,
      nonce,
      concurrency: options.concurrency,
      maxTimeMs: settings.maxTimeMs,
      failOn: settings.failOn,
      // A list that is about to be written excuses nothing yet.
      knownFailures: updates === undefined ? settings.knownFailures : [],
      reach,
      secrets,
      notes:
        resultsApi === null
          ? []
          : [`The receiver is expected to fetch results from ${resultsApi.url}, with the token of --results-token.`],
      signal,
      on(event) {
        if (event.kind === "check-ended") journal.ended(event.check);
        progress.on(event);
      },
    });
  } finally {
    progress.stop();
    journal.close();
  }
  if (signal.aborted) report = { ...report, gate: { ...report.gate, exitCode: exitCodes.interrupted } };
  else if (updates !== undefined) report = updateKnownFailures(updates, settings, report);

  for (const format of wanted) writeFileAtomically("out", join(options.out, format.file), format.render(report));
  present(
    report,
    settings,
    wanted.map(({ file }) => join(options.out, file)),
  );
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

function present(report: Report, { options }: RunSettings, files: readonly string[]): void {
  if (options.json) {
    print(renderJson(report));
    return;
  }
  const color = wantsColor(process.stdout);
  // Sections are parted by empty lines, and the last one is the verdict and the gate.
  if (options.quiet) print(renderTerminal(report, { color, width: Infinity }).trimEnd().split("\n\n").at(-1) ?? "");
  else {
    print(`\n${renderTerminal(report, { color, width: textWidth() })}`);
    printAside(`reports: ${files.join(", ")}`);
  }
}
