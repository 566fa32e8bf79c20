import { renderJson } from "../../report/json.js";
import { renderLog } from "../../report/log.js";
import type { Report } from "../../report/model.js";
import { renderQuietly, renderTerminal } from "../../report/terminal.js";
import { isLog, print, textWidth, wantsColor } from "../print.js";

interface Wanted {
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * A report on stdout, as it was asked for: whole on a terminal, short in a log.
 * @param wereTold the failures, as they came.
 */
export function presentReport(report: Report, { json, quiet }: Wanted, wereTold = false): void {
  const color = wantsColor(process.stdout);
  if (json) print(renderJson(report));
  else if (quiet) print(renderQuietly(report, { color }).trimEnd());
  else if (isLog(process.stdout)) print(renderLog(report, { color, failures: !wereTold }));
  else print(`\n${renderTerminal(report, { color, width: textWidth() })}`);
}
