import { defaults } from "../defaults.js";
import type { OptionTable } from "./option.js";

/** Where the commands that start a server listen. */
export const listenOptions = {
  port: {
    kind: "count",
    min: 0,
    max: 65_535,
    default: defaults.listen.port,
    describe: "to listen on; 0 is any that is free",
  },
  host: { kind: "text", default: defaults.listen.host, describe: "address or name to listen on" },
} as const satisfies OptionTable;
