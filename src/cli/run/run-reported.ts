import { suites } from "../../../suites/index.js";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import type { FormatName } from "../../report/formats.js";
import type { Report } from "../../report/model.js";
import type { Redactor } from "../../report/redact.js";
import { exitCodes } from "../../runner/judge.js";
import { run, type RunEvent } from "../../runner/run.js";
import { prepareDirectory } from "../output-files.js";
import { harness } from "../package-facts.js";
import { reportOutline } from "../report/report-outline.js";
import { reportFiles, writeReports } from "../report/report-files.js";
import { journalFile, openJournal, type RunJournalLine } from "./run-journal.js";
import type { RunSettings } from "./run-settings.js";
import type { RunTarget } from "./run-target.js";

/** Makes the directory of a run ready. @throws UsageError `ERR_OUTPUT`. */
export function prepareReports(directory: string, formats: readonly FormatName[]): void {
  prepareDirectory("out", directory, [...reportFiles(formats), journalFile]);
}

export interface ReportedRun {
  readonly settings: RunSettings;
  readonly opened: RunTarget;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  /** Made ready with `prepareReports`. */
  readonly directory: string;
  readonly formats: readonly FormatName[];
  on(event: RunEvent): void;
  /** Has the last word on the report before it is written; not asked where the run was interrupted. */
  judged?(report: Report): Report;
}

/** Runs the checks against one receiver: each outcome goes to the journal as it comes, the report into its files. */
export async function runReported(options: ReportedRun): Promise<Report> {
  const { settings, opened, redactor, signal, directory } = options;
  const { seed, nonce, selected } = settings;
  const { target } = opened;
  const notes = notesOf(settings, opened);
  const startedAtMs = systemClock.now();
  const startedAt = isoTime(startedAtMs);
  const outline = reportOutline(settings, opened, notes, startedAt, redactor);
  const journal = openJournal<RunJournalLine>(directory, {
    kind: "run",
    startedAt,
    target: outline.target.url,
    seed: outline.seed,
    nonce: outline.nonce,
    checks: selected.size,
    outline,
  });
  let report: Report;
  try {
    report = await run({
      harness: { name: harness.name, version: harness.version },
      suites,
      selected,
      named: settings.named,
      target,
      seed,
      nonce,
      concurrency: settings.options.concurrency,
      maxTimeMs: settings.maxTimeMs,
      failOn: settings.failOn,
      // A list that is about to be written excuses nothing yet.
      knownFailures: settings.options["update-known-failures"] ? [] : settings.knownFailures,
      reach: opened.reach,
      secrets: opened.secrets,
      notes,
      signal,
      on(event) {
        if (event.kind === "check-ended") {
          journal.write({ kind: "check", elapsedMs: Math.round(systemClock.now() - startedAtMs), ...event.check });
        }
        options.on(event);
      },
    });
  } finally {
    journal.close();
  }
  const finished = signal.aborted
    ? { ...report, gate: { ...report.gate, exitCode: exitCodes.interrupted } }
    : (options.judged?.(report) ?? report);
  await writeReports(directory, options.formats, finished);
  return finished;
}

/** Sentences on how the run was set up. */
function notesOf({ callback, shard, selected }: RunSettings, { target, resultsApi }: RunTarget): readonly string[] {
  return [
    ...(shard === null ? [] : [shardNote(shard, selected.size)]),
    ...(callback?.notes(target.sender) ?? []),
    ...(resultsApi === null
      ? []
      : [`The receiver is expected to fetch results from ${resultsApi.url}, with the token of --results-token.`]),
  ];
}

function shardNote({ index, of }: NonNullable<RunSettings["shard"]>, checks: number): string {
  if (checks === 0)
    return `Shard ${index} of ${of} has no check to run, so nothing was sent; the others have them all.`;
  return `Shard ${index} of ${of}: ${checks} ${checks === 1 ? "check is" : "checks are"} its part of what was selected.`;
}
