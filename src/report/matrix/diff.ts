import { createColors } from "picocolors";
import { showControlCharacters } from "../control-character.js";
import type { ReportDiff } from "../diff.js";
import { concluded, renderDiffMarkdown, renderDiffTerminal } from "../diff-text.js";
import { markdownText } from "../markdown-text.js";

/** What became of each receiver between two runs over many. */
export interface MatrixDiff {
  readonly outcome: ReportDiff["outcome"];
  /** Those that stand in both, by name. */
  readonly receivers: readonly { readonly name: string; readonly diff: ReportDiff }[];
  /** Names of those that the new one does not have, or has no report of. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

/** The worst of its receivers decides; one that is gone leaves it open. */
export function matrixDiff(
  receivers: MatrixDiff["receivers"],
  gone: readonly string[],
  added: readonly string[],
): MatrixDiff {
  const outcomes = new Set(receivers.map(({ diff }) => diff.outcome));
  const outcome = outcomes.has("broke")
    ? "broke"
    : outcomes.has("inconclusive") || gone.length > 0 || receivers.length === 0
      ? "inconclusive"
      : "nothing-broke";
  return { outcome, receivers, gone, added };
}

const words: Readonly<Record<MatrixDiff["outcome"], string>> = {
  broke: "something broke",
  "nothing-broke": "nothing broke",
  inconclusive: "it cannot be told whether something broke",
};

/** One sentence of each receiver that changed, and how many did not. */
function outline({ receivers, gone, added }: MatrixDiff): readonly string[] {
  const same = receivers.filter(({ diff }) => diff.checks.length === 0);
  return [
    ...(same.length === 0 ? [] : [`${same.length} ${same.length === 1 ? "receiver is" : "receivers are"} as before`]),
    ...(gone.length === 0 ? [] : [`no report any more of ${gone.join(", ")}`]),
    ...(added.length === 0 ? [] : [`new: ${added.join(", ")}`]),
  ];
}

export function renderMatrixDiffTerminal(
  diff: MatrixDiff,
  options: { readonly color: boolean; readonly width: number },
): string {
  const colors = createColors(options.color);
  const paint = { broke: colors.red, "nothing-broke": colors.green, inconclusive: colors.yellow }[diff.outcome];
  const changed = diff.receivers.filter((receiver) => receiver.diff.checks.length > 0);
  return [
    ...changed.map((receiver) => `${colors.bold(receiver.name)}\n${renderDiffTerminal(receiver.diff, options)}`),
    ...outline(diff).map((line) => showControlCharacters(line)),
    `${colors.bold(paint(`${diff.receivers.length} receivers: ${words[diff.outcome]}`))}\n`,
  ].join("\n");
}

export function renderMatrixDiffMarkdown(diff: MatrixDiff): string {
  const changed = diff.receivers.filter((receiver) => receiver.diff.checks.length > 0);
  return [
    `**${diff.receivers.length} receivers: ${words[diff.outcome]}**`,
    ...outline(diff).map((line) => `- ${markdownText(line)}`),
    ...changed.map(
      (receiver) =>
        `## ${markdownText(receiver.name)}: ${markdownText(concluded(receiver.diff))}\n\n${renderDiffMarkdown(receiver.diff)}`,
    ),
    "",
  ].join("\n\n");
}
