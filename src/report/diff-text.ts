import { createColors } from "picocolors";
import { showControlCharacters } from "./control-character.js";
import { changes, type Change, type ChangedCheck, type ReportDiff } from "./diff.js";
import { codeSpan, markdownText } from "./markdown-text.js";
import { markdownTable } from "./markdown-table.js";
import { wrap } from "./wrap.js";

const order = Object.keys(changes) as readonly Change[];

/** The two reports side by side, for a person: what is urgent first, the conclusion last. */
export function renderDiffTerminal(
  diff: ReportDiff,
  { color, width = 100 }: { readonly color: boolean; readonly width?: number },
): string {
  const colors = createColors(color);
  const paints: Readonly<Record<Change, (text: string) => string>> = {
    broke: colors.red,
    lost: colors.yellow,
    "still-failing": colors.red,
    new: colors.cyan,
    mended: colors.green,
    gone: colors.dim,
  };
  const told = (check: ChangedCheck): string[] => [
    `  ${colors.bold(check.id)} ${colors.dim(`(${check.level}, ${outcomesOf(check)})`)}`,
    ...(check.detail === null ? [] : wrap(showControlCharacters(check.detail), width, "    ", "      ")),
  ];
  const sections = groupsOf(diff).map(([change, checks]) => [
    colors.bold(paints[change](`${titleOf(change)}: ${checks.length}, ${changes[change]}`)),
    ...checks.flatMap(told),
  ]);
  const end = [
    ...sideLines(diff).map((line) => colors.dim(showControlCharacters(line))),
    colors.bold(
      { broke: colors.red, "nothing-broke": colors.green, inconclusive: colors.yellow }[diff.outcome](concluded(diff)),
    ),
  ];
  return `${[...sections, end].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** The same as Markdown, such as for a comment on a merge request. */
export function renderDiffMarkdown(diff: ReportDiff): string {
  const rows = diff.checks.map((check) => [
    titleOf(check.change).toLowerCase(),
    codeSpan(check.id),
    check.level,
    outcomesOf(check),
    markdownText(check.detail ?? ""),
  ]);
  return `${[
    `**${markdownText(concluded(diff))}**`,
    ...(rows.length === 0 ? [] : [markdownTable(["change", "check", "level", "outcomes", "what is known"], rows)]),
    sideLines(diff)
      .map((line) => `- ${markdownText(line)}`)
      .join("\n"),
  ].join("\n\n")}\n`;
}

function groupsOf({ checks }: ReportDiff): readonly (readonly [Change, readonly ChangedCheck[]])[] {
  return order
    .map((change) => [change, checks.filter((check) => check.change === change)] as const)
    .filter(([, group]) => group.length > 0);
}

const titleOf = (change: Change): string => change.replace("-", " ").toUpperCase();

const outcomesOf = ({ before, after }: ChangedCheck): string => `${before ?? "absent"} → ${after ?? "absent"}`;

function sideLines({ old, new: now }: ReportDiff): readonly string[] {
  const line = (name: string, side: ReportDiff["old"]): string =>
    `${name} ${side.startedAt}  ${side.target}  ${side.verdict}, ${side.harness}`;
  return [
    line("old:", old),
    line("new:", now),
    ...(old.target === now.target ? [] : ["These are reports of different receivers."]),
  ];
}

export function concluded({ outcome, counts }: ReportDiff): string {
  const { broke, lost, mended, new: added, gone, unchanged } = counts;
  const conclusion = {
    broke: `${broke} broke`,
    "nothing-broke": "nothing broke",
    inconclusive:
      lost > 0
        ? "nothing is seen to have broken, but what passed could not be judged again"
        : "no check was judged in both reports under one contract, so nothing is known of what broke",
  }[outcome];
  const also = [
    `${lost} lost`,
    `${counts["still-failing"]} still failing`,
    `${added} new`,
    `${mended} mended`,
    `${gone} gone`,
    `${unchanged} unchanged`,
  ];
  return `${conclusion}; ${also.join(", ")}`;
}
