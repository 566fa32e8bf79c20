import { createColors } from "picocolors";
import { seconds } from "../../in-words.js";
import { cutTo } from "../../cut.js";
import { showControlCharacters } from "../control-character.js";
import { longestLine, mostLines } from "../log.js";
import { fewestLines, fitted, type LogPart } from "../log-parts.js";
import type { Matrix } from "./matrix.js";
import { failedChecks, gateLine, namesOf, remarksOf, summaryLine } from "./rows.js";

const mostNames = 5;

/** Whether nobody has to look at one of them. */
export const isGreenMatrix = ({ gate, summary }: Matrix): boolean =>
  gate.exitCode === 0 && gate.outcome === "passed" && summary["non-conformant"] + summary.inconclusive === 0;

interface MatrixLogOptions {
  readonly color: boolean;
  /** Lines that it has at most; what is left out for want of them is counted in one, which it always has. */
  readonly lines?: number;
}

/** A matrix for the log of a job, a line each thing: what stands out, which checks failed where, and the gate. */
export function renderMatrixLog(matrix: Matrix, { color, lines = mostLines.other }: MatrixLogOptions): string {
  const { harness, durationMs, notes, targets } = matrix;
  const colors = createColors(color);
  const oneLine = (text: string): string =>
    cutTo(longestLine, showControlCharacters(text.replaceAll(/\s*\n\s*/g, " ")));
  const parts: readonly LogPart[] = [
    {
      rank: 1,
      units: remarksOf(matrix).map(({ text, cause, targets: on }) => {
        const { red, yellow } = colors;
        const paint = on.some(({ gate }) => gate.outcome === "failed") ? red : yellow;
        return [
          paint(
            oneLine(
              `${on[0]?.verdict}: ${namesOf(on, mostNames)}: ${text}${cause === undefined ? "" : ` (cause: ${cause})`}`,
            ),
          ),
        ];
      }),
      more: (left) => `and ${left} more like that, in the matrix`,
    },
    {
      rank: 2,
      units: failedChecks(matrix).map(({ check: { id, level }, targets: by }) => [
        oneLine(`failed ${id} (${level}): ${by.length} of ${targets.length}: ${namesOf(by, mostNames)}`),
      ]),
      more: (left) => `and ${left} more checks failed, in the matrix`,
    },
    {
      rank: 0,
      units: notes.map((note) => [oneLine(`note: ${note}`)]),
      more: (left) => `and ${left} more notes, in the matrix`,
    },
  ];
  const room = Math.max(lines - 2, fewestLines(parts));
  const first = `${harness.name} ${harness.version}: ${summaryLine(matrix)}, ${seconds(durationMs)}`;
  return [colors.bold(first), ...fitted(parts, room), gateLine(matrix, colors)].join("\n");
}
