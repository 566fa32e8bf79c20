import { suites } from "../../../suites/index.js";
import { jsonText } from "../../report/json-text.js";
import { UsageError } from "../../errors.js";
import { diffReports, type ReportDiff } from "../../report/diff.js";
import { renderDiffMarkdown, renderDiffTerminal } from "../../report/diff-text.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Given } from "../command.js";
import { readOptions } from "../option.js";
import { print, textWidth, wantsColor } from "../print.js";
import {
  matrixDiff,
  renderMatrixDiffMarkdown,
  renderMatrixDiffTerminal,
  type MatrixDiff,
} from "../../report/matrix/diff.js";
import type { Report } from "../../report/model.js";
import { nameOfSource, oneReportOf, readInput, type ReportInput } from "./report-input.js";
import { reportDiffOptions } from "./report-options.js";

const exitCodeFor: Readonly<Record<ReportDiff["outcome"], number>> = {
  "nothing-broke": exitCodes.passed,
  broke: exitCodes.failed,
  inconclusive: exitCodes.inconclusive,
};

/** `report diff OLD NEW` */
export async function reportDiffCommand({ arguments: [old = "", now = ""], options }: Given): Promise<number> {
  const { json, markdown } = readOptions(reportDiffOptions, options);
  if (json && markdown) {
    throw new UsageError("ERR_REPORT", "--json and --markdown: expected one of them, got both");
  }
  const [before, after] = [readInput(old), readInput(now)];
  const color = wantsColor(process.stdout);
  if (before.isMatrix && after.isMatrix) {
    const diff = diffOfMany(before, after);
    if (json) print(jsonText(diff));
    else if (markdown) print(renderMatrixDiffMarkdown(diff));
    else print(renderMatrixDiffTerminal(diff, { color, width: textWidth() }));
    return exitCodeFor[diff.outcome];
  }
  const diff = diffReports(oneReportOf(old, before), oneReportOf(now, after), currentId);
  if (json) print(jsonText(diff));
  else if (markdown) print(renderDiffMarkdown(diff));
  else print(renderDiffTerminal(diff, { color, width: textWidth() }));
  return exitCodeFor[diff.outcome];
}

/** Receivers are the same where they have the same name. */
function diffOfMany(before: ReportInput, after: ReportInput): MatrixDiff {
  const names = [...new Set([...after.sources, ...before.sources].map(nameOfSource))];
  const reportIn = ({ sources }: ReportInput, name: string): Report | null =>
    sources.find((source) => nameOfSource(source) === name)?.read() ?? null;
  const receivers: { readonly name: string; readonly diff: ReportDiff }[] = [];
  const [gone, added]: [string[], string[]] = [[], []];
  for (const name of names) {
    const [old, now] = [reportIn(before, name), reportIn(after, name)];
    if (old !== null && now !== null) receivers.push({ name, diff: diffReports(old, now, currentId) });
    else if (now === null) gone.push(name);
    else added.push(name);
  }
  return matrixDiff(receivers, gone, added);
}

/** An old report may hold a check under a name that it has had. */
function currentId(id: string): string {
  const renamed = suites.flatMap(({ checks }) => checks).find(({ aliases = [] }) => aliases.includes(id));
  return renamed?.id ?? id;
}
