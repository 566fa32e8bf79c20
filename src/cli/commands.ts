import { scheduledOffsetsMs } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import { words } from "../lab/words.js";
import { apiOptions } from "./api/api-options.js";
import type { Command, CommandGroup } from "./command.js";
import { doctorOptions } from "./doctor/doctor-options.js";
import { initOptions } from "./init/init-options.js";
import { explainOptions, listOptions } from "./list/list-options.js";
import { receiverOptions } from "./receiver/receiver-options.js";
import { configOption } from "./request.js";
import { reportCommands } from "./report/report-commands.js";
import { reproOptions } from "./repro/repro-options.js";
import { runOptions } from "./run/run-options.js";
import { sendOptions } from "./send/send-options.js";
import { batchResults } from "../contract/batch.js";

const attempts = defaults.contract.retry.delaysMs.length + 1;
const minutes = (scheduledOffsetsMs(defaults.contract).at(-1) ?? 0) / 60_000;

/** Goes on in the next line of a shell: the help breaks long lines anywhere. */
const more = " \\\n    ";

/** Of the options of `run`. */
const everydayOptions = [
  "header",
  "local",
  "probe-url",
  "check",
  "skip",
  "fail-on",
  "known-failures",
  "only-failed",
  "out",
  "quiet",
  "config",
  "targets",
] as const satisfies readonly (keyof typeof runOptions | keyof typeof configOption)[];

