import { renderJson } from "../../report/json.js";
import type { Report } from "../../report/model.js";
import { renderQuietly, renderTerminal } from "../../report/terminal.js";
import { print, textWidth, wantsColor } from "../print.js";

/** A report on stdout, as it was asked for; where its files are, on stderr. */
export function presentReport(
  report: Report,
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): void {
  if (json) {
    print(renderJson(report));
    return;
  }
  const color = wantsColor(process.stdout);
  if (quiet) print(renderQuietly(report, { color }).trimEnd());
  else {
    print(`\n${renderTerminal(report, { color, width: textWidth() })}`);
  }
}
