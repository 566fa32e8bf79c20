import { join } from "node:path";
import { systemClock } from "../../clock/system-clock.js";
import { isoTime } from "../../clock/timestamps.js";
import { UsageError } from "../../errors.js";
import type { FormatName } from "../../report/formats.js";
import { matrixBuilder, worstExitCode, type MatrixTarget } from "../../report/matrix/matrix.js";
import { isGreenMatrix } from "../../report/matrix/log.js";
import type { Verdict } from "../../report/model.js";
import { shardNote } from "../../report/shards.js";
import { exitCodes } from "../../runner/verdict.js";
import { afterJudgement } from "../after-judgement.js";
import { Interrupted } from "../failure.js";
import { joinDryRuns } from "../run/dry-run.js";
import { interruptible } from "../interruption.js";
import { readOptions } from "../option.js";
import { harness } from "../../package-facts.js";
import { isLog, print, printAside } from "../print.js";
import { breakSilence } from "../progress/silence.js";
import { openJournal, removeJournal } from "../report/journal.js";
import { runOptions, type RunValues } from "../run/run-options.js";
import type { RunLog } from "../progress/run-log.js";
import { prepareReports } from "../run/run-reported.js";
import type { RunRequest } from "../run/run-request.js";
import { parseShard, shareOf, type Shard } from "../run/shard.js";
import { againNotes, isLeftAsItWas, keepReport, type EarlierRun } from "./targets-again.js";
import { prepareMatrix, formatsOfEach, writeMatrix, type TargetsJournalLine } from "../report/matrix-files.js";
import { planTargets, type PlannedTarget, type PlannedTargets } from "./targets-plan.js";
import { addMatrixToSummary, presentMatrix, targetLine } from "../report/matrix-present.js";
import { runMany } from "./targets-run.js";

/** The files that were written, and what runs only that again. */
const linesAfter = 2;

const farewell = "interrupted: what has finished is reported; a second time ends it at once";

/** `run --targets`: everything that can be wrong with one of the receivers is found before the first request. */
export async function runTargets({ url, raw, asked }: RunRequest, log: RunLog): Promise<number> {
  const options = readOptions(runOptions, raw);
  if (url !== null) throw unusable("expected no callback URL beside it, got one");
  if (options["update-known-failures"]) throw unusable("expected no --update-known-failures beside it, got it");
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  const { targets: _file, shard: _shard, ...base } = raw;
  return interruptible(options["dry-run"] ? null : farewell, async (signal) => {
    const share = <T>(entries: readonly T[]): readonly T[] => (shard === null ? entries : shareOf(entries, shard));
    const planned = await planTargets(options.targets ?? "", base, asked, share, signal);
    if (signal.aborted) throw new Interrupted();
    if (
      planned.earlier !== null &&
      planned.targets.length > 0 &&
      planned.targets.every(({ plans }) => isLeftAsItWas(plans))
    )
      return nothingLeft(planned.targets, planned.earlier);
    if (!options["dry-run"]) return check(planned, options, shard, log, signal);
    print(
      joinDryRuns(
        planned.targets.flatMap(({ dryRuns }) => dryRuns),
        options,
      ),
    );
    return exitCodes.passed;
  });
}

/** @returns the exit code that the worst of them had there. */
function nothingLeft(targets: readonly PlannedTarget[], { file }: EarlierRun): number {
  const codes = targets.flatMap(({ plans }) =>
    plans.spared.map(({ again }) => again?.gate.exitCode ?? exitCodes.passed),
  );
  const code = worstExitCode(codes);
  const stays = code === exitCodes.passed ? "" : `; exit code ${code} of that run has another reason, and stays so`;
  printAside(`nothing failed in ${file}, and nothing was left to run: nothing was sent${stays}`);
  return code;
}

