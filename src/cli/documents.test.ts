import { execFileSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cli } from "./cli.js";
import { runCli, temporaryDirectory } from "./cli.test.kit.js";

/** Each kind of document: how one is named, what it is called, and a key that stands in one. */
const kinds: Readonly<Record<string, { readonly args: readonly string[]; readonly title: string }>> = {
  config: { args: ["run", "--config", "<file>"], title: "--config" },
  targets: { args: ["run", "--targets", "<file>"], title: "--targets" },
  "known failures": { args: ["run", "http://127.0.0.1:9/", "--known-failures", "<file>"], title: "--known-failures" },
  scenario: { args: ["repro", "<file>"], title: "scenario" },
  capture: { args: ["run", "http://127.0.0.1:9/", "--callback", "<file>"], title: "--callback" },
  report: { args: ["report", "convert", "<file>"], title: "report" },
};

/** A document of each kind with one mistake in it, at the place that the test expects. */
const one = (key: string, value: string) => ({ key, value });
const members: Readonly<Record<string, readonly { readonly key: string; readonly value: string }[]>> = {
  config: [one("seed", '"a"'), one("local", "true")],
  targets: [one("name", '"a"'), one("url", '"http://127.0.0.1:9/"')],
  "known failures": [one("check", '"a/*"'), one("reason", '"b"')],
  scenario: [one("attempts", '"pass"'), one("title", '"b"')],
  capture: [one("capturedAt", '"2026-01-31T12:00:00.000Z"'), one("schemaVersion", '"1.0"')],
  report: [one("verdict", '"conformant"'), one("seed", '"a"')],
};

const isList = (kind: string): boolean => kind === "targets" || kind === "known failures";

/** JSON, a member a line from line 2 on. */
function json(kind: string, change: (index: number) => { key?: string; value?: string } = () => ({})): string {
  const lines = members[kind]?.map((member, index) => {
    const { key, value } = { ...member, ...change(index) };
    return `  "${key}": ${value}`;
  });
  const object = `{\n${lines?.join(",\n")}\n}`;
  return isList(kind) ? `[${object}]` : object;
}

const misspelt = (key: string): string => `${key}x`;
const memberOf = (kind: string, index: number) => members[kind]?.[index] ?? one("", "");
const inItem = (kind: string): string => (isList(kind) ? ", [0]" : "");

async function sentence(kind: string, name: string, content: string | Buffer): Promise<string> {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, name), content);
  return told(kind, join(directory, name));
}

async function told(kind: string, file: string): Promise<string> {
  const { args = [], title = "" } = kinds[kind] ?? {};
  const error: unknown = await cli(args.map((word) => word.replace("<file>", file))).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "UsageError" });
  const { message } = error as Error;
  expect(message.startsWith(`${title} ${file}`), message).toBe(true);
  return message.slice(`${title} ${file}`.length);
}

