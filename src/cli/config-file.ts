import { dirname, resolve } from "node:path";
import { documentOf, readDocument, type UserDocument } from "../input/document.js";
import { assertSchema } from "../input/schema-mistakes.js";
import { configFileSchema } from "./config-schema.js";
import { withVariables } from "./environment-value.js";
import { keepTold } from "./kept-secrets.js";
import type { OptionTable, RawValues } from "./option.js";

const kind = { code: "ERR_CONFIG", expected: "an object of options, such as url" };

/**
 * Reads options from a JSON or YAML file, by their long names; `url` is the callback URL. Paths in it are relative to
 * it, and `${NAME}` in a text is read from the environment.
 * @param title what a message calls it.
 * @param isTaken of the other options no notice is taken, whatever variables they name.
 * @throws UsageError `ERR_CONFIG` that names the line and the key, what was expected and what came; no value that may
 *   be secret.
 */
export function readConfigFile(
  { file, title }: { readonly file: string; readonly title: string },
  options: OptionTable,
  environment: NodeJS.ProcessEnv,
  isTaken: (name: string) => boolean = () => true,
): RawValues {
  const document = readDocument(kind, title, file);
  if (isObject(document.value)) keepTold(options, document.value, environment);
  const given = Object.entries(assertOptions(document, options));
  const taken = Object.fromEntries(given.filter(([name]) => name !== "$schema" && isTaken(name)));
  const values = withVariables(taken, options, environment, (key, what) => document.wrong([key], what));
  return withAbsolutePaths(values, options, file);
}

/** @throws UsageError `ERR_CONFIG` as above. */
export function assertConfig(file: string, config: unknown, options: OptionTable): void {
  assertOptions(documentOf(kind, `--config ${file}`, file, JSON.stringify(config, null, 2)), options);
}

const assertOptions = (document: UserDocument, options: OptionTable): RawValues =>
  assertSchema(document, configFileSchema(options)) as RawValues;

export const isObject = (value: unknown): value is RawValues =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Paths that stand in a file are relative to it. */
export function withAbsolutePaths(values: RawValues, options: OptionTable, file: string): RawValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const isPath = options[key]?.path === true && typeof value === "string";
      return [key, isPath ? resolve(dirname(file), value) : value];
    }),
  );
}
