import type { Outcome } from "../model.js";
import { seconds } from "../../in-words.js";
import { codeSpan, markdownText } from "../markdown-text.js";
import { markdownTable } from "../markdown-table.js";
import type { Matrix, MatrixCheck, MatrixTarget } from "./matrix.js";
import { failedChecks, namesOf, suitesOf, summaryLine, worstFirst } from "./rows.js";

/** More are read elsewhere. */
const mostRows = 250;
const mostNames = 10;

const marks = { passed: "✅", failed: "❌", inconclusive: "⚠️" } as const;

export interface MatrixMarkdownOptions {
  /**
   * Bytes of UTF-8 that the page takes, at most, as far as leaving out receivers makes it shorter.
   *
   * @default Infinity
   */
  readonly maxBytes?: number;
}

/** `matrix.md`: receivers by suites in numbers, then each check that failed and where. */
export function renderMatrixMarkdown(matrix: Matrix, { maxBytes = Infinity }: MatrixMarkdownOptions = {}): string {
  for (let rows = mostRows; ; rows = Math.floor(rows / 2)) {
    const page = render(matrix, rows);
    if (rows === 0 || Buffer.byteLength(page) <= maxBytes) return page;
  }
}

function render(matrix: Matrix, rows: number): string {
  const { gate, harness, startedAt, durationMs, notes } = matrix;
  const facts = `${harness.name} ${harness.version}, ${startedAt}, ${seconds(durationMs)}`;
  const parts = [
    `# ${marks[gate.outcome]} ${summaryLine(matrix)}`,
    `Gate ${gate.outcome}, exit code ${gate.exitCode}. ${markdownText(facts)}.`,
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${markdownText(note)}`).join("\n")]),
    ...receivers(matrix, rows),
    ...failures(matrix),
  ];
  return `${parts.join("\n\n")}\n`;
}

function receivers(matrix: Matrix, mostShown: number): readonly string[] {
  const suites = suitesOf(matrix);
  const targets = worstFirst(matrix);
  if (targets.length === 0) return [];
  const shown = targets.slice(0, mostShown);
  const rows = shown.map((target) => {
    const cells = suites.map(({ checks }) => cellOf(target, checks));
    return [marks[target.gate.outcome], nameOf(target), target.verdict, ...cells, markdownText(target.remark ?? "")];
  });
  const header = ["", "receiver", "verdict", ...suites.map(({ id }) => id), "what stands out"];
  const untold = targets.length - shown.length;
  return [
    "## Receivers",
    markdownTable(header, rows),
    "A cell says how many of the checks that ran have passed.",
    ...(untold > 0
      ? [`${untold} more receivers, no worse than these, stand in \`matrix.html\` and \`matrix.json\`.`]
      : []),
  ];
}

function nameOf({ name, files }: MatrixTarget): string {
  const file = files["html"] ?? files["markdown"];
  return file === undefined ? markdownText(name) : `[${markdownText(name)}](${file})`;
}

/** `9 of 10`, what is not a pass or a failure beside it; a dash where nothing was selected. */
function cellOf({ outcomes }: MatrixTarget, checks: readonly MatrixCheck[]): string {
  const ended = checks.flatMap(({ id }) => outcomes[id] ?? []);
  const count = (outcome: Outcome): number => ended.filter((other) => other === outcome).length;
  const [passed, failed] = [count("passed"), count("failed")];
  const open = count("not-run") + count("error");
  const judged = passed + failed > 0 ? [`${passed} of ${passed + failed}`] : [];
  const parts = [...judged, ...(open > 0 ? [`${open} not run`] : [])];
  return parts.length === 0 ? "–" : parts.join(", ");
}

function failures(matrix: Matrix): readonly string[] {
  const failed = failedChecks(matrix);
  if (failed.length === 0) return [];
  const rows = failed.map(({ check: { id, level }, targets }) => [
    codeSpan(id),
    level,
    String(targets.length),
    markdownText(namesOf(targets, mostNames)),
  ]);
  const header = ["check", "level", "receivers", "which"];
  return ["## Failed checks", markdownTable(header, rows)];
}
