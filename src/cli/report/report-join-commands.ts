import { realpathSync } from "node:fs";
import type { FormatName } from "../../report/formats.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Given } from "../command.js";
import { afterJudgement } from "../after-judgement.js";
import { readOptions } from "../option.js";
import { printAside } from "../print.js";
import { presentReport } from "./report-present.js";
import { readInput } from "./report-input.js";
import { joinReports } from "./report-join.js";
import { reportConvertOptions, reportMergeOptions } from "./report-options.js";
import { presentMatrix } from "./matrix-present.js";

/** `report merge FILES`: ends with the gate of what it has joined, as the run of all of it would have. */
export async function reportMergeCommand({ arguments: paths, options }: Given): Promise<number> {
  const given = readOptions(reportMergeOptions, options);
  const inputs = distinctFiles(paths).map(readInput);
  const joined = await joinReports(inputs, given.out, given.report as readonly FormatName[], true);
  if (joined.kind === "report") presentReport(joined.report, given);
  else presentMatrix(joined.matrix, given);
  const { exitCode } = (joined.kind === "report" ? joined.report : joined.matrix).gate;
  return afterJudgement(exitCode, async () => {
    const files = await joined.write();
    const what = joined.kind === "report" ? "reports" : "matrix";
    if (!given.json && !given.quiet) printAside(`${what}: ${files.join(", ")}`);
  });
}

/** `report convert FILE` */
export async function reportConvertCommand({ argument = "", options }: Given): Promise<number> {
  const { out, report } = readOptions(reportConvertOptions, options);
  const joined = await joinReports([readInput(argument)], out, report as readonly FormatName[]);
  printAside(`written: ${(await joined.write()).join(", ")}`);
  return exitCodes.passed;
}

/** A report that is named twice, as by two globs, counts once. */
function distinctFiles(paths: readonly string[]): readonly string[] {
  const seen = new Map(paths.map((path) => [realPath(path), path] as const));
  return [...seen.values()];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It cannot be read either, which is told where it is.
    return path;
  }
}
