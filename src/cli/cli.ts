import yargs, { type Argv } from "yargs";
import { UsageError } from "../errors.js";
import { register, type Command } from "./command.js";
import { commands } from "./commands.js";
import { harness } from "./package-facts.js";
import { textWidth } from "./print.js";

/** @returns the exit code. @throws UsageError for what cannot be understood. */
export async function cli(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const parser: Argv = yargs(args.flatMap(separateHeader))
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
      throw error === undefined || error.name === "YError" ? unusable(args, error?.message ?? message ?? "") : error;
    })
    .help()
    .alias("help", "h")
    .version(harness.version)
    .wrap(textWidth());

  const completion: Command = {
    name: "completion",
    describe: "prints a script that completes commands and options in bash or zsh",
    options: {},
    examples: [["completion >> ~/.bashrc", "installs it"]],
    exits: { passed: "the script was printed", failed: "does not occur" },
    async run() {
      (parser as Argv & { showCompletionScript(name: string, command: string): void }).showCompletionScript(
        harness.name,
        "completion",
      );
      return 0;
    },
  };
  const all = [...commands, completion];
  for (const command of all) register(parser, command, all, (code) => (exitCode = code));
  await parser.parseAsync();
  return exitCode;
}

/** As curl has it, `-HName:value` is `-H Name:value`; yargs would take it for a group of short options. */
function separateHeader(argument: string): readonly string[] {
  return /^-H[^=]/.test(argument) ? ["-H", argument.slice(2)] : [argument];
}

function unusable(args: readonly string[], message: string): UsageError {
  const command = commands.find(({ name }) => name === args[0]);
  if (command?.argument?.required === true && message.startsWith("Not enough non-option arguments")) {
    const { name, describe } = command.argument;
    return new UsageError("ERR_ARGUMENT", `${command.name}: expected <${name}>, ${describe}, got none`);
  }
  const valueless = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (valueless === undefined) return new UsageError("ERR_USAGE", message);
  const dashes = valueless.length > 1 ? "--" : "-";
  return new UsageError("ERR_OPTION", `${dashes}${valueless}: expected a value, got none`);
}
