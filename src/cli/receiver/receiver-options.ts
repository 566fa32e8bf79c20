import { receiverWords } from "../../lab/words.js";
import { listenOptions } from "../listen-options.js";
import type { OptionTable } from "../option.js";
import { contractOptions } from "../contract-option.js";

export const receiverOptions = {
  script: {
    kind: "list",
    commas: true,
    describe: `meets one attempt after the other so: ${receiverWords.map(({ written }) => written).join(", ")}; the last one stays`,
  },
  faulty: { kind: "text", names: "faulty-receiver", describe: "starts the faulty receiver of this name" },
  hostile: {
    kind: "text",
    names: "hostile-server",
    describe: "starts the server of this name that breaks HTTP itself, or the connection",
  },
  list: {
    kind: "flag",
    describe: "lists the faulty receivers; beside --hostile NAME, whatever it is, the hostile servers",
  },
  ...listenOptions,
  header: {
    kind: "list",
    alias: "H",
    describe: "a header to require, as 'Name: value'; ${NAME} inside is read from the environment",
  },
  capture: {
    kind: "text",
    path: true,
    describe: "directory for a file of each callback that comes, without its secrets; run --callback sends it again",
  },
  contract: contractOptions.contract,
  method: contractOptions.method,
  secret: {
    ...contractOptions.secret,
    describe: `what requests have to be signed with, as '\${NAME}'; for --contract signed`,
  },
  https: { kind: "flag", describe: "speaks TLS, with a certificate made on the fly; needs --ca-out" },
  "ca-out": { kind: "text", path: true, describe: "file for the certificate of the CA that vouches for it" },
} as const satisfies OptionTable;
