import { dirname, resolve } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { configFileSchema } from "./config-schema.js";
import { expectedOf, type OptionSpec, type OptionTable, type RawValues } from "./option.js";
import { parseJson, readTextFile } from "./read-file.js";

/**
 * Reads options from a JSON file, by their long names; `url` is the callback URL. Paths in it are relative to it.
 * @throws UsageError `ERR_CONFIG` that names the key, what was expected and what came; no value that may be secret.
 */
export function readConfigFile(file: string, options: OptionTable): RawValues {
  const config = parseJson("config", file, readTextFile("config", file));
  assertConfig(file, config, options);
  const { $schema: _forEditors, ...given } = config;
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const isPath = options[key]?.path === true && typeof value === "string";
      return [key, isPath ? resolve(dirname(file), value) : value];
    }),
  );
}

/** @throws UsageError `ERR_CONFIG` as above. */
export function assertConfig(file: string, config: unknown, options: OptionTable): asserts config is RawValues {
  const validate = new Ajv({ allowUnionTypes: true }).compile<RawValues>(configFileSchema(options));
  if (!validate(config)) throw unusable(file, config, validate.errors?.[0], options);
}

function unusable(file: string, config: unknown, error: ErrorObject | undefined, options: OptionTable): UsageError {
  const { instancePath = "", keyword = "", params = {} } = error ?? {};
  const [, key = ""] = instancePath.split("/");
  const told = (what: string): UsageError => new UsageError("ERR_CONFIG", `--config ${file}: ${what}`);
  if (keyword === "additionalProperties") {
    const unknown = String((params as { additionalProperty?: string }).additionalProperty);
    return told(`unknown key "${unknown}"${suggestion(unknown, ["url", ...Object.keys(options)])}`);
  }
  const spec = options[key];
  if (key === "") return told(`expected a JSON object of options, got ${kindOf(config)}`);
  const expected = spec === undefined ? "a URL" : expectedOf(spec);
  const list = spec?.kind === "list" ? ", or a list of such" : "";
  return told(`"${key}": expected ${expected}${list}, got ${got((config as RawValues)[key], spec)}`);
}

/** What is free text may be a secret; a word that is none of the choices is not. */
function got(value: unknown, spec: OptionSpec | undefined): string {
  const choices = spec !== undefined && "choices" in spec ? spec.choices : undefined;
  const words = [value].flat().flatMap((word) => (typeof word === "string" ? word.split(",") : []));
  const wrong = words.map((word) => word.trim()).find((word) => choices?.includes(word) === false);
  if (choices !== undefined && wrong !== undefined) return `${JSON.stringify(wrong)}${suggestion(wrong, choices)}`;
  if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
  const isFree = spec === undefined || spec.kind === "text" || spec.kind === "list";
  return typeof value === "string" && !isFree ? JSON.stringify(value) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === "") return "an empty text";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list with something else in it";
  return (
    { string: "a text", number: "a number", boolean: "true or false", object: "an object" }[typeof value as string] ??
    ""
  );
}
