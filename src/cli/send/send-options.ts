import type { RetryDelayFrom } from "../../contract/contract.js";
import { defaults } from "../../defaults.js";
import type { OptionTable, OptionValues } from "../option.js";
import { configOption } from "../request.js";
import { deliveryOptions } from "../target-options.js";

const delaysFrom: readonly RetryDelayFrom[] = ["attempt-start", "attempt-end"];

export const sendOptions = {
  ...deliveryOptions,
  ...configOption,
  "session-id": { kind: "text", defaultText: "a fresh one", describe: "of the session that the callback is about" },
  "skip-waits": { kind: "flag", describe: "lets the waits between attempts pass in no time" },
  "retry-delay-from": {
    kind: "choice",
    choices: delaysFrom,
    default: defaults.contract.retry.delayFrom,
    describe: `what a retry delay is counted from: ${delaysFrom.join(", ")}`,
  },
  json: { kind: "flag", describe: "prints the attempts as JSON at the end, in place of lines" },
} as const satisfies OptionTable;

export type SendValues = OptionValues<typeof sendOptions>;
