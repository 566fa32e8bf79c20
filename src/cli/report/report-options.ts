import { formatNames } from "../../report/formats.js";
import { defaults } from "../../defaults.js";
import type { OptionTable } from "../option.js";

const files = {
  report: {
    kind: "list",
    commas: true,
    choices: formatNames,
    default: defaults.output.report,
    describe: `formats to write: ${formatNames.join(", ")}`,
  },
} as const satisfies OptionTable;

export const reportDiffOptions = {
  json: { kind: "flag", describe: "prints the differences as JSON" },
  markdown: { kind: "flag", describe: "prints them as Markdown, such as for a comment" },
} as const satisfies OptionTable;

export const reportMergeOptions = {
  ...files,
  out: { kind: "text", path: true, default: "reports/merged", describe: "directory for what is written" },
  json: { kind: "flag", describe: "prints the report, or the matrix, as JSON and nothing else on stdout" },
  quiet: { kind: "flag", describe: "prints the receiver, what fails the gate, verdict and gate only" },
} as const satisfies OptionTable;

export const reportConvertOptions = {
  ...files,
  out: { kind: "text", path: true, default: "reports/converted", describe: "directory for what is written" },
} as const satisfies OptionTable;
