import { join } from "node:path";
import { formats, type FormatName } from "../../report/formats.js";
import type { Report } from "../../report/model.js";
import { writeFileAtomically } from "../output-files.js";

/** The names of the files that these formats are written to. */
export const reportFiles = (names: readonly FormatName[]): readonly string[] => names.map((name) => formats[name].file);

/**
 * Writes a report in each of these formats.
 * @param dense as one of many, without what only makes it larger.
 * @returns the paths.
 * @throws UsageError `ERR_OUTPUT`.
 */
export async function writeReports(
  directory: string,
  names: readonly FormatName[],
  report: Report,
  dense = false,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const name of new Set(names)) {
    const path = join(directory, formats[name].file);
    const render = await formats[name].load();
    writeFileAtomically("out", path, render(report, { dense }));
    paths.push(path);
  }
  return paths;
}
