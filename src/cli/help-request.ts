import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { argumentsOf, commandCalled, type Command, type CommandGroup } from "./command.js";
import { exitCodesOf } from "./help-ending.js";
import { harness } from "../package-facts.js";

/** `everyday` leaves out what few need, of commands that have much of it; `json` is for programs. */
const details = ["everyday", "all", "json"] as const;

export type HelpDetail = (typeof details)[number];

export interface HelpRequest {
  /** The command that it is about, as it is called; empty for the program. */
  readonly words: readonly string[];
  readonly detail: HelpDetail;
}

type Entries = readonly (Command | CommandGroup)[];

/**
 * What these words ask to be told, if they do: `help`, `help run`, `run --help`, `-h`, `--help all`, `--help=json`.
 * Whatever stands behind `-h` in one word is of no matter.
 * @throws UsageError for a command or a detail that there is not.
 */
export function helpAsked(entries: Entries, args: readonly string[]): HelpRequest | null {
  const own = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  if (own[0] === "help") return { words: named(entries, own.slice(1)), detail: detailOf(own.at(-1), false) };
  const index = own.findIndex((word) => /^(--help(=.*)?|-h.*)$/s.test(word));
  if (index < 0) return null;
  const [, stated] = /^--help=(.*)$/s.exec(own[index] ?? "") ?? [];
  return {
    words: calledBy(entries, own),
    detail: stated === undefined ? detailOf(own[index + 1], false) : detailOf(stated, true),
  };
}

function calledBy(entries: Entries, words: readonly string[]): readonly string[] {
  const called = commandCalled(entries, words)?.called.split(" ");
  return called ?? entries.flatMap(({ name }) => (name === words[0] ? [name] : []));
}

/** @throws UsageError `ERR_COMMAND`. */
function named(entries: Entries, words: readonly string[]): readonly string[] {
  const first = words.find((word) => !details.some((detail) => detail === word));
  const called = calledBy(entries, words);
  if (first === undefined || called.length > 0) return called;
  const names = entries.map(({ name }) => name);
  const expected = `help: expected a command (${names.join(", ")})`;
  throw new UsageError("ERR_COMMAND", `${expected}, got ${JSON.stringify(first)}${suggestion(first, names)}`);
}

/** @throws UsageError `ERR_OPTION` for one that is stated and that there is not. */
function detailOf(text: string | undefined, isStated: boolean): HelpDetail {
  const found = details.find((detail) => detail === text);
  if (found !== undefined || !isStated) return found ?? "everyday";
  const got = `${JSON.stringify(text)}${suggestion(text ?? "", details)}`;
  throw new UsageError("ERR_OPTION", `--help: expected no value, or one of ${details.join(", ")}, got ${got}`);
}

/** What there is to know of a command, or of all of them, for a program. */
export function helpFacts(entries: Entries, words: readonly string[]): object {
  const found = commandCalled(entries, words);
  if (found !== null) return factsOf(found.called, found.command);
  const shown = words.length === 0 ? entries : entries.filter(({ name }) => name === words[0]);
  const commands = shown.flatMap((entry) =>
    "commands" in entry
      ? entry.commands.map((own) => factsOf(`${entry.name} ${own.name}`, own))
      : [factsOf(entry.name, entry)],
  );
  return { ...harness, commands };
}

function factsOf(called: string, command: Command): object {
  const { describe, isDefault = false, examples, exits, glossary } = command;
  return {
    command: called,
    describe,
    isDefault,
    arguments: argumentsOf(command).map(({ name, describe: what, required, repeats = false }) => ({
      name,
      describe: what,
      required,
      repeats,
    })),
    options: Object.entries(command.options).map(
      ([name, { isShellLine: _shell, isProgram: _program, readsVariables: _variables, group, ...spec }]) => ({
        name: `--${name}`,
        ...spec,
        ...(group !== undefined && { topic: group.replace(/:$/, "") }),
      }),
    ),
    ...(glossary !== undefined && { words: Object.fromEntries(glossary.words) }),
    examples: examples.map(([line, does]) => ({ line, does })),
    exitCodes: exitCodesOf(exits),
  };
}
