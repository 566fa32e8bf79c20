import { withFigures } from "../../contract/figures.js";
import { durationText } from "../../input/duration.js";
import { formatNames } from "../../report/formats.js";
import { levels } from "../../runner/check.js";
import { contractOptions } from "../contract-option.js";
import { defaults } from "../../defaults.js";
import type { OptionTable, OptionValues } from "../option.js";
import { observationOptions } from "./observation-options.js";
import { selectionOptions } from "./selection-options.js";
import { deliveryOptions } from "../target-options.js";

const target = "How to reach the receiver:";
const verdict = "What decides the exit code:";
const output = "Output:";
const pace = "How it runs:";
const many = "Many receivers, many jobs:";

/** Every option of `run`; each may stand in the config file under the same name. */
export const runOptions = {
  ...deliveryOptions,
  contracts: {
    kind: "list",
    commas: true,
    choices: contractOptions.contract.choices,
    group: contractOptions.contract.group,
    describe: "in place of --contract: several, checked one after the other, with one report",
  },
  embedded: {
    kind: "flag",
    group: target,
    describe: "checks the embedded reference receiver, in place of a URL; so does a run that is given nothing at all",
  },
  ...observationOptions,
  ...selectionOptions,
  "fail-on": {
    kind: "choice",
    choices: levels,
    default: defaults.run.failOn,
    group: verdict,
    describe: `lowest level that is gated: ${levels.join(", ")}`,
  },
  "known-failures": {
    kind: "text",
    path: true,
    group: verdict,
    describe: 'JSON file of failures that are accepted: [{"check": "payload/*", "reason": "…"}]',
  },
  "only-failed": {
    kind: "text",
    path: true,
    group: verdict,
    describe:
      "report.json of an earlier run, with --targets its matrix.json or directory: runs what failed or was not run there, with its seed, and gates as that run did",
  },
  "as-of": {
    kind: "text",
    expected: 'a version, in quotes where it stands in a file, such as "0.1"',
    group: verdict,
    describe: "version such as 0.1: checks that came later are run and told, and are not gated",
  },
  "update-known-failures": { kind: "flag", group: verdict, describe: "writes what fails to that file" },
  report: {
    kind: "list",
    commas: true,
    choices: formatNames,
    default: defaults.output.report,
    group: output,
    describe: `formats to write, any number of them: ${formatNames.join(", ")}`,
  },
  out: {
    kind: "text",
    path: true,
    default: defaults.output.out,
    group: output,
    describe: "directory for the reports",
  },
  json: { kind: "flag", group: output, describe: "prints the report as JSON, and nothing else, on stdout" },
  quiet: {
    kind: "flag",
    group: output,
    describe: "prints the receiver, what fails the gate, verdict and gate only",
  },
  github: {
    kind: "choice",
    choices: ["auto", "off"],
    default: defaults.output.github,
    group: output,
    describe:
      "auto: in GitHub Actions (GITHUB_ACTIONS=true), annotates what failed and adds the Markdown report to the step's summary ($GITHUB_STEP_SUMMARY); off: neither",
  },
  "dry-run": { kind: "flag", group: output, describe: "prints what would be sent; sends and writes nothing" },
  concurrency: {
    kind: "count",
    min: 1,
    max: 256,
    default: defaults.run.concurrency,
    group: pace,
    describe: "checks that run side by side, at most",
  },
  "max-rate": { kind: "rate", group: pace, describe: "requests a second, at most" },
  "max-time": {
    kind: "duration",
    defaultText: `${durationText(defaults.run.maxTimeMs)}, with --real-time ${durationText(defaults.run.maxTimeInRealTimeMs)}`,
    group: pace,
    describe: "for the whole run, such as 90s or 5m",
  },
  "advance-command": {
    kind: "text",
    isShellLine: true,
    group: pace,
    describe:
      "shell command that moves whatever the receiver keeps time by, whenever the waits between attempts are skipped; {seconds} in it becomes the length of the jump, which ADVANCE_SECONDS in its environment holds too",
  },
  "real-time": {
    kind: "flag",
    group: pace,
    describe: withFigures("waits between attempts as documented, {span} in all", defaults.contract),
  },
  targets: {
    kind: "text",
    path: true,
    group: many,
    describe:
      "YAML or JSON file of receivers, each with name, url and options of its own; all other options hold for each of them",
  },
  "targets-at-once": {
    kind: "count",
    min: 1,
    max: 256,
    default: defaults.targetsAtOnce,
    group: many,
    describe: "receivers that are checked side by side, at most; those that keep us waiting do not count",
  },
  shard: {
    kind: "text",
    group: many,
    describe: "2/8 is the second of eight jobs: its part of the receivers or, of one receiver, of the checks",
  },
  seed: { kind: "text", defaultText: "random", group: pace, describe: "of session ids and whatever else is random" },
} as const satisfies OptionTable;

export type RunValues = OptionValues<typeof runOptions>;
