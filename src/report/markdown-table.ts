/**
 * A table of GitHub's Markdown.
 * @param rows cells of Markdown, as `markdownText` makes it; a bar in one of them, in a code span too, ends no cell.
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => "---"), ...rows].map(line).join("\n");
}

const line = (cells: readonly string[]): string => `| ${cells.map(withBars).join(" | ")} |`;

/** A backslash before a bar would take the meaning from the one that keeps the bar. */
const withBars = (cell: string): string => cell.replaceAll(/(\\*)\|/g, "$1$1\\|");
