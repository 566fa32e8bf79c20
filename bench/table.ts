import type { Goal, Row } from "./row.js";

const heads = ["what", "ours", "peer", "ratio", "goal", "met"] as const;

/** The rows as lines of aligned columns, each with its note below, and one line on where we stand. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    figure(row.ours, row),
    `${row.peer}${row.peers === null ? "" : `: ${figure(row.peers, row)}`}`,
    row.ratio === null ? "-" : row.ratio.toFixed(2),
    row.goal === null ? "-" : goalText(row.goal, row),
    met(row),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((line) => line[column]!.length)));
  const lineOf = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return [
    lineOf(heads),
    lineOf(widths.map((width) => "-".repeat(width))),
    ...rows.flatMap((row, index) => [lineOf(cells[index]!), ...(row.note === undefined ? [] : [`  (${row.note})`])]),
    "",
    standing(rows),
  ].join("\n");
}

/** One sentence: how many goals are met, and which are not. */
function standing(rows: readonly Row[]): string {
  const goals = rows.filter(({ goal }) => goal !== null);
  const missed = goals.filter((row) => row.met === false).map((row) => `${row.what} beside ${row.peer}`);
  const open = goals.filter((row) => row.met === null).map((row) => row.what);
  return [
    `${goals.filter((row) => row.met === true).length} of ${goals.length} goals met`,
    ...(missed.length > 0 ? [`missed: ${missed.join(", ")}`] : []),
    ...(open.length > 0 ? [`not measured: ${open.join(", ")}`] : []),
  ].join("; ");
}

function figure(value: number | null, { unit }: Row): string {
  if (value === null) return "-";
  switch (unit) {
    case "per second":
      return `${Math.round(value).toLocaleString("en")}/s`;
    case "s":
      return `${value.toFixed(1)} s`;
    case "MiB":
      return `${Math.round(value)} MiB`;
    case "ms":
      return `${value.toFixed(1)} ms`;
    case "µs":
      return `${value.toFixed(0)} µs`;
  }
}

function goalText({ of, bound, value }: Goal, row: Row): string {
  return `${bound === "at-least" ? ">=" : "<="} ${of === "ratio" ? String(value) : figure(value, row)}`;
}

function met(row: Row): string {
  if (row.goal === null) return "-";
  switch (row.met) {
    case true:
      return "met";
    case false:
      return "missed";
    case null:
      return "not measured";
  }
}
