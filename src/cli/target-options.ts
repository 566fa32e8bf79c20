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

/** What `run` and `send` have to know to reach a receiver. */
export const targetOptions = {
  ...contractOptions,
  header: {
    kind: "list",
    readsVariables: true,
    alias: "H",
    group,
    describe: "a header configured with the webhook, as 'Name: value'; ${NAME} inside is read from the environment",
  },
  ...networkOptions,
} as const satisfies OptionTable;
