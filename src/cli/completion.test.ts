import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { needsProgram, skipReason } from "../../fixtures/stacks/requirements.test.kit.js";
import { suites } from "../../suites/index.js";
import { faultyReceivers } from "../faulty-receivers/index.js";
import { namedScenarios } from "../lab/scenario-file.js";
import { formatNames } from "../report/formats.js";
import { levels } from "../runner/check.js";
import { runCli, temporaryDirectory } from "./cli.test.kit.js";
import { commands } from "./commands.js";
import { completionsFor } from "./completions.js";
import { runOptions } from "./run/run-options.js";

const offered = (...words: readonly string[]): Promise<readonly string[]> => completionsFor(commands, words);
const checks = suites.flatMap((suite) => suite.checks.map(({ id }) => id));

describe("it completes", () => {
  it("commands, also those behind another", async () => {
    expect(await offered("")).toEqual(commands.map(({ name }) => name));
    expect(await offered("ex")).toEqual(["explain"]);
    expect(await offered("report", "")).toEqual(["diff", "merge", "convert"]);
    expect(await offered("report", "m")).toEqual(["merge"]);
  });

  it("the options of a command, and those of run where none is named", async () => {
    expect(await offered("send", "--sk")).toEqual(["--skip-waits"]);
    expect(await offered("--lo")).toEqual(["--local"]);
    expect(await offered("https://hooks.example.com/x", "--conc")).toEqual(["--concurrency"]);
    expect(await offered("run", "")).toEqual(
      expect.arrayContaining(Object.keys(runOptions).map((name) => `--${name}`)),
    );
    expect(await offered("report", "diff", "--mark")).toEqual(["--markdown"]);
  });

  it("an option that is given again only where it repeats", async () => {
    expect(await offered("run", "--local", "--lo")).toEqual([]);
    expect(await offered("run", "--suite", "load", "--su")).toEqual(["--suite"]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ["formats", ["run", "--report"], formatNames],
    ["levels", ["run", "--fail-on"], levels],
    ["suites", ["list", "--suite"], suites.map(({ id }) => id)],
    ["checks", ["run", "--check"], checks],
    ["checks to skip", ["run", "--skip"], checks],
    ["checks to explain", ["explain"], checks],
    ["faulty receivers", ["receiver", "--faulty"], faultyReceivers.map(({ id }) => id)],
    ["scenarios", ["repro"], namedScenarios().map(({ name }) => name)],
    ["hosts of jobs", ["init", "--ci"], ["github", "gitlab", "none"]],
  ])("%s, all of them and by what was begun", async (_what, words, all) => {
    expect(await offered(...words, "")).toEqual(all);
    const begun = all[1]?.slice(0, 4) ?? "";
    expect(await offered(...words, begun)).toEqual(all.filter((name) => name.startsWith(begun)));
  });

  it("the rest of a list with commas, each name once", async () => {
    expect(await offered("run", "--level", "required,h")).toEqual(["required,hardening"]);
    expect(await offered("run", "--level", "required,")).toEqual(["required,recommended", "required,hardening"]);
  });

  it("a value behind an equals sign, in one word and in the three that bash makes of it", async () => {
    expect(await offered("run", "--fail-on=h")).toEqual(["--fail-on=hardening"]);
    expect(await offered("run", "--fail-on", "=", "h")).toEqual(["hardening"]);
  });

  it("the argument wherever options stand", async () => {
    const flapping = await offered("repro", "--speed", "60", "-H", "X-A: b", "flap");
    expect(flapping).toEqual(["flapping"]);
  });
});

it.each([
  [["run", "--out", ""]],
  [["run", "--config", "web"]],
  [["report", "convert", ""]],
  [["run", "--probe-url", ""]],
  [["explain", checks[0] ?? "", "x"]],
])("leaves %j to the shell, which offers files", async (words) => {
  expect(await offered(...words)).toEqual([]);
});

describe("the script", () => {
  /** A directory to put in the path, where the build goes by the name that users call it by. */
  function installed(): string {
    const bin = join(temporaryDirectory(), "bin");
    mkdirSync(bin);
    const program = join(bin, "webhook-conformance");
    const main = resolve(import.meta.dirname, "../../dist/src/cli/main.js");
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`);
    chmodSync(program, 0o755);
    return bin;
  }

  it.each<[readonly string[], readonly string[]]>([
    [["expl"], ["explain"]],
    [
      ["run", "--fail-on", "re"],
      ["required", "recommended"],
    ],
    [["run", "--fail-on", "=", "h"], ["hardening"]],
    [
      ["explain", "load/"],
      [
        "load/acknowledges-concurrent-callbacks",
        "load/acknowledges-a-retry-storm",
        "load/sustains-a-rate",
        "load/processes-every-acknowledged-session",
      ],
    ],
    [["run", "--out", ""], []],
  ])("completes %j in bash", async (words, replies) => {
    const { stdout: script } = await runCli(["completion"], { env: { SHELL: "/bin/bash" } });
    const ask = [
      script,
      'COMP_WORDS=(webhook-conformance "$@"); COMP_CWORD=$#',
      '$(complete -p webhook-conformance | sed "s/.*-F \\([^ ]*\\) .*/\\1/")',
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join("\n");
    const path = `${installed()}${delimiter}${process.env["PATH"]}`;
    const output = execFileSync("bash", ["--norc", "-c", ask, "bash", ...words], { env: { PATH: path } }).toString();
    expect(output.split("\n").filter((line) => line !== "")).toEqual(replies);
  });

  it.each([
    ["from the project", ["npx", "webhook-conformance", "expl"], ["explain"]],
    ["of a version", ["npx", "--yes", "webhook-conformance", "@", "0.1", "run", "--fail-on", "h"], ["hardening"]],
    ["of another program", ["npx", "cowsay", "expl"], []],
    ["that has no name yet", ["npx", "webhook-conf"], []],
  ])("completes behind npx what is installed %s", async (_what, words, replies) => {
    const { stdout: script } = await runCli(["completion", "bash"]);
    const project = temporaryDirectory();
    mkdirSync(join(project, "node_modules"));
    renameSync(installed(), join(project, "node_modules", ".bin"));
    const ask = [script, 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))', "_webhook_conformance_npx"];
    const lines = [...ask, 'printf "%s\n" "${COMPREPLY[@]}"'].join("\n");
    const cwd = join(project, "below");
    mkdirSync(cwd);
    const output = execFileSync("bash", ["--norc", "-c", lines, "bash", ...words], { cwd }).toString();
    expect(output.split("\n").filter((line) => line !== "")).toEqual(replies);
  });

  const words: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
    [["webhook-conformance", "expl"], ["explain"]],
    [["webhook-conformance", "run", "--level", "required,h"], ["required,hardening"]],
    [["npx", "--yes", "webhook-conformance@0.1.0", "rec"], ["receiver"]],
    [["webhook-conformance", "run", "--targets", "lis"], ["list.json"]],
  ];

  /** What a shell offers, in a directory with a file. */
  function offeredBy(program: string, args: readonly string[]): readonly string[] {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, "list.json"), "[]");
    const env = { HOME: cwd, PATH: `${installed()}${delimiter}${process.env["PATH"]}` };
    return execFileSync(program, args, { cwd, env }).toString().split("\n").filter(Boolean);
  }

  it.skipIf(skipReason("completion in fish", needsProgram("fish", "fish")) !== null).each(words)(
    "completes %j in fish",
    async (line, replies) => {
      const { stdout: script } = await runCli(["completion", "fish"]);
      expect(offeredBy("fish", ["-N", "-c", `${script}\ncomplete -C '${line.join(" ")}'`])).toEqual(replies);
    },
  );

  it.skipIf(skipReason("completion in zsh", needsProgram("zsh", "zsh")) !== null).each(words)(
    "completes %j in zsh",
    async (line, replies) => {
      const { stdout: script } = await runCli(["completion", "zsh"]);
      // Its widgets work in a terminal alone; what they call and are called by does not.
      const around = [
        "compdef() {}; typeset -A _comps",
        'compadd() { shift; print -rl -- "$@" }',
        "_default() { print -rl -- ${words[CURRENT]}*(N) }",
        script,
        'words=("$@"); CURRENT=$#',
        "[[ $1 = npx ]] && _webhook_conformance_npx || _webhook_conformance",
      ];
      expect(offeredBy("zsh", ["-f", "-c", around.join("\n"), "zsh", ...line])).toEqual(replies);
    },
  );

  it("is the one of the shell", async () => {
    const scriptFor = async (shell: string): Promise<string> =>
      (await runCli(["completion"], { env: { SHELL: shell } })).stdout;
    expect(await scriptFor("/usr/bin/zsh")).toContain("#compdef webhook-conformance");
    expect(await scriptFor("/usr/bin/fish")).toContain("complete -f -c webhook-conformance");
  });
});
