import type { OptionTable } from "../option.js";
import { runOptions } from "../run/run-options.js";
import { targetOptions } from "../target-options.js";

export const doctorOptions = {
  ...targetOptions,
  local: runOptions.local,
  "session-ids": runOptions["session-ids"],
  json: { kind: "flag", describe: "prints the findings as JSON" },
} as const satisfies OptionTable;
