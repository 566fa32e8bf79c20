import { scheduledOffsetsMs, scriptixContract } from "../contract/contract.js";
import type { Command } from "./command.js";
import { receiverOptions } from "./receiver-options.js";
import { runOptions } from "./run-options.js";
import { selectionOptions } from "./selection-options.js";
import { sendOptions } from "./send-options.js";

const attempts = scriptixContract.retry.delaysMs.length + 1;
const minutes = (scheduledOffsetsMs(scriptixContract).at(-1) ?? 0) / 60_000;

/** Every command but shell completion, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: "run",
    isDefault: true,
    argument: { name: "url", describe: "the callback URL; without one, the embedded receiver", required: false },
    describe: "checks a receiver and gives a verdict",
    options: {
      ...runOptions,
      config: {
        kind: "text",
        path: true,
        group: "How it runs:",
        describe: "JSON file of these options, by their names",
      },
    },
    examples: [
      ["", "checks the embedded reference receiver"],
      ["run https://hooks.example.com/scriptix -H 'X-Api-Key: ${API_KEY}'", "checks a receiver in staging"],
      ["run http://localhost:3000/hook --local", "checks one on this machine"],
      ["run https://hooks.example.com/scriptix --fail-on recommended --skip 'retries/*'", "gates more, checks less"],
    ],
    exits: {
      passed: "the gate passed: no check of a gated level failed",
      failed: "the gate failed: a check of a gated level did, or the list of known failures is out of date",
      inconclusive: "inconclusive: a check of a gated level could not be judged",
    },
    run: async (given) => (await import("./run-command.js")).runCommand(given),
  },
  {
    name: "list",
    describe: "lists suites and checks with their levels and clauses",
    options: { ...selectionOptions, json: { kind: "flag", describe: "prints JSON" } },
    examples: [
      ["list", "every check"],
      ["list --level required --json", "the required ones, for a program"],
    ],
    exits: { passed: "the list was printed", failed: "does not occur" },
    run: async (given) => (await import("./list-command.js")).listCommand(given),
  },
  {
    name: "explain",
    argument: { name: "check", describe: "the id of a check", required: true },
    describe: "says what a check sends and expects, why, and how to fix what it finds",
    options: {},
    examples: [["explain acknowledgement/acknowledges-with-2xx", "the most basic one"]],
    exits: { passed: "the check was explained", failed: "does not occur" },
    run: async (given) => (await import("./explain-command.js")).explainCommand(given),
  },
  {
    name: "send",
    argument: { name: "url", describe: "the callback URL, https:// or http://", required: true },
    describe: `sends one documented callback, up to ${attempts} attempts in ${minutes} minutes`,
    options: sendOptions,
    examples: [
      ["send https://hooks.example.com/scriptix", "waits between attempts as documented"],
      ["send http://localhost:3000/hook --skip-waits", "lets the waits pass in no time"],
    ],
    exits: { passed: "the callback was acknowledged", failed: "it was abandoned after the last attempt" },
    run: async (given) => (await import("./send-command.js")).sendCommand(given),
  },
  {
    name: "receiver",
    describe: "starts a receiver to play with: the reference one, a scripted or a faulty one",
    options: receiverOptions,
    examples: [
      ["receiver --port 3000 -H 'X-Api-Key: ${API_KEY}'", "the reference receiver"],
      ["receiver --script 503,timeout,200", "fails twice, then acknowledges"],
      ["receiver --list", "names the faulty receivers"],
    ],
    exits: { passed: "it was stopped: SIGINT (Ctrl-C) and SIGTERM are how it ends", failed: "does not occur" },
    run: async (given) => (await import("./receiver-command.js")).receiverCommand(given),
  },
];
