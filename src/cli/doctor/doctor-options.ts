import type { OptionTable } from "../option.js";
import { configOption } from "../request.js";
import { reachOptions } from "../target-options.js";

export const doctorOptions = {
  ...reachOptions,
  ...configOption,
  json: { kind: "flag", describe: "prints the findings as JSON" },
} as const satisfies OptionTable;
