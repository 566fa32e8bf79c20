import { mismatchLine } from "./mismatch-line.js";
import type { ReportCheck } from "./model.js";

/** What a check found, in one line. */
export function mismatchSummary({ mismatches }: ReportCheck): string {
  const [first, ...others] = mismatches;
  if (first === undefined) return "failed";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${mismatchLine(first)}${more}`;
}

/** Everything needed to fix it, a fact a line. */
export function detailsOf(check: ReportCheck): string {
  const lines = [check.title, ...check.mismatches.map(mismatchLine)];
  if (check.reason !== null) lines.push(check.reason);
  if (check.hint !== null) lines.push(`hint: ${check.hint}`);
  lines.push(...check.notes.map((note) => `note: ${note}`));
  if (check.clause !== null) lines.push(`clause: ${check.clause}`);
  if (check.source !== null) lines.push(`source: ${check.source}`);
  if (check.reproduce !== null) lines.push(`reproduce: ${copyableCurl(check.reproduce) ?? tooLong(check.reproduce)}`);
  return lines.join("\n");
}

/** A longer curl line is for a file, not for a page, a log or a table of test results. */
const mostBytesOfCurl = 10_000;

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** The curl line, where it is short enough to be copied out of a text; else null. */
export const copyableCurl = (curl: string): string | null => (bytesOf(curl) > mostBytesOfCurl ? null : curl);

/** What stands in the place of one that is not. */
export const tooLong = (curl: string): string => `the curl line is ${bytesOf(curl)} bytes long, see report.json`;
