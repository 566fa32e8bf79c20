import { contractOptions } from "../contract-option.js";
import type { OptionTable } from "../option.js";
import { selectionOptions } from "../run/selection-options.js";

export const explainOptions = { contract: contractOptions.contract } as const satisfies OptionTable;

export const listOptions = {
  contract: contractOptions.contract,
  ...selectionOptions,
  clauses: { kind: "flag", describe: "lists the documented clauses instead, each with what verifies it" },
  json: { kind: "flag", describe: "prints JSON" },
} as const satisfies OptionTable;
