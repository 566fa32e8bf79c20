/** Plain text, in which nothing means anything to Markdown. */
export const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]/g, String.raw`\$&`);

export const code = (text: string): string => `\`${text}\``;

export const link = (text: string, address: string): string => `[${text}](${address})`;

/** The part of an address that leads to a heading, as GitHub and GitLab make it. */
export const anchor = (heading: string): string =>
  `#${heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-")}`;

/** Cells hold Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Points with a title each; those that have nothing to say are left out. */
export const points = (entries: readonly (readonly [title: string, text: string | null])[]): string =>
  entries.flatMap(([title, text]) => (text === null ? [] : [`- **${title}:** ${text}`])).join("\n");

/** What readers of the file itself have to know. */
export const madeFrom = (sources: string): string => `<!-- Made from ${sources} by npm run docs. -->`;
