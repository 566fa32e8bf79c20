import { createColors } from "picocolors";
import { seconds } from "../../in-words.js";
import { showControlCharacters } from "../../report/control-character.js";
import type { Outcome, ReportCheck } from "../../report/model.js";

/** One check that has ended, in one line. */
export function progressLine({ id, outcome, reason, durationMs }: ReportCheck, color: boolean): string {
  const colors = createColors(color);
  const paint: Readonly<Record<Outcome, (text: string) => string>> = {
    passed: colors.green,
    failed: colors.red,
    skipped: colors.dim,
    "not-run": colors.yellow,
    error: colors.magenta,
  };
  const ran = outcome === "passed" || outcome === "failed";
  const remark = ran ? ` (${seconds(durationMs)})` : `: ${showControlCharacters(reason ?? "no reason given")}`;
  return `${paint[outcome](outcome.padEnd(8))} ${id}${colors.dim(remark)}`;
}
