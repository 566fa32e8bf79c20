import type { Redactor } from "../report/redact.js";
import { variableFor, word } from "../report/shell-word.js";
import { harness } from "../package-facts.js";
import type { OptionTable, RawValues } from "./option.js";

/** What was given to a command, as it was given. */
export interface Asked {
  readonly argument: string | undefined;
  /** By their long names; those that were not given are undefined. */
  readonly options: RawValues;
}

/**
 * The line that asks a command for the same again, for a POSIX shell. Secrets are out of it: a value that is read from
 * the environment stays as it was given, another one that may be a secret is read from a variable in its place.
 */
export function commandLine(
  command: string,
  { argument, options }: Asked,
  table: OptionTable,
  redactor: Redactor,
): string {
  const words = Object.entries(options).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => optionWords(name, one, table, redactor)),
  );
  const url = argument === undefined ? [] : [word([shown(argument, redactor)])];
  return [harness.name, command, ...url, ...words].join(" ");
}

function optionWords(name: string, value: unknown, table: OptionTable, redactor: Redactor): readonly string[] {
  if (typeof value === "boolean") return value ? [`--${name}`] : [`--no-${name}`];
  const text = String(value);
  if (name === "header") return ["-H", word([withoutValue(text, redactor)])];
  if (table[name]?.readsVariables === true && !text.includes("${")) return [`--${name}`, `'\${${variableFor(name)}}'`];
  return [`--${name}`, word([shown(text, redactor)])];
}

/** The value of a header may be a secret unless it is told to be none; as it was given, where the environment has it. */
function withoutValue(text: string, redactor: Redactor): string {
  const [, name = "", value = ""] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (name === "" || value.includes("${")) return text;
  const isSecret = redactor.redactHeaders([[name.trim(), value.trim()]])[0]?.[1] !== value.trim();
  return isSecret ? `${name}: \${${variableFor(name)}}` : text;
}

const shown = (text: string, redactor: Redactor): string =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? redactor.redactUrl(text) : redactor.redactText(text);
