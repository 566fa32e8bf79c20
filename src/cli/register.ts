import type { Argv } from "yargs";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { argumentsOf, type Argument, type Command, type CommandGroup } from "./command.js";
import { helpEnding } from "./help-ending.js";
import type { HelpDetail } from "./help-request.js";
import type { OptionSpec, RawValues } from "./option.js";

/**
 * Thrown by yargs' handler of a command, with what is to be run: after a handler that ends, yargs lays out the help of all
 * commands, which takes longer than the rest of a start.
 */
export class CommandCalled extends Error {
  /** Resolves to the exit code. */
  readonly run: () => Promise<number>;

  constructor(run: () => Promise<number>) {
    super("a command was called");
    this.run = run;
  }
}

/** What knows of all commands. */
export interface Registry {
  readonly all: readonly (Command | CommandGroup)[];
  /** What to show of itself, where help is asked for. */
  readonly detail: HelpDetail;
}

/** Makes a command, or a group of them, known to yargs. */
export function register(parser: Argv, entry: Command | CommandGroup, registry: Registry): void {
  if ("commands" in entry) registerGroup(parser, entry, registry);
  else registerCommand(parser, entry, [entry.name], registry);
}

function registerGroup(parser: Argv, { name, describe, commands }: CommandGroup, registry: Registry): void {
  parser.command({
    command: name,
    describe,
    builder(yargs: Argv) {
      for (const command of commands) registerCommand(yargs, command, [name, command.name], registry);
      return yargs;
    },
    handler(argv) {
      const [, word] = argv._.map(String);
      const names = commands.map((command) => command.name);
      const got = word === undefined ? "none" : `"${word}"${suggestion(word, names)}`;
      throw new UsageError("ERR_COMMAND", `${name}: expected a command (${names.join(", ")}), got ${got}`);
    },
  });
}

/** @param words the command as it is called, `report diff`. */
function registerCommand(parser: Argv, command: Command, words: readonly string[], registry: Registry): void {
  const { all } = registry;
  const expected = argumentsOf(command);
  const called = words.join(" ");
  const name = [command.name, ...expected.map(inBrackets)].join(" ");
  parser.command({
    command: command.isDefault === true ? [name, "$0"] : name,
    describe: command.describe,
    builder(yargs: Argv) {
      for (const { name: argument, describe } of expected) yargs.positional(argument, { type: "string", describe });
      const { everyday } = command;
      const isShort = registry.detail === "everyday" && everyday !== undefined;
      for (const [option, spec] of Object.entries(command.options)) {
        yargs.option(option, { ...yargsOption(spec), hidden: isShort && !everyday.includes(option) });
      }
      return yargs.epilogue(helpEnding(command, isShort ? `${called} --help all` : null));
    },
    handler(argv) {
      const named = words.every((word, index) => argv._[index] === word);
      const texts = expected
        .flatMap((argument) => argv[argument.name] ?? [])
        .filter((value) => typeof value === "string");
      const [first] = texts;
      if (!named && first !== undefined) assertNoMistypedCommand(first, all);
      assertNothingUnknown(command, called, argv, all);
      assertNothingLeft(expected, called, argv._.length - (named ? words.length : 0));
      const options = Object.fromEntries(Object.keys(command.options).map((option) => [option, argv[option]]));
      throw new CommandCalled(async () => {
        await keepSecretsOf(command, first, options);
        return command.run({ argument: first, arguments: texts, options });
      });
    },
  });
}

/** What finds secrets is loaded where something is told. */
async function keepSecretsOf(command: Command, argument: string | undefined, options: RawValues): Promise<void> {
  const told = [argument, ...Object.values(options)].flat();
  if (!told.some((value) => typeof value === "string")) return;
  const { keepTold } = await import("./kept-secrets.js");
  keepTold(command.options, { url: argument, ...options }, process.env);
}

function inBrackets({ name, required, repeats }: Argument): string {
  const inside = repeats === true ? `${name}..` : name;
  return required ? `<${inside}>` : `[${inside}]`;
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
function assertNoMistypedCommand(text: string, all: Registry["all"]): void {
  if (!/^[a-z][\w-]*$/i.test(text)) return;
  const names = all.map(({ name }) => name);
  // One that is like no command may be the value of a header that stands without quotes.
  const got = /^[a-z-]{1,16}$/i.test(text) ? `"${text}"` : "another word";
  const expected = `expected a command (${names.join(", ")}) or an absolute URL, got ${got}`;
  throw new UsageError("ERR_COMMAND", `${expected}${suggestion(text, names)}`);
}

function assertNothingUnknown(
  command: Command,
  called: string,
  argv: Readonly<Record<string, unknown>>,
  all: Registry["all"],
): void {
  const { options } = command;
  const aliases = Object.values(options).flatMap(({ alias }) => alias ?? []);
  const names = argumentsOf(command).map(({ name }) => name);
  const known = new Set([...Object.keys(options), ...aliases, ...names, "_", "$0", "help", "h", "version"]);
  const unknown = Object.keys(argv).find((key) => !known.has(key));
  if (unknown === undefined) return;
  // What follows may be a value that must not be shown.
  const shown = /^[\w-]*/.exec(unknown)?.[0] ?? "";
  const others = all
    .flatMap((entry) =>
      "commands" in entry
        ? entry.commands.map((own) => [`${entry.name} ${own.name}`, own] as const)
        : [[entry.name, entry] as const],
    )
    .filter(([, other]) => shown in other.options)
    .map(([name]) => name);
  const own = [...Object.keys(options), "help", "version"];
  const near = others.length > 0 ? `; it belongs to ${others.join(", ")}` : suggestion(shown, own, "--");
  throw new UsageError("ERR_OPTION", `${called}: unknown option ${shown.length > 1 ? "--" : "-"}${shown}${near}`);
}

function assertNothingLeft(expected: readonly Argument[], called: string, left: number): void {
  if (left <= 0) return;
  const [only] = expected;
  const most =
    only === undefined
      ? "no argument"
      : expected.length === 1
        ? `one argument, the ${only.name}`
        : `${expected.length} arguments, ${expected.map(({ name }) => name).join(" and ")}`;
  throw new UsageError("ERR_ARGUMENT", `${called}: expected ${most}, got ${left} more; see ${called} --help`);
}