describe.each(Object.keys(kinds))("of a %s", (kind) => {
  it.each(["a.json", "a.yaml", "a"])("a key that is misspelt is told with its line and column, in %s", async (name) => {
    const { key } = memberOf(kind, 1);
    const text = json(kind, (index) => (index === 1 ? { key: misspelt(key) } : {}));
    expect(await sentence(kind, name, text)).toContain(
      `line 3, column 3${inItem(kind)}: unknown key "${misspelt(key)}"; did you mean ${key}?`,
    );
  });

  it("all keys that are misspelt are told, comments or not, in their order", async () => {
    const text = json(kind, (index) => ({ key: misspelt(memberOf(kind, index).key) })).replace("{\n", "{ // of mine\n");
    const [first, second] = [memberOf(kind, 0).key, memberOf(kind, 1).key];
    expect(await sentence(kind, "a.json", text)).toMatch(
      new RegExp(
        `line 2, column 3.*: unknown key "${first}x"; did you mean ${first}\\?.*line 3, column 3.*: unknown key "${second}x"; did you mean ${second}\\?`,
      ),
    );
  });

  it("the same is told of YAML", async () => {
    const [first, second] = [memberOf(kind, 0), memberOf(kind, 1)];
    const [dash, indent] = isList(kind) ? ["- ", "  "] : ["", ""];
    const text = `${dash}${first.key}: ${first.value}\n${indent}${misspelt(second.key)}: ${second.value}\n`;
    expect(await sentence(kind, "a.yaml", text)).toContain(
      `line 2, column ${isList(kind) ? 3 : 1}${inItem(kind)}: unknown key "${misspelt(second.key)}"`,
    );
  });

  it("a value of a wrong type is told with its line, column and key", async () => {
    const { key, value } = memberOf(kind, 0);
    const text = json(kind, (index) => (index === 0 ? { value: "{}" } : {}));
    const path = isList(kind) ? `[0].${key}` : key;
    expect(value).not.toBe("{}");
    expect(await sentence(kind, "a.json", text)).toMatch(
      new RegExp(`line 2, column ${key.length + 7}, ${path.replaceAll(/[[\].]/g, "\\$&")}: expected .*, got an object`),
    );
  });

  it("what is no JSON is told where it ends to be some", async () => {
    const text = json(kind).replace(",\n", "\n");
    expect(await sentence(kind, "a.json", text)).toBe(
      `, line 3, column 3: expected JSON with a comma or } here, got "`,
    );
    expect(await sentence(kind, "a.json", json(kind).slice(0, -1).trimEnd().replace(/\}$/, ""))).toMatch(
      /^, line \d, column \d+: expected JSON with a comma or [}\]] here, got the end$/,
    );
  });

  it("what is no YAML is told where it ends to be some, and no text of it", async () => {
    expect(await sentence(kind, "a.yaml", "a: 1\nb: [s3cret\n")).toMatch(
      /^, line \d, column \d+: expected YAML, got what is none \((?!.*s3cret)/,
    );
    expect(await sentence(kind, "a.yaml", "a: 1\na: 2\n")).toBe(
      ", line 2, column 1: expected each key once, got one twice",
    );
  });

  it("a byte order mark, and UTF-16 with one, change nothing", async () => {
    const { key } = memberOf(kind, 1);
    const text = `\uFEFF${json(kind, (index) => (index === 1 ? { key: misspelt(key) } : {}))}`;
    const says = `line 3, column 3${inItem(kind)}: unknown key`;
    expect(await sentence(kind, "a.json", text)).toContain(says);
    expect(await sentence(kind, "a.json", Buffer.from(text, "utf16le"))).toContain(says);
    expect(await sentence(kind, "a.json", Buffer.from(text, "utf16le").swap16())).toContain(says);
  });

  it("what is no text is told as such", async () => {
    const says = ": expected a readable file, but it is no text in UTF-8 or UTF-16";
    expect(await sentence(kind, "a.json", Buffer.from(json(kind), "utf16le"))).toBe(says);
    expect(await sentence(kind, "a.json", Buffer.from([0x22, 0xff, 0x22]))).toBe(says);
  });

  it("a file that is empty, or is not there, is told as such", async () => {
    expect(await sentence(kind, "a.json", "")).toMatch(/^: expected .*, got an empty file$/);
    expect(await sentence(kind, "a.yaml", "\uFEFF \n")).toMatch(/^: expected .*, got an empty file$/);
    expect(await told(kind, "/nowhere/a.json")).toBe(": expected a readable file, but there is none");
  });

  it("a directory is told as such", async () => {
    const directory = join(temporaryDirectory(), "a.json");
    mkdirSync(directory);
    const says = { report: /but there is nothing of that kind in it$/ }[kind] ?? /but it is a directory$/;
    expect(await told(kind, directory)).toMatch(says);
  });

  it.each([
    ["a.json", "[".repeat(1_000_000)],
    ["a.yaml", "[".repeat(100_000)],
    ["a.yaml", "- ".repeat(100_000)],
  ])("what is nested too deep is told as such, in %s", async (name, text) => {
    expect(await sentence(kind, name, text)).toMatch(/^, line 1, column \d+: expected at most 500 levels, got more$/);
  });

  it("what is too large is told as such, a device without an end too", async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, "a.json"), "");
    truncateSync(join(directory, "a.json"), 100 * 1024 * 1024);
    const says = ": expected a readable file, but it is larger than 32 MB";
    expect(await told(kind, join(directory, "a.json"))).toBe(says);
    expect(await told(kind, "/dev/zero")).toBe(says);
  });
});

it("what would fill the memory is told as such, and a text of megabytes is read", async () => {
  const says = /expected at most 2000000 values, got more$/;
  expect(await sentence("config", "a.json", `[${"0,".repeat(2_000_001)}0]`)).toMatch(says);
  expect(await sentence("config", "a.json", `{ "${"a\\n".repeat(3_000_000)}": 1 2 }`)).toContain("a comma or }");
  expect(await sentence("config", "a.json", `{${"//\n".repeat(5_000_000)} 1 }`)).toContain("a key in double quotes");
});

it.concurrent.each(Object.keys(kinds))(
  "a pipe that nobody writes to ends the command with 2, where a %s is expected",
  async (kind) => {
    const pipe = join(temporaryDirectory(), "pipe");
    execFileSync("mkfifo", [pipe]);
    const { code, stderr } = await runCli((kinds[kind]?.args ?? []).map((word) => word.replace("<file>", pipe)));
    expect(stderr).toBe(
      `error: ${kinds[kind]?.title} ${pipe}: expected a readable file, but it is a pipe that nobody writes to\n`,
    );
    expect(code).toBe(2);
  },
);

it("a pipe that is written to late, and in pieces, is read to its end", async () => {
  const script =
    '(sleep 0.2; printf \'{"lokal":\'; sleep 0.2; printf \' true}\') > "$1" & exec "$2" "$3" run --config "$1"';
  const pipe = join(temporaryDirectory(), "pipe");
  execFileSync("mkfifo", [pipe]);
  const main = new URL("../../dist/src/cli/main.js", import.meta.url).pathname;
  const run = (): string =>
    execFileSync("sh", ["-c", script, "sh", pipe, process.execPath, main], { encoding: "utf8", stdio: "pipe" });
  expect(run).toThrow(/line 1, column 2: unknown key "lokal"; did you mean local\?/);
});
