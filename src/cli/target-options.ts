import { contractOptions } from "./contract-option.js";
import type { OptionTable } from "./option.js";

const group = "How to reach the receiver:";

/** How connections are made. */
export const networkOptions = {
  ca: { kind: "text", path: true, group, describe: "PEM file of certificates to trust beside the well-known ones" },
  "connect-to": {
    kind: "list",
    group,
    describe: "HOST1:PORT1:HOST2:PORT2, connects to the second pair in place of the first, as curl does",
  },
  proxy: { kind: "text", group, describe: "URL of an HTTP proxy; those in the environment are ignored" },
} as const satisfies OptionTable;

/** What every command has to know that sends callbacks. */
export const targetOptions = {
  ...contractOptions,
  header: {
    kind: "list",
    alias: "H",
    readsVariables: true,
    group,
    describe: "a header configured with the webhook, as 'Name: value'; ${NAME} inside is read from the environment",
  },
  "credential-header": {
    kind: "list",
    commas: true,
    group,
    describe:
      "name of a -H header that is a credential, the others being no secrets, or none; all of them are unless this is given",
  },
  "credential-query": {
    kind: "list",
    commas: true,
    group,
    describe: "name of a parameter of the callback URL whose value is a secret, such as sig",
  },
  "credential-path": {
    kind: "list",
    readsVariables: true,
    group,
    describe: "a part of the callback URL's path that is a secret; ${NAME} inside is read from the environment",
  },
  ...networkOptions,
} as const satisfies OptionTable;

/** All that it takes to reach a receiver that is there, and to be let in. */
export const reachOptions = {
  ...targetOptions,
  local: {
    kind: "flag",
    group,
    describe: "the receiver is not at its production address: the rules on callback URLs do not apply",
  },
  callback: {
    kind: "text",
    path: true,
    group,
    describe: "file of a captured callback, from receiver --capture, to send in place of the documented one",
  },
  "session-ids": { kind: "text", path: true, group, describe: "file of session ids that the receiver knows" },
  "session-command": {
    kind: "text",
    isShellLine: true,
    group,
    describe: "shell command that prints such ids, one a line",
  },
} as const satisfies OptionTable;

/** The same for what sends a delivery more than one attempt of which may come to the receiver. */
export const deliveryOptions = {
  ...reachOptions,
  instance: {
    kind: "list",
    group,
    describe:
      "URL of one replica behind the callback URL, past the balancer; repeatable. Retries of one session are spread over them: in production they land on any pod",
  },
} as const satisfies OptionTable;
