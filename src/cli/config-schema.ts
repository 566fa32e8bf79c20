import { durationPattern } from "../input/duration.js";
import type { OptionSpec, OptionTable } from "./option.js";

/** The JSON Schema of a config file that holds these options, and the callback URL. */
export function configSchema(options: OptionTable): object {
  return {
    type: "object",
    additionalProperties: false,
    properties: {
      url: { type: "string", minLength: 1, description: "the callback URL" },
      ...Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, propertyOf(spec)])),
    },
  };
}

function propertyOf(spec: OptionSpec): object {
  const described = { description: spec.describe, ...("default" in spec && { default: spec.default }) };
  switch (spec.kind) {
    case "flag":
      return { ...described, type: "boolean" };
    case "text":
      return { ...described, type: "string", minLength: 1 };
    case "choice":
      return { ...described, enum: spec.choices };
    case "list": {
      const items = spec.choices === undefined ? { type: "string", minLength: 1 } : { enum: spec.choices };
      return { ...described, type: ["array", "string"], minItems: 1, minLength: 1, items };
    }
    case "count":
      return { ...described, type: "integer", minimum: spec.min, maximum: spec.max };
    case "rate":
      return { ...described, type: "number", exclusiveMinimum: 0 };
    case "duration":
      return { ...described, type: ["string", "number"], pattern: durationPattern, exclusiveMinimum: 0 };
  }
}
