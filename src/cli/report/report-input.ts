import { existsSync, readdirSync, type Dirent } from "node:fs";
import { isDirectory, isFile } from "../../input/path-kind.js";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../../errors.js";
import { documentOf } from "../../input/document.js";
import { readText, reasonOf } from "../../input/text-file.js";
import { unknownUrl, type Matrix, type MatrixTarget } from "../../report/matrix/matrix.js";
import type { Report } from "../../report/model.js";
import { exitCodes } from "../../runner/verdict.js";
import { journalLines, kindOfLine, partialMatrix, partialReport } from "./report-journal.js";
import { assertMatrix, assertReport } from "./report-schema.js";
import { journalFile } from "./journal.js";
import { matrixFiles } from "./matrix-files.js";

/** Where one report of one receiver is to be had. It is read when it is needed, so that many do not fill the memory. */
export interface ReportSource {
  /** What the receiver is called where a matrix tells it, else null. */
  readonly name: string | null;
  /** What it may be called otherwise, from the path. */
  readonly label: string;
  readonly url: string;
  /** Null where the receiver was not run, or no report of it is there. */
  read(): Report | null;
  /** Why it was not, where it was not. */
  readonly unrun: { readonly reason: string; readonly exitCode: number };
}

export interface ReportInput {
  /** It holds many receivers, one or none among them. */
  readonly isMatrix: boolean;
  readonly sources: readonly ReportSource[];
  /** Names of the receivers that there should be, where it is a part of a run over many. */
  readonly expected: readonly string[];
  /** Of the run over many receivers that it is, or a part of. */
  readonly notes: readonly string[];
}

const reportFile = "report.json";
const kind = {
  code: "ERR_REPORT",
  expected: `a report (${reportFile}), a matrix (${matrixFiles.json}), a ${journalFile} or a directory with such`,
};

/**
 * Finds the reports behind a path: a report, the journal of a run that was killed, the same of a run over many
 * receivers, or a directory of such. What it is, is told by what is in it.
 * @throws UsageError `ERR_REPORT` that names the file and what is wrong with it.
 */
export function readInput(path: string): ReportInput {
  if (isDirectory(path)) return readDirectory(path);
  const read = readFile(path);
  if (read.kind === "matrix") return readMatrix(path, read.targets);
  const { report } = read;
  // A pipe can be read only once.
  const again = isFile(path) ? () => readReport(path) : () => report;
  return {
    isMatrix: false,
    expected: [],
    notes: [],
    sources: [{ name: null, label: labelOf(path), url: report.target.url, read: again, unrun: endedEarly }],
  };
}

type FileRead =
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "matrix"; readonly targets: ListedTargets };

/** What it is, is told by what is in it. @throws UsageError */
function readFile(path: string): FileRead {
  const title = `report ${path}`;
  const text = readText(title, path);
  const journal = journalLines(text);
  switch (kindOfLine(journal?.lines[0])) {
    case "targets":
      return { kind: "matrix", targets: outOfJournal(path, () => targetsInJournal(text)) };
    case "run":
      return { kind: "report", report: outOfJournal(path, () => reportIn(partialReport(journal ?? noLines))) };
    default: {
      const document = documentOf(kind, title, path, text);
      const { value } = document;
      const isMatrix = typeof value === "object" && value !== null && "targets" in value;
      return isMatrix
        ? { kind: "matrix", targets: targetsOf(assertMatrix(document)) }
        : { kind: "report", report: assertReport(document) };
    }
  }
}

/** What the receiver of a report is called. */
export const nameOfSource = ({ name, label }: ReportSource): string => name ?? label;

/** What an option names, whose complaints are about that. @throws UsageError */
export function namedBy<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.code, error.message.replace(/^report/, option), { cause: error });
  }
}

/** The one report of what was read at a path. @throws UsageError `ERR_REPORT`, also where there are several. */
export function oneReportOf(path: string, { isMatrix: many, sources }: ReportInput): Report {
  const [source] = sources;
  const report = source?.read();
  if (many || sources.length > 1) throw unusable(path, "it holds several; name the report of one receiver");
  if (report === null || report === undefined) throw unusable(path, "there is none");
  return report;
}

const endedEarly = { reason: "the run was ended before its turn", exitCode: exitCodes.inconclusive };

