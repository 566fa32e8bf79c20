import { UsageError } from "../errors.js";
import type { Header } from "../sender/attempt.js";
import { withEnvironment } from "./environment-value.js";

/**
 * Reads headers as curl takes them: `Name: value`, and `Name;` for an empty value.
 * @param environment that `${NAME}` in a value is read from; null where that was done.
 * @throws UsageError `ERR_HEADER`, or `ERR_ENVIRONMENT`; its message holds no value.
 */
export function parseHeaders(texts: readonly string[], environment: NodeJS.ProcessEnv | null): readonly Header[] {
  return texts.map((text) => parseHeader(text, environment));
}

function parseHeader(text: string, environment: NodeJS.ProcessEnv | null): Header {
  const empty = /^([^:;\s]+);\s*$/.exec(text)?.[1];
  if (empty !== undefined) return [empty, ""];
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(colon, 0)).trim();
  if (name === "") throw unusable("--header: expected 'Name: value', got one without a name and a colon after it");
  const value = text.slice(colon + 1).trim();
  if (value === "") throw unusable(`--header ${name}: expected a value, got none; '${name};' sends an empty one`);
  return [name, environment === null ? value : withEnvironment(`--header ${name}`, value, environment)];
}

function unusable(message: string): UsageError {
  return new UsageError("ERR_HEADER", message);
}
