import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.js";
import { argumentsOf, type Command, type CommandGroup, type Given } from "./command.js";
import { commands } from "./commands.js";
import { offeredNames } from "./offered-names.js";
import { readOptions } from "./option.js";

interface Called {
  readonly command: Command;
  readonly given: Given;
}

/** The commands, in which nothing happens but that `called` is told. */
function standIns(called: (call: Called) => void): readonly (Command | CommandGroup)[] {
  const standIn = (command: Command): Command => ({
    ...command,
    async run(given) {
      called({ command, given });
      return 0;
    },
  });
  return commands.map((entry) =>
    "commands" in entry ? { ...entry, commands: entry.commands.map(standIn) } : standIn(entry),
  );
}

/** As a shell takes a line apart; what comes after a redirection is the shell's own. */
function wordsOf(line: string): readonly string[] {
  const [command = ""] = line.split(/ >>? /);
  const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`]).toString();
  return words === "\0" ? [] : words.split("\0").slice(0, -1);
}

const everyCommand = commands.flatMap((entry) => ("commands" in entry ? entry.commands : [entry]));

it.each(everyCommand)("there are examples in the help of $name", ({ examples }) => {
  expect(examples.length).toBeGreaterThan(0);
});

describe("an example in the help is a line that its command takes", () => {
  const examples = everyCommand.flatMap((command) => command.examples.map(([line]) => [line, command] as const));

  it.each(examples.filter(([line]) => !line.startsWith("$ ")))("%s", async (line, expected) => {
    let call: Called | undefined;
    await cli(
      wordsOf(line),
      standIns((seen) => (call = seen)),
    );
    expect(call?.command.name).toBe(expected.name);
    const { options = {}, arguments: texts = [] } = call?.given ?? {};
    expect(() => readOptions(expected.options, options)).not.toThrow();
    for (const [name, spec] of Object.entries(expected.options)) {
      const values = [options[name] ?? []].flat().map(String);
      if (spec.names !== undefined) await expectNames(spec.names, values);
    }
    for (const [index, { names }] of argumentsOf(expected).entries()) {
      // A scenario may be a script, too.
      const values = texts.slice(index, index + 1).filter((text) => !text.includes(","));
      if (names !== undefined) await expectNames(names, values);
    }
  });

  it.each(examples.filter(([line]) => line.startsWith("$ ")))("of another program: %s", (line) => {
    expect(wordsOf(line.slice(2))[0]).toBe("curl");
  });
});

async function expectNames(named: Parameters<typeof offeredNames>[0], values: readonly string[]): Promise<void> {
  const names = await offeredNames(named);
  for (const value of values) {
    const begun = value.replace(/\*$/, "");
    expect(names.filter((name) => (value === begun ? name === value : name.startsWith(begun)))).not.toEqual([]);
  }
}
