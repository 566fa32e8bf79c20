import { renderJson } from "../../report/json.js";
import { isGreen, mostLines, renderLog } from "../../report/log.js";
import type { Report } from "../../report/model.js";
import { renderQuietly, renderTerminal } from "../../report/terminal.js";
import { isLog, print, textWidth, wantsColor } from "../print.js";

interface Wanted {
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * A report on stdout, as it was asked for: whole on a terminal, short in a log.
 * @param lines of a log that are left for it.
 */
export function presentReport(
  report: Report,
  { json, quiet }: Wanted,
  lines: number = isGreen(report) ? mostLines.green : mostLines.other,
): void {
  const color = wantsColor(process.stdout);
  if (json) print(renderJson(report));
  else if (quiet) print(renderQuietly(report, { color }).trimEnd());
  else if (isLog(process.stdout)) print(renderLog(report, { color, lines }));
  else print(`\n${renderTerminal(report, { color, width: textWidth() })}`);
}
