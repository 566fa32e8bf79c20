import { withFigures } from "../../contract/figures.js";
import { defaults } from "../../defaults.js";
import { durationText } from "../../input/duration.js";
import { scenarioFormatNames } from "../../lab/report/formats.js";
import type { OptionTable } from "../option.js";
import { targetOptions } from "../target-options.js";

const receiver = "Which receiver (the embedded one, unless one of these is given):";
const effects = "How to see what the receiver does with a session:";
const output = "What is written:";
const time = "How time passes (in no time, unless told otherwise):";

const { settleMs, settleWhereTimeIsFreeMs } = defaults.scenario;

export const reproOptions = {
  app: {
    isProgram: true,
    kind: "text",
    path: true,
    group: receiver,
    describe:
      "module of a handler to play on in-process, on the scenario's clock: Fastify, Express, Koa, Hono, a listener",
  },
  path: {
    kind: "text",
    group: receiver,
    defaultText: defaults.path,
    describe: "path of the callback within the app",
  },
  exec: {
    kind: "list",
    isShellLine: true,
    group: receiver,
    describe: "shell command that starts a receiver, which --url then reaches; given twice, a second instance as well",
  },
  url: {
    kind: "list",
    group: receiver,
    describe:
      "the callback URL of a receiver that runs, or of the one that --exec starts; given twice, of a second instance",
  },
  "start-timeout": {
    kind: "duration",
    default: durationText(defaults.scenario.startTimeoutMs),
    group: receiver,
    describe: "how long what --exec starts may take until it listens",
  },
  "time-travel": {
    kind: "flag",
    group: time,
    describe: "moves the clock of what --exec and --with start along with the schedule, by libfaketime",
  },
  with: {
    kind: "list",
    isShellLine: true,
    group: receiver,
    describe:
      "shell command that starts what the receiver needs (a database, a queue, a worker), ended with it; repeatable; --time-travel moves it along",
  },
  "advance-command": {
    kind: "text",
    isShellLine: true,
    group: time,
    describe:
      "shell command that moves whatever the receiver keeps time by, whenever a wait is skipped; {seconds} in it becomes the length of the jump, which ADVANCE_SECONDS in its environment holds too",
  },
  "real-time": {
    kind: "flag",
    group: time,
    describe: withFigures("waits as the schedule says, {span} at most", defaults.contract),
  },
  speed: { kind: "rate", group: time, describe: "lets so many seconds pass in one, such as 60" },
  "start-at": {
    kind: "text",
    group: time,
    defaultText: "now",
    describe: "the date at which an --app begins to live, such as 2025-01-01T00:00:00Z",
  },
  "probe-url": {
    kind: "text",
    group: effects,
    describe: "asked how often a session was processed, as https://…/{sessionId}; of an --app also a path in it",
  },
  "probe-command": {
    kind: "text",
    isShellLine: true,
    group: effects,
    describe: "shell command that prints the same; {sessionId} in it becomes the quoted id",
  },
  settle: {
    kind: "duration",
    group: effects,
    defaultText: `${durationText(settleWhereTimeIsFreeMs)} where that takes no time, else ${durationText(settleMs)}`,
    describe: "how long work may go on after the last attempt",
  },
  ...targetOptions,
  replay: { kind: "text", path: true, describe: "file of a captured callback to send in place of the documented one" },
  "session-id": { kind: "text", defaultText: "a fresh one", describe: "of the session that the callback is about" },
  seed: {
    kind: "text",
    defaultText: defaults.scenario.seed,
    describe: "what session ids are made from; given, they are the same each time",
  },
  watch: { kind: "flag", describe: "plays it again when the receiver's files change" },
  list: { kind: "flag", describe: "lists the named scenarios" },
  report: {
    kind: "list",
    commas: true,
    choices: scenarioFormatNames,
    group: output,
    describe: `writes what came of it as a file: ${scenarioFormatNames.join(", ")}`,
  },
  out: {
    kind: "text",
    path: true,
    default: defaults.output.out,
    group: output,
    describe: "directory that --report writes to",
  },
  open: { kind: "flag", group: output, describe: "shows the HTML report in the browser" },
  json: { kind: "flag", describe: "prints what came of it as JSON, in place of the timeline" },
} as const satisfies OptionTable;
