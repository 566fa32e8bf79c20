import { argumentsOf, commandCalled, type Command, type CommandGroup } from "./command.js";
import { offeredNames } from "./offered-names.js";
import type { OptionSpec } from "./option.js";

/**
 * What may stand in place of the last of these words, which follow the program's name. Nothing where any text may, so
 * that the shell offers files.
 */
export async function completionsFor(
  entries: readonly (Command | CommandGroup)[],
  words: readonly string[],
): Promise<readonly string[]> {
  // A shell takes --option=val for one word, or for three: bash.
  const [, inline = "", value] = /^(--[\w-]+=)(.*)$/s.exec(words.at(-1) ?? "") ?? [];
  const current = value ?? words.at(-1) ?? "";
  const before = [...words.slice(0, -1), ...(inline === "" ? [] : [inline.slice(0, -1)])].filter(
    (word) => word !== "=",
  );
  const candidates = await candidatesFor(entries, before, current);
  return candidates.filter((candidate) => candidate.startsWith(current)).map((candidate) => inline + candidate);
}

async function candidatesFor(
  entries: readonly (Command | CommandGroup)[],
  before: readonly string[],
  current: string,
): Promise<readonly string[]> {
  const [first] = before;
  const group = entries.find(({ name }) => name === first);
  if (group !== undefined && "commands" in group && before.length === 1) return group.commands.map(({ name }) => name);
  const named = commandCalled(entries, before);
  const command = named?.command ?? entries.find((entry): entry is Command => "isDefault" in entry);
  if (command === undefined) return [];
  const given = before.slice(named?.called.split(" ").length ?? 0);
  const awaiting = specOf(command, given.at(-1) ?? "");
  if (awaiting !== undefined && awaiting.kind !== "flag") return valuesOf(awaiting, current);
  if (current.startsWith("-")) return optionsLeft(command, given);
  if (before.length === 0) return entries.map(({ name }) => name);
  const expected = argumentsOf(command);
  const argument = expected[argumentsIn(command, given)] ?? expected.find(({ repeats }) => repeats);
  if (argument?.names !== undefined) return offeredNames(argument.names);
  return argument?.required === true ? [] : optionsLeft(command, given);
}

/** The option that a word names; a single dash is for its short name. */
function specOf({ options }: Command, word: string): OptionSpec | undefined {
  const name = /^--([\w-]+)$/.exec(word)?.[1];
  if (name !== undefined) return options[name];
  const short = /^-(\w)$/.exec(word)?.[1];
  return Object.values(options).find(({ alias }) => short !== undefined && alias === short);
}

function argumentsIn(command: Command, given: readonly string[]): number {
  const isValue = (index: number): boolean => (specOf(command, given[index - 1] ?? "")?.kind ?? "flag") !== "flag";
  return given.filter((word, index) => !word.startsWith("-") && !isValue(index)).length;
}

async function valuesOf(spec: OptionSpec, current: string): Promise<readonly string[]> {
  const choices = "choices" in spec ? spec.choices : undefined;
  const all = choices ?? (spec.names === undefined ? [] : await offeredNames(spec.names));
  if (spec.kind !== "list" || spec.commas !== true) return all;
  const [chosen = ""] = /^.*,/s.exec(current) ?? [];
  const taken = chosen.split(",");
  return all.filter((value) => !taken.includes(value)).map((value) => chosen + value);
}

function optionsLeft({ options }: Command, given: readonly string[]): readonly string[] {
  const left = Object.entries(options).filter(([name, { kind }]) => kind === "list" || !given.includes(`--${name}`));
  return [...left.map(([name]) => `--${name}`), "--help"];
}
