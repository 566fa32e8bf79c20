import type * as Ajv from "ajv";
import { createRequire } from "node:module";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import type { Path, ScenarioSource } from "./scenario-source.js";
import { quoted } from "./tokens.js";

const require = createRequire(import.meta.url);

/** `503,timeout,pass`, or a list of such words, where a status may be a number. */
export type WrittenAttempts = string | number | readonly (string | number)[];

export interface WrittenExpectation {
  readonly outcome?: "acknowledged" | "abandoned";
  readonly attempts?: number;
  readonly processed?: 0 | 1;
}

export interface WrittenDelivery {
  /** After the scenario's start: `30s`, or seconds. */
  readonly startsAt?: string | number;
  readonly attempts: WrittenAttempts;
  /** How many sessions do the same. */
  readonly times?: number;
  readonly expect?: WrittenExpectation;
}

/** A scenario as a file has it; `fixtures/scenarios/scenario.schema.json` says the same. */
export interface WrittenScenario {
  readonly name?: string;
  readonly title?: string;
  readonly incident?: string;
  readonly attempts?: WrittenAttempts;
  readonly deliveries?: readonly WrittenDelivery[];
  readonly expect?: WrittenExpectation;
}

type Schema = Record<string, unknown> & { readonly title?: string; readonly properties?: object };

/**
 * Checks what a file says against the schema. What is wrong with the words of a script is left to who reads them.
 * @throws UsageError `ERR_SCENARIO` that names the file, the line and the key, what was expected and what came.
 */
export function assertScenario(source: ScenarioSource, schema: object): WrittenScenario {
  const ajv = require("ajv") as typeof Ajv;
  const validate = new ajv.Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(schema);
  validate(source.value);
  const errors = (validate.errors ?? []).filter(
    (each) => !isAboutWords(each) && !each.schemaPath.startsWith("#/oneOf/"),
  );
  // A key that is missing may be one that is misspelt.
  const error = errors.find(({ keyword }) => keyword !== "oneOf") ?? errors[0];
  if (error !== undefined) throw unusable(error, source);
  return source.value as WrittenScenario;
}

const isAboutWords = ({ instancePath, keyword }: Ajv.ErrorObject): boolean =>
  /(^|\/deliveries\/\d+)\/attempts(\/\d+)?$/.test(instancePath) && keyword !== "type" && keyword !== "minItems";

function unusable(error: Ajv.ErrorObject, source: ScenarioSource): UsageError {
  const path = pathOf(error.instancePath, source.value);
  const told = (where: string, what: string): UsageError => new UsageError("ERR_SCENARIO", `${where}: ${what}`);
  const { title = "something else", properties = {} } = error.parentSchema as Schema;
  const params = error.params as { readonly additionalProperty?: string; readonly missingProperty?: string };
  switch (error.keyword) {
    case "additionalProperties": {
      const { additionalProperty: key = "" } = params;
      const keys = Object.keys(properties);
      return told(
        source.whereKey(path, key),
        `expected one of the keys ${keys.join(", ")}, got ${quoted(key)}${suggestion(key, keys)}`,
      );
    }
    case "required":
      return told(source.where(path), `expected the key ${params.missingProperty} in it, got none`);
    case "oneOf":
      return told(
        source.where(path),
        `expected either the key attempts or the key deliveries, got ${hasBoth(source.value) ? "both" : "neither"}`,
      );
    default:
      return told(source.where(path), `expected ${title}, got ${kindOf(error.data)}`);
  }
}

const hasBoth = (value: unknown): boolean => Object.hasOwn(value as object, "attempts");

/** A JSON pointer, with numbers where it passes through lists. */
function pathOf(pointer: string, value: unknown): Path {
  let inner = value;
  const steps = pointer === "" ? [] : pointer.slice(1).split("/");
  return steps.map((escaped) => {
    const step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const key = Array.isArray(inner) ? Number(step) : step;
    inner = (inner as Record<string | number, unknown>)[key];
    return key;
  });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value === "") return "an empty text";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}
