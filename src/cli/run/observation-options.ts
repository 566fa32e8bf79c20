import { defaults } from "../../defaults.js";
import { durationText } from "../../input/duration.js";
import type { OptionTable } from "../option.js";

const effects = "How to see what the receiver does with a session:";
const amounts = "How much is sent:";

/** What `run` can be told so that more can be checked, and how much load and fuzz send. */
export const observationOptions = {
  "probe-url": {
    kind: "text",
    group: effects,
    describe:
      "asked how often a session was processed, as https://…/{sessionId}; it answers an integer, or JSON with an integer processed",
  },
  "probe-command": {
    kind: "text",
    isShellLine: true,
    group: effects,
    describe:
      "shell command that prints the same; {sessionId} in it becomes the quoted id, which SESSION_ID in its environment holds too",
  },
  settle: {
    kind: "duration",
    default: durationText(defaults.run.settleMs),
    group: effects,
    describe: "how long an effect may take to show, at most",
  },
  "results-api": {
    kind: "text",
    group: effects,
    describe: `[HOST:]PORT of a results API to start, which the receiver is configured to fetch from; HOST is ${defaults.listen.host} unless given`,
  },
  "results-url": {
    kind: "text",
    group: effects,
    defaultText: "where it listens",
    describe: "base URL of that API as the receiver sees it",
  },
  "results-token": {
    kind: "text",
    readsVariables: true,
    group: effects,
    describe: "the token that the receiver fetches results with; ${NAME} inside is read from the environment",
  },
  "fuzz-cases": {
    kind: "count",
    min: 1,
    max: 1_000_000,
    default: defaults.run.fuzzCases,
    group: amounts,
    describe: "of each check in the suite fuzz, at most",
  },
  rate: { kind: "rate", group: amounts, describe: "callbacks a second of load/sustains-a-rate, which needs it" },
  duration: {
    kind: "duration",
    defaultText: durationText(defaults.run.durationMs),
    group: amounts,
    describe: "of that steady rate",
  },
} as const satisfies OptionTable;
