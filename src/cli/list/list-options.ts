import type { OptionTable } from "../option.js";
import { selectionOptions } from "../run/selection-options.js";

export const listOptions = {
  ...selectionOptions,
  clauses: { kind: "flag", describe: "lists the documented clauses instead, each with what verifies it" },
  json: { kind: "flag", describe: "prints JSON" },
} as const satisfies OptionTable;
