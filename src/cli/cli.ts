import { basename } from "node:path";
import yargs, { type Argv } from "yargs";
import { UsageError } from "../errors.js";
import { argumentsOf, commandCalled, type Command, type CommandGroup } from "./command.js";
import { commands } from "./commands.js";
import { completionFlag } from "./completion-scripts.js";
import { helpAsked, helpFacts } from "./help-request.js";
import { jsonText } from "../report/json-text.js";
import { exitCodes } from "../runner/verdict.js";
import { harness } from "../package-facts.js";
import { print, textWidth } from "./print.js";
import { CommandCalled, register } from "./register.js";

/** @returns the exit code. @throws UsageError for what cannot be understood. */
export async function cli(
  args: readonly string[],
  entries: readonly (Command | CommandGroup)[] = commands,
): Promise<number> {
  const [first, ...rest] = args;
  if (first === completionFlag) return complete(entries, rest);
  if (/^(version|--version|-v)$/i.test(first ?? "") && rest.length === 0) return tell(harness.version);
  const help = helpAsked(entries, args);
  if (help?.detail === "json") return tell(jsonText(helpFacts(entries, help.words)));
  assertFlagsAreBare(entries, args);
  const parser: Argv = yargs(help === null ? args.flatMap(separateHeader) : [...help.words, "--help"])
    .scriptName(harness.name)
    .locale("en")
    .parserConfiguration({
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    // Strictness is our own (`register`): yargs' is silent about what was meant, and has a URL for any command.
    .strict(false)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error === undefined || error.name === "YError"
        ? unusable(entries, args, error?.message ?? message ?? "")
        : error;
    })
    .help("help", "shows this; --help all shows every option, --help=json is for programs")
    .alias("help", "h")
    .version(harness.version)
    .wrap(textWidth());

  for (const entry of entries) register(parser, entry, { all: entries, detail: help?.detail ?? "all" });
  try {
    await parser.parseAsync();
  } catch (error) {
    if (error instanceof CommandCalled) return error.run();
    throw error;
  }
  // Yargs has answered by itself: help, or the version.
  return exitCodes.passed;
}

function tell(text: string): number {
  print(text);
  return exitCodes.passed;
}

/** Bash and zsh put the program's own name first. */
async function complete(entries: readonly (Command | CommandGroup)[], words: readonly string[]): Promise<number> {
  const [name = ""] = words;
  const { completionsFor } = await import("./completions.js");
  const found = await completionsFor(entries, basename(name) === harness.name ? words.slice(1) : words);
  if (found.length > 0) print(found.join("\n"));
  return 0;
}

/** As curl has it, `-HName:value` is `-H Name:value`; yargs would take it for a group of short options. */
function separateHeader(argument: string): readonly string[] {
  return /^-H[^=]/.test(argument) ? ["-H", argument.slice(2)] : [argument];
}

/** Yargs takes whatever it does not know, `--local=yes`, for false. */
function assertFlagsAreBare(entries: readonly (Command | CommandGroup)[], args: readonly string[]): void {
  const fallback = entries.find((entry): entry is Command => "isDefault" in entry);
  const command = commandCalled(entries, args)?.command ?? fallback;
  for (const argument of args) {
    const [, name = "", value] = /^--([\w-]+)=(.*)$/s.exec(argument) ?? [];
    if ((command?.options[name]?.kind !== "flag" && name !== "version") || value === "true" || value === "false")
      continue;
    throw new UsageError("ERR_OPTION", `--${name}: expected no value, or true or false, got ${JSON.stringify(value)}`);
  }
}

function unusable(entries: readonly (Command | CommandGroup)[], args: readonly string[], message: string): UsageError {
  const { called, command } = commandCalled(entries, args) ?? {};
  const given = /^Not enough non-option arguments: got (\d+)/.exec(message)?.[1];
  const missing = command && argumentsOf(command)[Number(given ?? Number.NaN)];
  if (missing !== undefined) {
    const { name, describe } = missing;
    return new UsageError("ERR_ARGUMENT", `${called}: expected <${name}>, ${describe}, got none`);
  }
  const valueless = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (valueless === undefined) return new UsageError("ERR_USAGE", message);
  const dashes = valueless.length > 1 ? "--" : "-";
  return new UsageError("ERR_OPTION", `${dashes}${valueless}: expected a value, got none`);
}
