import type { About } from "../report/model.js";
import { durationPattern } from "../input/duration.js";
import { expectedOf, type Named, type OptionSpec, type OptionTable } from "./option.js";

/** The names there are; an editor offers them. */
export type OfferedNames = Readonly<Partial<Record<Named, readonly string[]>>>;

interface ObjectSchema {
  readonly type: "object";
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, object>>;
}

const aboutFields = {
  product: "name of the service that receives the callbacks",
  version: "its version",
  commit: "of its source, such as ${GITHUB_SHA}",
  contact: "whom to ask about it",
} as const satisfies Record<keyof About, string>;

/** The JSON Schema of an object that holds these options, and the callback URL. */
export function configSchema(options: OptionTable, offered: OfferedNames = {}): ObjectSchema {
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      url: { title: "a URL", type: "string", minLength: 1, description: "the callback URL" },
      about: {
        title: "an object with product, version, commit and contact, or some of them",
        description: "what the receiver is, for whoever signs the report",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(aboutFields).map(([name, description]) => [
            name,
            { title: "a text", type: "string", minLength: 1, description },
          ]),
        ),
      },
      ...Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, propertyOf(spec, offered)])),
    },
  };
}

/** The same of a file, which may name its schema. */
export function configFileSchema(options: OptionTable, offered: OfferedNames = {}): ObjectSchema {
  const { properties, ...object } = configSchema(options, offered);
  const schemaKey = {
    title: "the address of a schema",
    type: "string",
    description: "where the schema of this file is, for editors",
  };
  return { ...object, properties: { $schema: schemaKey, ...properties } };
}

/**
 * What `reports/config.schema.json` holds. Of draft 7, which every editor knows.
 * @internal
 */
export function publishedConfigSchema(options: OptionTable, offered: OfferedNames): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "webhook-conformance config file",
    description:
      "Options of `webhook-conformance run`, by their names: a file of this name is found by itself, any other by --config. Paths are relative to the file, and ${NAME} in a text is read from the environment.",
    ...configFileSchema(options, offered),
  };
}

function propertyOf(spec: OptionSpec, offered: OfferedNames): object {
  // The title says what is expected, to editors and in the sentence that refuses a value.
  const title = `${expectedOf(spec)}${spec.kind === "list" ? ", or a list of such" : ""}`;
  const described = { title, description: spec.describe, ...("default" in spec && { default: spec.default }) };
  const names = spec.names === undefined ? undefined : offered[spec.names];
  const examples = names !== undefined && { examples: names };
  switch (spec.kind) {
    case "flag":
      return { ...described, type: "boolean" };
    case "text":
      return { ...described, type: "string", minLength: 1, ...examples };
    case "choice":
      return { ...described, enum: spec.choices };
    case "list": {
      const list = { ...described, type: ["array", "string"], minItems: 1, minLength: 1 };
      if (spec.choices === undefined)
        return { ...list, items: { title: "a value", type: "string", minLength: 1, ...examples } };
      // As on the command line, one text may hold several.
      const one = String.raw`\s*(${spec.choices.join("|")})\s*`;
      return { ...list, pattern: `^${one}(,${one})*$`, items: { enum: spec.choices } };
    }
    case "count":
      return { ...described, type: "integer", minimum: spec.min, maximum: spec.max };
    case "rate":
      return { ...described, type: "number", exclusiveMinimum: 0 };
    case "duration":
      return { ...described, type: ["string", "number"], pattern: durationPattern, exclusiveMinimum: 0 };
  }
}
