import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { parseDurationMs } from "../input/duration.js";

/** What there are names of. */
export type Named = "suite" | "check" | "faulty-receiver" | "hostile-server" | "scenario";

interface Described {
  /** For the help, and for the schema of the config file. */
  readonly describe: string;
  readonly alias?: string;
  /** What a text looks like, in words. @default "a value" */
  readonly expected?: string;
  /** Heading in the help. */
  readonly group?: string;
  /** A file or directory; in a config file it is relative to that file. */
  readonly path?: true;
  /** `${NAME}` in it is read from the environment on the command line too, and not in a file alone. */
  readonly readsVariables?: true;
  /** A line for a shell, which reads variables itself. */
  readonly isShellLine?: true;
  /** A program of the user's, which runs in the environment of this process. */
  readonly isProgram?: true;
  /** A value is one of these names, or a glob over them; the shell and editors offer those that there are. */
  readonly names?: Named;
  /** Shown in the help where the value that holds depends on something else. */
  readonly defaultText?: string;
}

/** One option of the command line, which may stand in the config file too. */
export type OptionSpec = Described &
  (
    | { readonly kind: "flag" }
    | { readonly kind: "text"; readonly default?: string }
    | { readonly kind: "choice"; readonly choices: readonly string[]; readonly default?: string }
    /** Repeatable; with `commas` one value may hold several. */
    | {
        readonly kind: "list";
        readonly commas?: true;
        readonly choices?: readonly string[];
        readonly default?: readonly string[];
      }
    /** A whole number. */
    | { readonly kind: "count"; readonly min: number; readonly max: number; readonly default?: number }
    /** A number above zero. */
    | { readonly kind: "rate"; readonly default?: number }
    /** In milliseconds once read. */
    | { readonly kind: "duration"; readonly default?: string }
  );

export type OptionTable = Readonly<Record<string, OptionSpec>>;

type Single<S> = S extends { kind: "count" | "rate" | "duration" } ? number : string;

type OptionValue<S> = S extends { kind: "flag" }
  ? boolean
  : S extends { kind: "list" }
    ? readonly string[]
    : S extends { default: unknown }
      ? Single<S>
      : Single<S> | undefined;

export type OptionValues<T extends OptionTable> = { readonly [Name in keyof T]: OptionValue<T[Name]> };

/** Values as they came, by the long names of the options. */
export type RawValues = Readonly<Record<string, unknown>>;

/** @throws UsageError `ERR_OPTION` that names the option, what was expected and what came. */
export function readOptions<T extends OptionTable>(table: T, raw: RawValues): OptionValues<T> {
  const values = Object.entries(table).map(([name, spec]) => [name, readOption(name, spec, raw[name])]);
  return Object.fromEntries(values) as OptionValues<T>;
}

function readOption(name: string, spec: OptionSpec, raw: unknown): unknown {
  if (spec.kind === "flag") return lastOf(raw) === true;
  const given = raw ?? spec.default;
  if (given === undefined) return spec.kind === "list" ? [] : undefined;
  const values = [given].flat().map((value) => oneValue(name, value));
  if (spec.kind === "list") {
    const parts = spec.commas === true ? values.flatMap(splitAtCommas) : values;
    for (const part of parts) {
      if (part === "") throw unusable(name, expectedOf(spec), part);
      if (spec.choices !== undefined) assertChoice(name, spec.choices, part);
    }
    return parts;
  }
  // As most command lines have it, the last one counts: scripts append to what others wrote.
  const value = values.at(-1) ?? "";
  if (value.trim() === "") throw unusable(name, expectedOf(spec), value);
  return readSingle(name, spec, value);
}

function readSingle(name: string, spec: Exclude<OptionSpec, { kind: "flag" | "list" }>, value: string): unknown {
  switch (spec.kind) {
    case "text":
      return value;
    case "choice":
      assertChoice(name, spec.choices, value);
      return value;
    case "count": {
      const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= spec.min && number <= spec.max)) throw unusable(name, expectedOf(spec), value);
      return number;
    }
    case "rate": {
      const number = Number(value);
      if (!(number > 0 && number < Infinity)) throw unusable(name, expectedOf(spec), value);
      return number;
    }
    case "duration": {
      const ms = parseDurationMs(value);
      if (ms === null) throw unusable(name, expectedOf(spec), value);
      return ms;
    }
  }
}

/** What a value of this option looks like, in words. */
export function expectedOf(spec: OptionSpec): string {
  switch (spec.kind) {
    case "flag":
      return "true or false";
    case "text":
      return spec.expected ?? "a value";
    case "choice":
      return `one of ${spec.choices.join(", ")}`;
    case "list":
      return spec.choices === undefined ? "a value" : `one or more of ${spec.choices.join(", ")}`;
    case "count":
      return `a whole number from ${spec.min} to ${spec.max}`;
    case "rate":
      return "a number above zero";
    case "duration":
      return "a duration above zero such as 90s, 5m or 1h (without a unit it is seconds)";
  }
}

/** A comma within the braces of a glob stays. */
function splitAtCommas(value: string): readonly string[] {
  return value.split(/,(?![^{}]*\})/).map((part) => part.trim());
}

function assertChoice(name: string, choices: readonly string[], value: string): void {
  if (choices.includes(value)) return;
  const expected = `--${name}: expected ${choices.join(", ")}, got ${JSON.stringify(value)}`;
  throw new UsageError("ERR_OPTION", `${expected}${suggestion(value, choices)}`);
}

/** A value of an option that takes one is text, or a number out of a config file. */
function oneValue(name: string, value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new UsageError("ERR_OPTION", `--${name}: expected a value, got --no-${name}`);
}

function unusable(name: string, expected: string, value: string): UsageError {
  const got = value.trim() === "" ? "an empty one" : JSON.stringify(value);
  return new UsageError("ERR_OPTION", `--${name}: expected ${expected}, got ${value === "" ? "none" : got}`);
}

function lastOf(raw: unknown): unknown {
  return Array.isArray(raw) ? raw.at(-1) : raw;
}