function readDirectory(directory: string): ReportInput {
  for (const file of [matrixFiles.json, journalFile, reportFile]) {
    const path = join(directory, file);
    // A journal lies beside the report of a run that has ended; the report knows more.
    const isOutdone = file === journalFile && existsSync(join(directory, reportFile));
    if (existsSync(path) && !isOutdone) return readInput(path);
  }
  const inputs = entriesOf(directory)
    .filter((entry) => entry.isDirectory() && holdsReports(join(directory, entry.name)))
    .map(({ name }) => name)
    .sort()
    .map((name) => readDirectory(join(directory, name)));
  if (inputs.length === 0) throw unusable(directory, "there is nothing of that kind in it");
  return {
    isMatrix: inputs.some((input) => input.isMatrix),
    sources: inputs.flatMap(({ sources }) => sources),
    expected: inputs.flatMap((input) => input.expected),
    notes: inputs.flatMap(({ notes }) => notes),
  };
}

function holdsReports(directory: string): boolean {
  return entriesOf(directory).some((entry) =>
    entry.isDirectory()
      ? holdsReports(join(directory, entry.name))
      : [matrixFiles.json, journalFile, reportFile].includes(entry.name),
  );
}

function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw unusable(directory, reasonOf(error));
  }
}

/** The reports of receivers lie beside the file that lists them, each in a directory of the receiver's name. */
function readMatrix(path: string, { targets, expected: all = [], notes }: ListedTargets): ReportInput {
  const directory = dirname(path);
  const sources = targets.map(({ name, url, unrun }): ReportSource => {
    const files = [join(directory, name, reportFile), join(directory, name, journalFile)];
    const found = files.find((file) => existsSync(file));
    return { name, label: name, url, read: () => (found === undefined ? null : readReport(found)), unrun };
  });
  return { isMatrix: true, sources, expected: all, notes };
}

interface ListedTargets extends Pick<Matrix, "notes" | "expected"> {
  readonly targets: readonly (Pick<ReportSource, "url" | "unrun"> & { readonly name: string })[];
}

function targetsOf({ notes, expected: all, targets: listed }: Matrix): ListedTargets {
  const targets = listed
    .filter(({ url }) => url !== unknownUrl)
    .map(({ name, url, remark, gate, files }) => ({ name, url, unrun: whyUnrun({ remark, gate, files }) }));
  return { targets, notes, ...(all && { expected: all }) };
}

/** Why there is no report of a receiver; one that was judged, and whose report has gone, is not judged any more. */
function whyUnrun({ remark, gate, files }: Pick<MatrixTarget, "remark" | "gate" | "files">): ReportSource["unrun"] {
  const isGone = Object.keys(files).length > 0;
  const { passed, interrupted, inconclusive } = exitCodes;
  const isOpen = gate.exitCode === passed || gate.exitCode === interrupted;
  return {
    reason: isGone ? "it was judged, but its report is not beside the matrix" : (remark ?? endedEarly.reason),
    exitCode: isOpen ? inconclusive : gate.exitCode,
  };
}

/** What a run over many receivers has left that was killed. */
function targetsInJournal(text: string): ListedTargets {
  const { targets, ended, notes, expected: all } = partialMatrix(journalLines(text) ?? noLines);
  const listed = targets.map(({ name, url }) => {
    const reason = ended.get(name)?.remark ?? endedEarly.reason;
    return { name: safeName(name), url, unrun: { ...endedEarly, reason } };
  });
  return { targets: listed, notes, ...(all && { expected: all }) };
}

const reportIn = (value: Report): Report =>
  assertReport(documentOf(kind, journalFile, "report.json", JSON.stringify(value)));

const noLines = { lines: [], unreadable: 0 };

function readReport(path: string): Report {
  const read = readFile(path);
  if (read.kind === "report") return read.report;
  throw unusable(path, "it holds several");
}

function outOfJournal<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw unusable(path, "it is a journal that cannot be read");
  }
}

/** As the names in a file of targets are; a path that leads elsewhere is none. */
export function safeName(text: string): string {
  const name = text
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, 100);
  return name === "" ? "receiver" : name;
}

/** A report is called after its directory, or its file where that has a name of its own. */
function labelOf(path: string): string {
  const file = basename(path);
  const isOrdinary = file === reportFile || file === journalFile;
  return safeName(isOrdinary ? basename(dirname(resolve(path))) : file.replace(/\.jsonl?$/, ""));
}

const unusable = (path: string, why: string): UsageError =>
  new UsageError(kind.code, `report ${path}: expected ${kind.expected}, but ${why}`);
