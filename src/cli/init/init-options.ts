import { defaults } from "../../defaults.js";
import type { OptionTable } from "../option.js";
import { contractOptions } from "../contract-option.js";
import { runOptions } from "../run/run-options.js";

/** Where the job is to run; `none` leaves it to the user. */
export const hosts = ["github", "gitlab", "none"] as const;

export type Host = (typeof hosts)[number];

export const initOptions = {
  url: { kind: "text", describe: "the callback URL, of staging or of the receiver that --start starts" },
  start: {
    kind: "text",
    describe: "shell command by which the job starts the receiver; --url is then on localhost",
  },
  install: {
    kind: "text",
    defaultText: "what the lock files there ask for",
    describe: "shell command that installs what the receiver needs before it is started",
  },
  header: {
    kind: "list",
    alias: "H",
    describe: "a header configured with the webhook, as 'Name: ${NAME}' with the name of a secret of the CI",
  },
  contract: {
    kind: "list",
    commas: true,
    choices: contractOptions.contract.choices,
    default: [defaults.contract.id],
    describe: `the callbacks that the receiver meets, one or several: ${contractOptions.contract.choices.join(", ")}`,
  },
  secret: {
    kind: "text",
    describe: "what requests are signed with, as '${NAME}' with the name of a secret of the CI; for --contract signed",
  },
  ci: {
    kind: "choice",
    choices: hosts,
    defaultText: "where the repository is, else github",
    describe: "whose job to write: github (Actions), gitlab (CI) or none",
  },
  "fail-on": {
    kind: "choice",
    choices: runOptions["fail-on"].choices,
    default: defaults.run.failOn,
    describe: runOptions["fail-on"].describe,
  },
  dir: { kind: "text", path: true, default: defaults.init.dir, describe: "root of the repository to write to" },
} as const satisfies OptionTable;
