import { describe, expect, it } from "vitest";
import { harness } from "../package-facts.js";
import { runCli } from "./cli.test.kit.js";
import { runOptions } from "./run/run-options.js";

const told = async (...args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await runCli(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
};

/** Names of the options that are shown. */
const optionsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+) /gm)].map(([, name]) => name ?? "");

describe("the help of run", () => {
  it("shows the dozen that most need, two examples, and where the rest is", async () => {
    const help = await told("run", "--help");
    expect(optionsIn(help).filter((name) => !["help", "version"].includes(name)).length).toBeLessThanOrEqual(12);
    expect(help.split("Examples:")[1]?.match(/^ {2}webhook-conformance/gm)).toHaveLength(2);
    expect(help).toMatch(/All options, by topic, and more examples: webhook-conformance run --help all\n$/);
  });

  it.each([[["run", "--help", "all"]], [["run", "--help=all"]], [["help", "run", "all"]]])(
    "shows every option for %j, each under a topic",
    async (args) => {
      const help = await told(...args);
      expect(optionsIn(help)).toEqual(expect.arrayContaining(Object.keys(runOptions)));
      expect(optionsIn(help.split("\nOptions:\n")[1] ?? "")).toEqual(["help", "version"]);
    },
  );
});

it.each([
  [["-h2"], ["--help"]],
  [
    ["run", "-h2"],
    ["run", "--help"],
  ],
  [["help"], ["--help"]],
  [
    ["help", "report", "diff"],
    ["report", "diff", "-h"],
  ],
  [
    ["run", "https://hooks.example.com/x", "--local", "-h"],
    ["run", "--help"],
  ],
])("%j is what %j shows, and nothing is run", async (words, same) => {
  expect(await told(...words)).toBe(await told(...same));
});

it("--help=json is for programs", async () => {
  const { commands } = JSON.parse(await told("--help=json")) as { commands: readonly { command: string }[] };
  expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(["run", "report diff"]));
  expect(JSON.parse(await told("run", "--help=json"))).toMatchObject({
    command: "run",
    options: expect.arrayContaining([expect.objectContaining({ name: "--fail-on", default: "required" })]) as object,
    exitCodes: { "0": expect.any(String) as string },
  });
});

it.each([["version"], ["--version"], ["-v"], ["-V"]])("%s prints the version", async (word) => {
  expect(await told(word)).toBe(`${harness.version}\n`);
});

it.each([
  [
    ["help", "lsit"],
    'help: expected a command (run, init, report, list, explain, send, doctor, repro, receiver, api, completion), got "lsit"; did you mean list?',
  ],
  [["--help=jsn"], '--help: expected no value, or one of everyday, all, json, got "jsn"; did you mean json?'],
  [["--version=1"], '--version: expected no value, or true or false, got "1"'],
])("refuses %j", async (words, says) => {
  const { code, stdout, stderr } = await runCli(words);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `error: ${says}\n` });
});
