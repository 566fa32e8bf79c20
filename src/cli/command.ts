import type { Example, Exits, Glossary } from "./help-ending.js";
import type { Named, OptionTable, RawValues } from "./option.js";

/** What the user gave to one command, not yet read. */
export interface Given {
  /** The first argument beside the options; undefined where there is none. */
  readonly argument: string | undefined;
  /** All of them, in the order given. */
  readonly arguments: readonly string[];
  readonly options: RawValues;
}

export interface Argument {
  readonly name: string;
  readonly describe: string;
  readonly required: boolean;
  /** It may be one of these names; the shell offers them. */
  readonly names?: Named;
  /** It takes all that are left. */
  readonly repeats?: true;
}

/** One command as data; its code is loaded when it is called for. */
export interface Command {
  readonly name: string;
  /** It is meant where no command is named. */
  readonly isDefault?: true;
  /** Its argument, or its arguments in their order. */
  readonly argument?: Argument | readonly Argument[];
  readonly describe: string;
  readonly options: OptionTable;
  /** Names of the options that most need; the short help shows no others. @default all of them */
  readonly everyday?: readonly string[];
  readonly examples: readonly Example[];
  readonly exits: Exits;
  /** Words that its argument is written in, and what they mean. */
  readonly glossary?: Glossary;
  /** @returns the exit code. */
  run(given: Given): Promise<number>;
}

/** Commands that stand behind one word, as in `report diff`. */
export interface CommandGroup {
  readonly name: string;
  readonly describe: string;
  readonly commands: readonly Command[];
}

export function argumentsOf({ argument = [] }: Command): readonly Argument[] {
  return [argument].flat();
}

/** The command that these words of a command line call, if they do. */
export function commandCalled(
  entries: readonly (Command | CommandGroup)[],
  [word, next]: readonly string[],
): { readonly called: string; readonly command: Command } | null {
  const entry = entries.find(({ name }) => name === word);
  if (entry === undefined) return null;
  if (!("commands" in entry)) return { called: entry.name, command: entry };
  const command = entry.commands.find(({ name }) => name === next);
  return command === undefined ? null : { called: `${entry.name} ${command.name}`, command };
}
