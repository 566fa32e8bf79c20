import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import { cli } from "./cli.js";
import { runCli, temporaryDirectory } from "./cli.test.kit.js";
import type { Command } from "./command.js";
import { commands } from "./commands.js";
import { explainFailure } from "./failure.js";
import type { OptionSpec } from "./option.js";

const listened = "http://127.0.0.1:9/hook";

/** Values that no option of the kind can have. */
const unusable: Readonly<Record<OptionSpec["kind"], readonly string[]>> = {
  flag: ["yes", "1", ""],
  text: ["", "  "],
  choice: ["", "no-such-choice", "::error::x"],
  list: [""],
  count: ["", "many", "-1", "1.5", "1e3", "999999999999999999999", "0x10", "NaN", "\u0661"],
  rate: ["", "0", "-1", "fast", "Infinity", "NaN"],
  duration: ["", "0", "-5s", "5 fortnights", "soon", "NaN", "1e999h"],
};

/** What each command needs so that its options are looked at. */
const beside: Readonly<Record<string, readonly string[]>> = {
  run: [listened],
  send: [listened],
  doctor: [listened],
  explain: ["acknowledgement/acknowledges-with-2xx"],
  repro: ["pass"],
  "report diff": ["a.json", "b.json"],
  "report convert": ["a.json"],
  "report merge": ["a.json", "b.json"],
  "report matrix": ["a.json"],
};

const every = commands.flatMap((entry): (readonly [words: readonly string[], command: Command])[] =>
  "commands" in entry
    ? entry.commands.map((command) => [[entry.name, command.name], command] as const)
    : [[[entry.name], entry]],
);

const badOptions = every.flatMap(([words, command]) => {
  const start = [...words, ...(beside[words.join(" ")] ?? [])];
  const options = Object.entries(command.options).flatMap(([name, spec]) =>
    unusable[spec.kind].map((value) => [...start, `--${name}=${value}`]),
  );
  const valueless = Object.entries(command.options)
    .filter(([, { kind }]) => kind !== "flag")
    .map(([name]) => [...start, `--${name}`]);
  return [...options, ...valueless, [...start, "--no-such-option"], [...start, "--x=1"]];
});

const words = [
  "lsit",
  "rn",
  "--",
  "-z",
  "run://",
  "http:/x",
  "//host/hook",
  "ftp://host/hook",
  "file:///etc/passwd",
  "localhost",
  "HTTPS//h",
  "http://",
  "https://:443/",
  "http://[::1/",
  "http://h:99999/",
  "http://a b/",
  "javascript:alert(1)",
  "\u202ehttp",
  "http://h:0/",
];
const badWords = [
  ...words.map((word) => [word, "--local"]),
  ...words.map((word) => ["send", word]),
  ...words.map((word) => ["doctor", word]),
];

const badHeaders = [
  "X",
  ":",
  ": x",
  "X Y: z",
  "X:",
  "X\u0000: y",
  "X: a\nb",
  "X: a\rb",
  "X: \u0000",
  "\u00e9: x",
  "X: ${NO_SUCH_VARIABLE}",
  "(X): y",
  "X: \u20ac\u0007",
].flatMap((header) => [
  ["run", listened, "-H", header],
  ["send", listened, "-H", header],
  ["repro", "pass", "-H", header],
]);

const badScripts = [
  "",
  ",",
  "soon",
  "600",
  "99",
  "200,",
  "503*0",
  "503*-1",
  "503*1e9",
  "timeout(",
  "200*999999999999",
  "lost-acck",
  "wait",
  "\u0000",
  "a".repeat(5000),
].flatMap((script) => [
  ["repro", script],
  ["receiver", "--script", script],
]);

const documents = [
  "",
  "nul",
  "[",
  "{",
  "[]]",
  '{"a":}',
  '{"url": 1}',
  '{"url": "x"}',
  '{"lokal": true}',
  '{"local": "yes"}',
  '{"level": ["requird"]}',
  '{"header": {}}',
  '{"concurrency": -1}',
  '{"url": "${NO_SUCH_VARIABLE}"}',
  "- a\n- b",
  "a: b: c",
  "\t- x",
  "%YAML 9\n---",
  "!!js/function x",
  "&a [*a]",
  '{"a": 1, "a": 2}',
  "\u0000",
  '"text"',
  "1e999",
  '{"__proto__": {"local": true}}',
  '{"constructor": 1}',
];

