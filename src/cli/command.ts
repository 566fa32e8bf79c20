import type { Argv } from "yargs";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { helpEnding, type Example, type Exits } from "./help-ending.js";
import type { OptionSpec, OptionTable, RawValues } from "./option.js";

/** What the user gave to one command, not yet read. */
export interface Given {
  /** The argument beside the options; undefined where there is none. */
  readonly argument: string | undefined;
  readonly options: RawValues;
}

/** One command as data; its code is loaded when it is called for. */
export interface Command {
  readonly name: string;
  /** It is meant where no command is named. */
  readonly isDefault?: true;
  readonly argument?: { readonly name: string; readonly describe: string; readonly required: boolean };
  readonly describe: string;
  readonly options: OptionTable;
  readonly examples: readonly Example[];
  readonly exits: Exits;
  /** @returns the exit code. */
  run(given: Given): Promise<number>;
}

/** Makes a command known to yargs; its exit code goes to `ended`. */
export function register(parser: Argv, command: Command, all: readonly Command[], ended: (code: number) => void): void {
  const { argument } = command;
  const brackets = argument?.required === true ? `<${argument.name}>` : `[${argument?.name}]`;
  const name = argument === undefined ? command.name : `${command.name} ${brackets}`;
  parser.command({
    command: command.isDefault === true ? [name, "$0"] : name,
    describe: command.describe,
    builder(yargs: Argv) {
      if (argument !== undefined) yargs.positional(argument.name, { type: "string", describe: argument.describe });
      for (const [option, spec] of Object.entries(command.options)) yargs.option(option, yargsOption(spec));
      return yargs.epilogue(helpEnding(command.examples, command.exits));
    },
    async handler(argv) {
      const named = argv._[0] === command.name;
      const value: unknown = argument && argv[argument.name];
      const text = typeof value === "string" ? value : undefined;
      if (!named && text !== undefined) assertNoMistypedCommand(text, all);
      assertNothingUnknown(command, argv, argv._.slice(named ? 1 : 0).map(String), all);
      const options = Object.fromEntries(Object.keys(command.options).map((option) => [option, argv[option]]));
      ended(await command.run({ argument: text, options }));
    },
  });
}

function yargsOption(spec: OptionSpec) {
  const { describe, alias, group } = spec;
  const fallback = spec.defaultText ?? (spec.kind === "flag" ? undefined : spec.default?.toString());
  return {
    describe,
    // Text, whatever it looks like: `readOptions` reads it, on the command line as in a config file.
    ...(spec.kind === "flag" ? { type: "boolean" as const } : { nargs: 1 }),
    ...(alias !== undefined && { alias }),
    ...(group !== undefined && { group }),
    ...(fallback !== undefined && { defaultDescription: fallback }),
  };
}

/** A single word where a URL is expected is a command that does not exist. */
function assertNoMistypedCommand(text: string, all: readonly Command[]): void {
  if (!/^[a-z][\w-]*$/i.test(text)) return;
  const names = all.map(({ name }) => name);
  const expected = `expected a command (${names.join(", ")}) or an absolute URL, got "${text}"`;
  throw new UsageError("ERR_COMMAND", `${expected}${suggestion(text, names)}`);
}

function assertNothingUnknown(
  { name, options, argument }: Command,
  argv: Readonly<Record<string, unknown>>,
  rest: readonly string[],
  all: readonly Command[],
): void {
  const aliases = Object.values(options).flatMap(({ alias }) => alias ?? []);
  const known = new Set([...Object.keys(options), ...aliases, argument?.name, "_", "$0", "help", "h", "version"]);
  const unknown = Object.keys(argv).find((key) => !known.has(key));
  if (unknown !== undefined) {
    // What follows may be a value that must not be shown.
    const shown = /^[\w-]*/.exec(unknown)?.[0] ?? "";
    const names = [...Object.keys(options), "help", "version"];
    const others = all.filter((other) => shown in other.options).map((other) => other.name);
    const near = others.length > 0 ? `; it belongs to ${others.join(", ")}` : suggestion(shown, names, "--");
    throw new UsageError("ERR_OPTION", `${name}: unknown option ${shown.length > 1 ? "--" : "-"}${shown}${near}`);
  }
  if (rest.length > 0) {
    const most = argument === undefined ? "no argument" : `one argument, the ${argument.name}`;
    throw new UsageError("ERR_ARGUMENT", `${name}: expected ${most}, got ${rest.length} more; see ${name} --help`);
  }
}