async function check(
  { targets, names: all, earlier }: PlannedTargets,
  options: RunValues,
  shard: Shard | null,
  log: RunLog,
  signal: AbortSignal,
): Promise<number> {
  const formats = formatsOfEach(options.report as readonly FormatName[]);
  prepareMatrix(options.out);
  const toRun = targets.filter(({ plans }) => !isLeftAsItWas(plans));
  for (const { name, plans } of toRun) prepareReports(join(options.out, name), formats, plans);
  const startedAtMs = systemClock.now();
  const facts = {
    harness,
    startedAt: isoTime(startedAtMs),
    notes: [
      ...(shard === null ? [] : [shareNote(shard, targets.length)]),
      ...(earlier === null ? [] : againNotes(targets, earlier)),
    ],
    ...(shard !== null && { expected: all }),
  };
  const matrix = matrixBuilder();
  const journal = openJournal<TargetsJournalLine>(options.out, {
    kind: "targets",
    ...facts,
    targets: targets.map(({ name, url }) => ({ name, url })),
  });
  const telling = tell(targets.length, log, options.quiet);
  const ended = (target: MatrixTarget): void => {
    journal.write({ kind: "target", ...target });
    telling.ended(target);
  };
  try {
    for (const target of targets.filter(({ plans }) => isLeftAsItWas(plans))) {
      if (earlier !== null) ended(await keepReport(target.name, earlier, { directory: options.out, formats, matrix }));
    }
    await runMany({
      targets: toRun,
      atOnce: options["targets-at-once"],
      directory: options.out,
      formats,
      signal,
      matrix,
      ended,
    });
    const names = targets.map(({ name }) => name);
    const built = matrix.build({ ...facts, durationMs: Math.round(systemClock.now() - startedAtMs) }, names);
    const exitCode = signal.aborted ? exitCodes.interrupted : built.gate.exitCode;
    const finished = { ...built, gate: { ...built.gate, exitCode } };
    telling.stop();
    presentMatrix(finished, options, log.roomOf(isGreenMatrix(finished), linesAfter));
    const written = await afterJudgement(exitCode, async () => {
      const files = await writeMatrix(options.out, finished);
      removeJournal(options.out, options.out);
      if (!options.json && !options.quiet) printAside(`matrix: ${files.join(", ")}`);
    });
    if (options.github !== "off") addMatrixToSummary(finished);
    if (finished.gate.outcome !== "passed") tellHowToRepeat(targets, options);
    return written;
  } finally {
    journal.close();
    telling.stop();
  }
}

/** After a red run: what runs only that again. */
function tellHowToRepeat(targets: readonly PlannedTarget[], { json, quiet, out }: RunValues): void {
  const [first] = targets.flatMap(({ plans }) => plans.runs);
  if (first === undefined || json || quiet) return;
  printAside(`only that again: ${first.line({ seed: undefined, "only-failed": out })}`);
}

/** Of more receivers a log has no line each: those that do not pass stand below, and how far it is now and then. */
const mostToldEach = 12;

/** Says how each receiver ends, as it comes. */
function tell(all: number, log: RunLog, quiet: boolean): { ended(target: MatrixTarget): void; stop(): void } {
  const ended = new Map<Verdict, number>();
  const count = (): number => [...ended.values()].reduce((sum, each) => sum + each, 0);
  const isShort = isLog(process.stdout) && all > mostToldEach;
  const stop =
    quiet || !isLog(process.stdout)
      ? () => {}
      : breakSilence(systemClock, (isNeeded) => {
          if (!isNeeded && log.room() <= 0) return;
          const verdicts = [...ended].map(([verdict, number]) => `${number} ${verdict}`);
          log.aside([`${count()} of ${all} receivers ended`, ...verdicts].join(", "));
        });
  return {
    ended(target) {
      ended.set(target.verdict, (ended.get(target.verdict) ?? 0) + 1);
      if (!quiet && !isShort) log.aside(`${`[${count()}/${all}]`.padEnd(11)} ${targetLine(target)}`);
    },
    stop,
  };
}

function shareNote(shard: Shard, receivers: number): string {
  if (receivers === 0) return shardNote(shard, " has no receiver to check, so nothing was sent.");
  return shardNote(shard, `: ${receivers} ${receivers === 1 ? "receiver is" : "receivers are"} its part.`);
}

const unusable = (what: string): UsageError => new UsageError("ERR_TARGETS", `--targets: ${what}`);
