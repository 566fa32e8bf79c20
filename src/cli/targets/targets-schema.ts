import { configSchema } from "../config-schema.js";
import type { OptionTable } from "../option.js";
import { runOptions } from "../run/run-options.js";

/** What holds for all receivers of a run, and so cannot be said of one. */
const ofTheWholeRun = new Set([
  "embedded",
  "targets",
  "targets-at-once",
  "shard",
  "report",
  "out",
  "json",
  "quiet",
  "dry-run",
  "github",
  "update-known-failures",
  "only-failed",
]);

/** The options of `run` that a receiver can have of its own. */
export const optionsOfOneTarget: OptionTable = Object.fromEntries(
  Object.entries(runOptions).filter(([name]) => !ofTheWholeRun.has(name)),
);

/** Also the name of its directory, on whatever file system. */
const namePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$";

/** The JSON Schema of one entry of a file of targets. */
function targetSchema(): object {
  const { properties, ...rest } = configSchema(optionsOfOneTarget) as { readonly properties: object };
  const name = {
    title: "letters, digits, dots, dashes and underscores, a letter or digit first, 100 at most",
    type: "string",
    pattern: namePattern,
    description: "what it is called, also in the file system",
  };
  return {
    title: "an object with name and url",
    ...rest,
    required: ["name", "url"],
    properties: { name, ...properties },
  };
}

/** The JSON Schema of a file of targets. Of draft 7, which every editor knows. */
export function targetsSchema() {
  const list = {
    title: "a list of receivers, each with name and url",
    type: "array",
    minItems: 1,
    items: { $ref: "#/definitions/target" },
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "webhook-conformance targets",
    description: "Receivers for one run: a list, or an object with the list in it. YAML or JSON.",
    anyOf: [
      list,
      {
        type: "object",
        additionalProperties: false,
        required: ["targets"],
        properties: { $schema: { type: "string" }, targets: list },
      },
    ],
    definitions: { target: targetSchema() },
  };
}
