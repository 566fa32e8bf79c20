import { createColors } from "picocolors";
import { seconds } from "../../in-words.js";
import { showControlCharacters } from "../control-character.js";
import type { Outcome } from "../model.js";
import { wrap } from "../wrap.js";
import type { Matrix, MatrixTarget } from "./matrix.js";
import { alikeRows, failedChecks, gateLine, namesOf, remarksOf, suitesOf, summaryLine, worstFirst } from "./rows.js";

export interface MatrixTerminalOptions {
  readonly color: boolean;
  /**
   * Columns that lines keep to.
   *
   * @default 100
   */
  readonly width?: number;
}

/** More receivers than this share a line where all their checks ended alike. */
const mostSingleRows = 20;
const longestLabel = 32;
/** So much of a suite's name is shown, however few of its checks there are. */
const shortestColumn = 8;
const mostNames = 5;
const mostRemarks = 20;
const gap = 2;

const signs: Readonly<Record<Outcome, string>> = { passed: ".", failed: "F", skipped: "-", "not-run": "?", error: "E" };
const legend = "F failed, E error of the harness, ? not run, . passed, - skipped, blank: not selected";

type Colors = ReturnType<typeof createColors>;

/** Receivers by checks, a character each; what failed where; the conclusion last. */
export function renderMatrixTerminal(matrix: Matrix, { color, width = 100 }: MatrixTerminalOptions): string {
  const colors = createColors(color);
  const { harness, durationMs, notes } = matrix;
  const sections = [
    [colors.bold(`${harness.name} ${harness.version}: ${summaryLine(matrix)}`), colors.dim(seconds(durationMs))],
    ...table(matrix, colors, width),
    failures(matrix, colors, width),
    remarks(matrix, colors, width),
    notes.flatMap((note) => wrap(showControlCharacters(note), width, "", "  ")),
    [gateLine(matrix, colors)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** The same for a log that is to be short: the receivers that do not pass, what each of them fails, and the gate. */
export function renderMatrixQuietly(matrix: Matrix, { color }: Pick<MatrixTerminalOptions, "color">): string {
  const colors = createColors(color);
  const lines = worstFirst(matrix)
    .filter(({ gate }) => gate.outcome !== "passed")
    .map(({ name, url, gate, failed = [], remark }) => {
      const paint = gate.outcome === "failed" ? colors.red : colors.yellow;
      const what = failed.length > 0 ? failed.join(", ") : (remark ?? gate.outcome);
      return paint(showControlCharacters(`${gate.outcome}: ${name} (${url}): ${what}`));
    });
  return [...lines, gateLine(matrix, colors)].join("\n");
}

/** As many suites side by side as fit, the rest below. */
function table(matrix: Matrix, colors: Colors, width: number): string[][] {
  if (matrix.targets.length === 0 || matrix.checks.length === 0) return [];
  const rows = rowsOf(matrix);
  const labelWidth = Math.min(longestLabel, Math.max(...rows.map(({ label }) => label.length)));
  const blocks: Suite[][] = [[]];
  let used = labelWidth;
  for (const suite of suitesOf(matrix)) {
    const needed = gap + columnsOf(suite);
    if (used + needed > width && blocks.at(-1)?.length !== 0) {
      blocks.push([]);
      used = labelWidth;
    }
    blocks.at(-1)?.push(suite);
    used += needed;
  }
  const lines = blocks.map((suites) => [
    colors.dim(" ".repeat(labelWidth) + suites.map((suite) => cell(suite.id, columnsOf(suite))).join("")).trimEnd(),
    ...rows.map(({ label, target }) => row(label, target, suites, labelWidth, colors)),
  ]);
  return [...lines, wrap(legend, width, "", "").map(colors.dim)];
}

type Suite = ReturnType<typeof suitesOf>[number];

const columnsOf = ({ id, checks }: Suite): number => Math.max(checks.length, Math.min(id.length, shortestColumn));

const cell = (text: string, width: number): string => " ".repeat(gap) + fitted(text, width);

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

function row(
  label: string,
  { gate, outcomes }: MatrixTarget,
  suites: readonly Suite[],
  width: number,
  colors: Colors,
): string {
  const paint = { failed: colors.red, inconclusive: colors.yellow, passed: colors.green }[gate.outcome];
  const cells = suites.map((suite) => {
    const ended = suite.checks.map(({ id }) => (outcomes[id] === undefined ? " " : signs[outcomes[id]])).join("");
    return cell(ended, columnsOf(suite)).replaceAll(/[FE]+/g, colors.red).replaceAll(/\?+/g, colors.yellow);
  });
  return `${paint(fitted(label, width))}${cells.join("")}`.trimEnd();
}

/** The receivers of a row; of many, those that all ended alike stand in one. */
function rowsOf(matrix: Matrix): readonly { readonly label: string; readonly target: MatrixTarget }[] {
  const targets = worstFirst(matrix);
  if (targets.length <= mostSingleRows) return targets.map((target) => ({ label: target.name, target }));
  return alikeRows(matrix).map(([target, ...others]) => {
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return { label: fitted(target.name, longestLabel - more.length).trimEnd() + more, target };
  });
}

function failures(matrix: Matrix, colors: Colors, width: number): string[] {
  const failed = failedChecks(matrix);
  if (failed.length === 0) return [];
  return [
    colors.bold(colors.red(`FAILED CHECKS: ${failed.length}`)),
    ...failed.flatMap(({ check: { id, level }, targets }) => [
      `  ${colors.bold(id)} ${colors.dim(`(${level})`)}`,
      ...wrap(`${targets.length} of ${matrix.targets.length}: ${namesOf(targets, mostNames)}`, width, "    ", "      "),
    ]),
  ];
}

function remarks(matrix: Matrix, colors: Colors, width: number): string[] {
  const groups = remarksOf(matrix);
  if (groups.length === 0) return [];
  const untold = groups.slice(mostRemarks).reduce((sum, { targets }) => sum + targets.length, 0);
  return [
    colors.bold("WHAT STANDS OUT"),
    ...groups
      .slice(0, mostRemarks)
      .flatMap(({ text, targets }) =>
        wrap(`${namesOf(targets, mostNames)}: ${showControlCharacters(text)}`, width, "  ", "      "),
      ),
    ...(untold > 0 ? [`  and ${untold} more, in the matrix's files`] : []),
  ];
}
