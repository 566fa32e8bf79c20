import { join } from "node:path";
import { jsonText } from "../../report/json-text.js";
import { formats, type FormatName } from "../../report/formats.js";
import type { Matrix, MatrixTarget } from "../../report/matrix/matrix.js";
import { prepareDirectory, writeFileAtomically } from "../output-files.js";
import { reportFiles } from "./report-files.js";
import { journalFile } from "./journal.js";

export const matrixFiles = {
  json: "matrix.json",
  markdown: "matrix.md",
  html: "matrix.html",
  junit: formats.junit.file,
  ctrf: formats.ctrf.file,
} as const;

/** A line of the journal of a run over many receivers; each of them has a journal of its own beside it. */
export type TargetsJournalLine =
  | {
      readonly kind: "targets";
      readonly harness: { readonly name: string; readonly version: string };
      readonly startedAt: string;
      readonly notes: readonly string[];
      readonly targets: readonly { readonly name: string; readonly url: string }[];
      readonly expected?: readonly string[];
    }
  | ({ readonly kind: "target" } & MatrixTarget);

const ofTheSet = new Set<FormatName>(["junit", "ctrf"]);

/**
 * What is written of each of many receivers: JSON in any case, so that reports can be joined; nothing of what is written
 * for all of them together, where a CI server that takes every such file would count it twice.
 */
export const formatsOfEach = (formats: readonly FormatName[]): readonly FormatName[] => [
  ...new Set(["json" as const, ...formats.filter((format) => !ofTheSet.has(format))]),
];

/** The reports of a receiver as the matrix, one directory up, sees them. */
export function linksTo(name: string, formats: readonly FormatName[]): Readonly<Record<string, string>> {
  const files = reportFiles(formats);
  return Object.fromEntries(formats.map((format, index) => [format, `${name}/${files[index]}`]));
}

/** Makes the directory of a matrix ready, and takes an old one out of it. @throws UsageError `ERR_OUTPUT`. */
export function prepareMatrix(directory: string): void {
  prepareDirectory("out", directory, [...Object.values(matrixFiles), journalFile]);
}

/** @returns the paths. @throws UsageError `ERR_OUTPUT`. */
export async function writeMatrix(directory: string, matrix: Matrix): Promise<readonly string[]> {
  const { renderMatrixHtml } = await import("../../report/matrix/html.js");
  const { renderMatrixMarkdown } = await import("../../report/matrix/markdown.js");
  const { renderMatrixCtrf, renderMatrixJUnit } = await import("../../report/matrix/for-ci.js");
  const texts = {
    [matrixFiles.json]: `${jsonText(matrix, 0)}\n`,
    [matrixFiles.markdown]: renderMatrixMarkdown(matrix),
    [matrixFiles.html]: renderMatrixHtml(matrix),
    [matrixFiles.junit]: renderMatrixJUnit(matrix),
    [matrixFiles.ctrf]: renderMatrixCtrf(matrix),
  };
  return Object.entries(texts).map(([file, text]) => {
    const path = join(directory, file);
    writeFileAtomically("out", path, text);
    return path;
  });
}
