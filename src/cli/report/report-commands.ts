import type { Command } from "../command.js";
import { reportConvertOptions, reportDiffOptions, reportMergeOptions } from "./report-options.js";

/** What a stored result can be, wherever one is read. */
const stored = "report.json, matrix.json, the journal.jsonl of a run that was killed, or a directory of such";

/** The commands behind `report`, in the order of the help. */
export const reportCommands: readonly Command[] = [
  {
    name: "diff",
    argument: [
      { name: "old", describe: "report.json of the run before", required: true },
      { name: "new", describe: "report.json of the run after", required: true },
    ],
    describe: "says what broke between two reports of a receiver, what was mended, and what is new",
    options: reportDiffOptions,
    examples: [
      ["report diff main/report.json branch/report.json", "what a change did to a receiver"],
      ["report diff old.json new.json --markdown", "as a comment on a merge request"],
    ],
    exits: {
      passed: "nothing broke; what failed before may fail still, and what is judged for the first time may fail",
      failed: "something broke: a check that passed fails now",
      inconclusive:
        "nothing is seen to have broken, but a check that passed was not run or ended in error, or the contracts are others",
    },
    run: async (given) => (await import("./report-diff-command.js")).reportDiffCommand(given),
  },
  {
    name: "merge",
    argument: [{ name: "files", describe: stored, required: true, repeats: true }],
    describe: "joins reports: of one receiver to one report (each check as it was last judged), of several to a matrix",
    options: reportMergeOptions,
    examples: [
      ["report merge shard-*/report.json --out reports", "the shards of a run against one receiver"],
      ["report merge shards --report html --out reports", "those of a run over many, a directory of each in shards"],
      ["report merge payload.json retries.json", "runs of different suites against one receiver"],
      ["report merge reports", "what a run over many receivers has left that was killed"],
    ],
    exits: {
      passed: "the gate of what was joined passed, as that of one run of all of it would",
      failed: "that gate failed",
      inconclusive: "inconclusive: a check of a gated level was not judged in any of them",
    },
    run: async (given) => (await import("./report-join-commands.js")).reportMergeCommand(given),
  },
  {
    name: "convert",
    argument: { name: "file", describe: stored, required: true },
    describe: "writes a stored result in other formats",
    options: reportConvertOptions,
    examples: [
      ["report convert reports/report.json --report html,markdown --out site", "for people"],
      ["report convert reports/journal.jsonl --report json,html", "what a run that was killed had found out"],
    ],
    exits: { passed: "it was written, whatever it says", failed: "does not occur" },
    run: async (given) => (await import("./report-join-commands.js")).reportConvertCommand(given),
  },
];
