import { join } from "node:path";
import { counted, listed } from "../../in-words.js";
import { UsageError } from "../../errors.js";
import type { FormatName } from "../../report/formats.js";
import type { MatrixBuilder, MatrixTarget } from "../../report/matrix/matrix.js";
import type { Report } from "../../report/model.js";
import { prepareDirectory } from "../output-files.js";
import { writeReports } from "../report/report-files.js";
import { namedBy, nameOfSource, readInput } from "../report/report-input.js";
import type { RunPlans } from "../run/run-plans.js";
import { linksTo } from "../report/matrix-files.js";

/** The earlier run over many receivers that `--only-failed` names; a receiver is the one of its name. */
export interface EarlierRun {
  readonly file: string;
  /** Null where there is none of that name. Read anew each time, so that many do not fill the memory. */
  reportOf(name: string): Report | null;
}

/**
 * @param file a matrix, or a directory with the reports of many receivers.
 * @param names of the receivers that are to be run.
 * @throws UsageError `ERR_REPORT`, or `ERR_ONLY_FAILED` where it is of none of them.
 */
export function readEarlierRun(file: string, names: readonly string[]): EarlierRun {
  const { sources } = namedBy("--only-failed", () => readInput(file));
  const there = sources.map(nameOfSource);
  if (!names.some((name) => there.includes(name))) {
    const expected = `expected the matrix.json of a run over these receivers, or a directory with their reports`;
    throw unusable(file, `${expected}, got only ${[...new Set(there)].slice(0, 5).join(", ") || "an empty one"}`);
  }
  return {
    file,
    reportOf(name) {
      const own = sources.filter((source) => nameOfSource(source) === name);
      if (own.length < 2) return namedBy("--only-failed", () => own[0]?.read() ?? null);
      throw unusable(
        file,
        `expected one report of each receiver, got ${own.length} of ${name}; report merge joins them`,
      );
    },
  };
}

/** Nothing failed there, and nothing was left to run. */
export const isLeftAsItWas = ({ runs }: RunPlans): boolean => runs.length === 0;

/** Has the earlier report of such a receiver beside those of the others. @throws UsageError `ERR_OUTPUT`. */
export async function keepReport(
  name: string,
  earlier: EarlierRun,
  { directory, formats, matrix }: KeptIn,
): Promise<MatrixTarget> {
  const report = earlier.reportOf(name);
  if (report === null) throw unusable(earlier.file, `expected the report of ${name}, which was there a moment ago`);
  const own = join(directory, name);
  // Nothing is taken out of it: it may be where the report was read.
  prepareDirectory("out", own, []);
  await writeReports(own, formats, report, true);
  return matrix.add(report, { name, files: linksTo(name, formats) });
}

interface KeptIn {
  readonly directory: string;
  readonly formats: readonly FormatName[];
  readonly matrix: MatrixBuilder;
}

/** Which receivers were run whole, in part or not at all. */
export function againNotes(
  targets: readonly { readonly name: string; readonly plans: RunPlans }[],
  { file }: EarlierRun,
): readonly string[] {
  const of = (is: (plans: RunPlans) => boolean): readonly string[] =>
    targets.filter(({ plans }) => is(plans)).map(({ name }) => name);
  const kept = of(isLeftAsItWas);
  const whole = of(({ runs, spared }) => [...runs, ...spared].every(({ again }) => again === null));
  const part = targets.length - kept.length - whole.length;
  const again = `What failed or was not run in ${file} was run again, of ${counted(part, "receiver")}; what passed there was not looked at.`;
  return [
    ...(part === 0 ? [] : [again]),
    ...(kept.length === 0
      ? []
      : [`Nothing was left to run of ${counted(kept.length, "receiver")}, which stand here as in ${file}.`]),
    ...(whole.length === 0 ? [] : [`There is no report of ${listedNames(whole)} in ${file}, so all of it was run.`]),
  ];
}

const mostNames = 5;

function listedNames(names: readonly string[]): string {
  const more = names.length > mostNames ? [`${names.length - mostNames} more`] : [];
  return listed([...names.slice(0, mostNames), ...more]);
}

const unusable = (file: string, what: string): UsageError =>
  new UsageError("ERR_ONLY_FAILED", `--only-failed ${file}: ${what}`);
