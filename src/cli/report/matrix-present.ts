import { createColors } from "picocolors";
import { jsonText } from "../../report/json-text.js";
import { showControlCharacters } from "../../report/control-character.js";
import { mostLines } from "../../report/log.js";
import { isGreenMatrix, renderMatrixLog } from "../../report/matrix/log.js";
import type { Matrix, MatrixTarget } from "../../report/matrix/matrix.js";
import { renderMatrixMarkdown } from "../../report/matrix/markdown.js";
import { renderMatrixQuietly, renderMatrixTerminal } from "../../report/matrix/terminal.js";
import { addToSummary } from "./github-actions.js";
import { isLog, print, textWidth, wantsColor } from "../print.js";
import { seconds } from "../../in-words.js";

/** One receiver that is done with, in one line. */
export function targetLine({ name, gate, verdict, durationMs, remark }: MatrixTarget): string {
  const colors = createColors(wantsColor(process.stderr));
  const paint = { passed: colors.green, failed: colors.red, inconclusive: colors.yellow }[gate.outcome];
  const why = remark === null ? "" : `: ${showControlCharacters(remark)}`;
  return `${paint(verdict.padEnd(14))} ${name}${colors.dim(` (${seconds(durationMs)})${why}`)}`;
}

/**
 * The matrix on stdout, as it was asked for: whole on a terminal, short in a log.
 * @param lines of a log that are left for it.
 */
export function presentMatrix(
  matrix: Matrix,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
  lines: number = isGreenMatrix(matrix) ? mostLines.green : mostLines.other,
): void {
  if (json) {
    print(jsonText(matrix));
    return;
  }
  const color = wantsColor(process.stdout);
  if (quiet) print(renderMatrixQuietly(matrix, { color }));
  else if (isLog(process.stdout)) print(renderMatrixLog(matrix, { color, lines }));
  else print(`\n${renderMatrixTerminal(matrix, { color, width: textWidth() })}`);
}

/** Adds it to the summary of the step where this is a job of GitHub Actions; from there no link leads to a file. */
export function addMatrixToSummary(matrix: Matrix): void {
  if (process.env["GITHUB_ACTIONS"] !== "true") return;
  const targets = matrix.targets.map((target) => ({ ...target, files: {} }));
  addToSummary((maxBytes) => renderMatrixMarkdown({ ...matrix, targets }, { maxBytes }));
}
