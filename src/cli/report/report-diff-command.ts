import { suites } from "../../../suites/index.js";
import { jsonText } from "../../report/json-text.js";
import { UsageError } from "../../errors.js";
import { diffReports, type ReportDiff } from "../../report/diff.js";
import { renderDiffMarkdown, renderDiffTerminal } from "../../report/diff-text.js";
import { exitCodes } from "../../runner/verdict.js";
import type { Given } from "../command.js";
import { readOptions } from "../option.js";
import { print, textWidth, wantsColor } from "../print.js";
import { readOneReport } from "./report-input.js";
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
  const diff = diffReports(readOneReport(old), readOneReport(now), currentId);
  if (json) print(jsonText(diff));
  else if (markdown) print(renderDiffMarkdown(diff));
  else print(renderDiffTerminal(diff, { color: wantsColor(process.stdout), width: textWidth() }));
  return Promise.resolve(exitCodeFor[diff.outcome]);
}

/** An old report may hold a check under a name that it has had. */
function currentId(id: string): string {
  const renamed = suites.flatMap(({ checks }) => checks).find(({ aliases = [] }) => aliases.includes(id));
  return renamed?.id ?? id;
}
