import { UsageError } from "../errors.js";
import type { Header } from "../sender/attempt.js";

/**
 * Reads headers as curl takes them: `Name: value`, and `Name;` for an empty value. `${NAME}` in a value is read from
 * the environment, so that no secret stands in a shell's history or a config file.
 * @throws UsageError `ERR_HEADER`; its message holds no value.
 */
export function parseHeaders(texts: readonly string[], environment: NodeJS.ProcessEnv): readonly Header[] {
  return texts.map((text) => parseHeader(text, environment));
}

function parseHeader(text: string, environment: NodeJS.ProcessEnv): Header {
  const empty = /^([^:;\s]+);\s*$/.exec(text)?.[1];
  if (empty !== undefined) return [empty, ""];
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(colon, 0)).trim();
  if (name === "") throw unusable("--header: expected 'Name: value', got one without a name and a colon after it");
  const value = text.slice(colon + 1).trim();
  if (value === "") throw unusable(`--header ${name}: expected a value, got none; '${name};' sends an empty one`);
  return [
    name,
    value.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => fromEnvironment(name, variable, environment)),
  ];
}

function fromEnvironment(header: string, variable: string, environment: NodeJS.ProcessEnv): string {
  const value = environment[variable]?.trim();
  if (value !== undefined && value !== "") return value;
  const state = value === undefined ? "is not set" : "is empty";
  throw unusable(`--header ${header}: expected a value in the environment variable ${variable}, which ${state}`);
}

function unusable(message: string): UsageError {
  return new UsageError("ERR_HEADER", message);
}