const badDocuments = documents.flatMap((text, index) =>
  (["c.json", "c.yaml"] as const).flatMap((name) => [
    [`${index}-${name}`, text, ["run", "--config"]] as const,
    [`${index}-${name}`, text, ["run", "--targets"]] as const,
    [`${index}-${name}`, text, ["run", listened, "--known-failures"]] as const,
    [`${index}-${name}`, text, ["repro"]] as const,
    [`${index}-${name}`, text, ["report", "convert"]] as const,
    [`${index}-${name}`, text, ["send", listened, "--callback"]] as const,
  ]),
);

const there = temporaryDirectory();
symlinkSync(join(there, "loop.json"), join(there, "loop.json"));
/** Paths that lead nowhere. */
const paths = [`/tmp/${"a".repeat(300)}.json`, "/dev/null/x.json", join(there, "loop.json"), `${there}/x\u0000.json`];

const badPaths = [...paths, join(there, "none.json")].flatMap((path) => [
  ...every.flatMap(([words, { options }]) =>
    Object.entries(options)
      .filter(
        ([name, spec]) =>
          spec.path === true && !["receiver", "init"].includes(words[0] ?? "") && !/^(out|dir|app)$/.test(name),
      )
      .map(([name]) => [...words, ...(name === "targets" ? [] : (beside[words.join(" ")] ?? [])), `--${name}`, path]),
  ),
  ["repro", path],
  ["report", "convert", path],
  ["report", "diff", path, path],
  ["report", "merge", path],
]);

const badPlaces = paths.flatMap((path) => [
  ["run", listened, "--out", `${path}/x`],
  ["receiver", "--capture", `${path}/x`],
  ["receiver", "--https", "--ca-out", `${path}/x`],
  ["init", "--url", "https://hooks.example.com/x", "--dir", `${path}/x`],
]);

/** In this process, as the command line itself ends. */
async function ending(args: readonly string[]): Promise<{ code: number; said: string; error: unknown }> {
  let said = "";
  const write = process.stderr.write;
  process.stderr.write = (text: string) => ((said += text), true);
  try {
    return { code: await cli(args), said, error: null };
  } catch (error) {
    const code = explainFailure(error);
    return { code, said, error };
  } finally {
    process.stderr.write = write;
  }
}

/** Null where it is told as it must be; else what is wrong with that. */
async function wrongWith(args: readonly string[]): Promise<string | null> {
  const { code, said, error } = await ending(args);
  const sentence = said.slice(0, -1);
  if (!(error instanceof UsageError) || code !== 2) return `it ended with ${code}`;
  if (!/^error: [^\n]+\n$/.test(said) || said.length > 2000) return `no sentence: ${said}`;
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(sentence)) return `control characters: ${said}`;
  return /^\s+at |undefined|\[object|NaN:/m.test(said) ? `no words of ours: ${said}` : null;
}

// What is loaded once does not count.
beforeAll(async () => void (await ending(["run", listened, "--contract="])));

/** Of the processor's time, since how long a busy machine takes says nothing. */
async function wrongInTime(args: readonly string[]): Promise<string | null> {
  const before = process.cpuUsage();
  const wrong = await wrongWith(args);
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(2_000_000);
  return wrong;
}

describe("whatever is wrong with what was typed is told in one sentence, with exit code 2, within two seconds:", () => {
  it.each(
    [...badOptions, ...badWords, ...badHeaders, ...badScripts, ...badPaths, ...badPlaces].map(
      (args) => [args] as const,
    ),
  )("%j", async (args) => expect(await wrongInTime(args)).toBeNull());
});

describe("and so is whatever is wrong with a document:", () => {
  it.each(badDocuments)("%s, %j, %j", async (name, text, args) => {
    const file = join(temporaryDirectory(), name);
    writeFileSync(file, text);
    expect(await wrongInTime([...args, file])).toBeNull();
  });
});

it("is more than 300 of them, some of them tried as a process", async () => {
  const all = [...badOptions, ...badWords, ...badHeaders, ...badScripts, ...badPaths, ...badPlaces];
  expect(all.length + badDocuments.length).toBeGreaterThan(300);
  const some = all.filter((_, index) => index % 60 === 0);
  for (const { code, stdout, stderr } of await Promise.all(
    some.map((args) => runCli(args.filter((arg) => !arg.includes("\u0000")))),
  )) {
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  }
});