/** Every command, in the order of the help. */
export const commands: readonly (Command | CommandGroup)[] = [
  {
    name: "run",
    isDefault: true,
    argument: { name: "url", describe: "the callback URL", required: false },
    describe: "checks a receiver and gives a verdict",
    options: {
      ...runOptions,
      ...configOption,
    },
    everyday: everydayOptions,
    examples: [
      ["run https://hooks.example.com/scriptix -H 'X-Api-Key: ${API_KEY}'", "checks a receiver in staging"],
      ["run http://localhost:3000/hook --local", "checks one on this machine"],
      ["", "checks the embedded reference receiver, as --embedded does where there are other options"],
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
        "run http://localhost:3000/hook --local --callback captures/one.json",
        "sends a captured callback in place of the documented one",
      ],
      [
        `run https://hooks.example.com/scriptix${more}--fail-on recommended --skip 'retries/*'`,
        "gates more, checks less",
      ],
      ["run --targets targets.yaml", "checks many receivers, and makes a matrix of their results"],
      [
        "run --targets targets.yaml --shard 2/8 --out reports/shard-2",
        "checks the part of the second of eight jobs; report merge joins them",
      ],
    ],
    exits: {
      passed: "the gate passed: no check of a gated level failed",
      failed: "the gate failed: a check of a gated level did, or the list of known failures is out of date",
      inconclusive: "inconclusive: a check of a gated level could not be judged, or none was",
    },
    run: async (given) => (await import("./run/run-command.js")).runCommand(given),
  },
  {
    name: "init",
    describe: "writes a config file, and a CI job that checks your receiver with it",
    options: initOptions,
    examples: [
      ["init", "asks, and writes"],
      [
        `init --url https://staging.example.com/hooks/scriptix${more}-H 'X-Api-Key: \${SCRIPTIX_KEY}' --ci github`,
        "for a receiver in staging; SCRIPTIX_KEY becomes a secret of the repository",
      ],
      [
        "init --url http://localhost:3000/hooks/scriptix --start 'npm start' --ci gitlab",
        "for one that the job starts itself",
      ],
    ],
    exits: { passed: "the files were written", failed: "does not occur" },
    run: async (given) => (await import("./init/init-command.js")).initCommand(given),
  },
  {
    name: "report",
    describe: "compares, joins and converts the reports of runs, also of one that was killed",
    commands: reportCommands,
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
    run: async (given) => (await import("./list/list-command.js")).listCommand(given),
  },
  {
    name: "explain",
    argument: { name: "check", describe: "the id of a check", required: true, names: "check" },
    describe: "says what a check sends and expects, why, and how to fix what it finds",
    options: explainOptions,
    examples: [["explain acknowledgement/acknowledges-with-2xx", "the most basic one"]],
    exits: { passed: "the check was explained", failed: "does not occur" },
    run: async (given) => (await import("./list/explain-command.js")).explainCommand(given),
  },
  {
    name: "send",
    argument: {
      name: "url",
      describe: "the callback URL, https:// or http://; a config file may hold it",
      required: false,
    },
    describe: `sends one documented callback, up to ${attempts} attempts in ${minutes} minutes`,
    options: sendOptions,
    examples: [
      ["send https://hooks.example.com/scriptix", "waits between attempts as documented"],
      ["send http://localhost:3000/hook --skip-waits", "lets the waits pass in no time"],
    ],
    exits: { passed: "the callback was acknowledged", failed: "it was abandoned after the last attempt" },
    run: async (given) => (await import("./send/send-command.js")).sendCommand(given),
  },
  {
    name: "doctor",
    argument: { name: "url", describe: "the callback URL; a config file may hold it", required: false },
    describe: "says what stands between the service and an endpoint: DNS, addresses, connection, TLS, redirect, answer",
    options: doctorOptions,
    examples: [
      ["doctor https://hooks.example.com/scriptix", "sends one documented callback, twice at most"],
      ["doctor http://localhost:3000/hook --local", "without the rules on callback URLs"],
    ],
    exits: {
      passed: "nothing stands in the way",
      failed: "something does",
      inconclusive: "something could not be looked at",
    },
    run: async (given) => (await import("./doctor/doctor-command.js")).doctorCommand(given),
  },
  {
    name: "repro",
    argument: {
      name: "scenario",
      describe: "a named one, a script such as 503,timeout,lost-ack,200, or a file; without one, every named one",
      required: false,
      names: "scenario",
    },
    describe: `plays a retry edge case, ${minutes} minutes in no time`,
    options: reproOptions,
    examples: [
      ["repro '503,timeout,reset,lost-ack,200'", "on the embedded receiver, which does as it is told"],
      ["repro lost-acknowledgement --app ./app.js", "on your own handler, in-process, on the scenario's clock"],
      [
        `repro quick-duplicates --exec 'node server.js' --time-travel${more}--url http://127.0.0.1:3000/hook${more}--probe-url 'http://127.0.0.1:3000/processed/{sessionId}'`,
        "on a process whose clock moves along",
      ],
      ["repro flapping --url https://staging.example.com/hook", "on one that runs"],
      ["repro --list", "names the scenarios"],
    ],
    glossary: {
      title: "Words of a script, one an attempt, with commas between (beyond the last one attempts pass)",
      words: words.map(({ written, meaning }) => [written, meaning]),
    },
    exits: {
      passed: "the receiver did as the scenario expects",
      failed: "it did not",
      inconclusive: "a probe was declared, and failed",
    },
    run: async (given) => (await import("./repro/repro-command.js")).reproCommand(given),
  },
  {
    name: "receiver",
    describe: "starts a receiver to play with: the reference one, a scripted or a faulty one",
    options: receiverOptions,
    examples: [
      ["receiver --port 3000 -H 'X-Api-Key: ${API_KEY}'", "the reference receiver"],
      ["receiver --script 503,timeout,200", "fails twice, then acknowledges"],
      ["receiver --port 3000 --capture captures", "keeps each callback as a file, behind a tunnel say"],
      ["receiver --list", "names the faulty receivers"],
    ],
    exits: {
      passed: "it was stopped: SIGINT (Ctrl-C), SIGQUIT, SIGTERM and SIGHUP are how it ends",
      failed: "does not occur",
    },
    run: async (given) => (await import("./receiver/receiver-command.js")).receiverCommand(given),
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
        `$ curl -H 'Authorization: my-token'${more}http://127.0.0.1:4000${batchResults.path}`,
        "fetches the results, by the session id that the start has answered with",
      ],
      [
        `$ curl http://127.0.0.1:4000/_mock/faults -H 'Content-Type: application/json'${more}-d '{"kind": "unavailable", "times": 2}'`,
        "answers the next two requests for results with 503",
      ],
      [
        `$ curl -X POST http://127.0.0.1:4000/_mock/session/s1/documents${more}-H 'Authorization: my-token'`,
        "creates a document, and calls the webhooks that POST /_mock/customer/{customer}/webhooks has registered",
      ],
      ["api --token '${TOKEN}' --complete-after none --skip-waits", "lets one token in, and retries in no time"],
    ],
    exits: {
      passed: "it was stopped: SIGINT (Ctrl-C), SIGQUIT, SIGTERM and SIGHUP are how it ends",
      failed: "does not occur",
    },
    run: async (given) => (await import("./api/api-command.js")).apiCommand(given),
  },
  {
    name: "completion",
    argument: { name: "shell", describe: "bash, zsh or fish; without it, the one in SHELL", required: false },
    describe: "prints a script that completes commands, options and their values",
    options: {},
    examples: [
      ["completion bash >> ~/.bashrc", "installs it in bash"],
      ["completion zsh >> ~/.zshrc", "installs it in zsh"],
      ["completion fish >> ~/.config/fish/config.fish", "installs it in fish"],
    ],
    exits: { passed: "the script was printed", failed: "does not occur" },
    run: async (given) => (await import("./completion-command.js")).completionCommand(given),
  },
];
