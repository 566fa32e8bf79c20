import { renderJson } from "../../report/json.js";
import type { Report } from "../../report/model.js";
import { renderTerminal } from "../../report/terminal.js";
import { print, printAside, textWidth, wantsColor } from "../print.js";

/** A report on stdout, as it was asked for; where its files are, on stderr. */
export function presentReport(
  report: Report,
  files: readonly string[],
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): void {
  if (json) {
    print(renderJson(report));
    return;
  }
  const color = wantsColor(process.stdout);
  // Sections are parted by empty lines, and the last one is the verdict and the gate.
  if (quiet) {
    // What turns the gate red although no check failed.
    for (const note of report.notes.filter((each) => each.startsWith('known failure "'))) print(note);
    print(renderTerminal(report, { color, width: Infinity }).trimEnd().split("\n\n").at(-1) ?? "");
  } else {
    print(`\n${renderTerminal(report, { color, width: textWidth() })}`);
    printAside(`reports: ${files.join(", ")}`);
  }
}
