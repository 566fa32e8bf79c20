import { scheduledOffsetsMs, scriptixContract } from "../contract/contract.js";
import { apiOptions } from "./api-options.js";
import type { Command } from "./command.js";
import { listOptions } from "./list-options.js";
import { receiverOptions } from "./receiver-options.js";
import { runOptions } from "./run-options.js";
import { sendOptions } from "./send-options.js";

const attempts = scriptixContract.retry.delaysMs.length + 1;
const minutes = (scheduledOffsetsMs(scriptixContract).at(-1) ?? 0) / 60_000;

/** Goes on in the next line of a shell: the help breaks long lines anywhere. */
const more = " \\\n    ";

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
      [
        `run http://localhost:3000/hook --local${more}--results-api 4000 --results-token '\${TOKEN}'`,
        "checks one that fetches its results from http://127.0.0.1:4000 with that token",
      ],
      [
        `run https://hooks.example.com/scriptix${more}--probe-url 'https://hooks.example.com/processed/{sessionId}'`,
        "checks also that each session is processed once",
      ],
      [`run https://hooks.example.com/scriptix${more}--suite load --rate 50 --duration 1m`, "puts it under load"],
      [
        `run https://hooks.example.com/scriptix${more}--fail-on recommended --skip 'retries/*'`,
        "gates more, checks less",
      ],
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
    options: listOptions,
    examples: [
      ["list", "every check"],
      ["list --level required --json", "the required ones, for a program"],
      ["list --clauses", "every documented clause, and what verifies it"],
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
  {
    name: "api",
    describe: "starts a mock of the Scriptix API, which calls webhooks back and serves results",
    options: apiOptions,
    examples: [
      ["api --port 4000 --local", "for a receiver on this machine; it is tried with:"],
      [
        `$ curl http://127.0.0.1:4000/api/v3/speech-to-text/session${more}-H 'Authorization: my-token' -H 'Content-Type: application/json'${more}-d '{"language": "en", "webhook_url": "http://localhost:3000/hook"}'`,
        "starts a session: its job completes after a second, and the webhook is called back",
      ],
      [
        `$ curl -H 'Authorization: my-token'${more}http://127.0.0.1:4000${scriptixContract.results.path}`,
        "fetches the results, by the session id that the start has answered with",
      ],
      [
        `$ curl http://127.0.0.1:4000/_mock/faults -H 'Content-Type: application/json'${more}-d '{"kind": "unavailable", "times": 2}'`,
        "answers the next two requests for results with 503",
      ],
      ["api --token '${TOKEN}' --complete-after none --skip-waits", "lets one token in, and retries in no time"],
    ],
    exits: { passed: "it was stopped: SIGINT (Ctrl-C) and SIGTERM are how it ends", failed: "does not occur" },
    run: async (given) => (await import("./api-command.js")).apiCommand(given),
  },
];
