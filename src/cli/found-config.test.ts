import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, temporaryDirectory, type Ended } from "./cli.test.kit.js";

/** A working directory with these files in it. */
function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const dry = (files: Readonly<Record<string, string>>, args: readonly string[] = [], env = {}): Promise<Ended> =>
  runCli(["run", ...args, "--dry-run"], { cwd: directoryOf(files), env });

const url = "https://hooks.example.com/scriptix";

describe("a config file of the working directory is found, and told of", () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "JSON with comments",
      { "webhook-conformance.json": `{ // staging\n"url": "${url}", }` },
      "config: webhook-conformance.json",
    ],
    ["YAML", { "webhook-conformance.yaml": `url: ${url}` }, "config: webhook-conformance.yaml"],
    ["YAML by its short name", { "webhook-conformance.yml": `url: ${url}` }, "config: webhook-conformance.yml"],
    [
      "one that package.json names",
      { "ci.yaml": `url: ${url}`, "package.json": '{"webhook-conformance": "./ci.yaml"}' },
      "config: ci.yaml (named in package.json)",
    ],
  ])("%s", async (_what, files, says) => {
    const { code, stdout, stderr } = await dry(files);
    expect(stderr).toBe(`${says}\n`);
    expect(stdout).toContain(`POST ${url}`);
    expect(code).toBe(0);
  });

  it("with variables of the environment in every text, the URL included, each read once", async () => {
    const config = '{"url": "https://${HOST}/scriptix", "header": "${LINE}", "skip": ["${SUITE}/*"], "json": true}';
    const { stdout, code } = await dry({ "webhook-conformance.json": config }, ["--credential-header", "none"], {
      HOST: "hooks.example.com",
      LINE: "X-Shape: a${b}c",
      SUITE: "fuzz",
    });
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as { request: object; suites: readonly { id: string }[] };
    expect(said.request).toMatchObject({ url, headers: expect.arrayContaining([["X-Shape", "a${b}c"]]) as object });
    expect(said.suites.map(({ id }) => id)).not.toContain("fuzz");
  });

  it("but a line for a shell, whose variables are the shell's", async () => {
    const config = { url, "probe-command": "count ${SESSION_ID}" };
    expect(await dry({ "webhook-conformance.json": JSON.stringify(config) })).toMatchObject({ code: 0 });
  });

  it("and not in the reach of --quiet", async () => {
    const { stderr, code } = await dry({ "webhook-conformance.yaml": `url: ${url}` }, ["--quiet"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  });
});

describe("what the command line says", () => {
  const files = { "webhook-conformance.yaml": 'url: "https://${UNSET}/hook"\nlevel: required\n' };

  it("of the receiver takes the place of the file's, which is not looked at", async () => {
    const { code, stdout } = await dry(files, [url]);
    expect(stdout).toContain(`POST ${url}`);
    expect(stdout).not.toContain("bad-input");
    expect(code).toBe(0);
  });

  it("of the embedded receiver leaves the file alone", async () => {
    const { code, stderr, stdout } = await dry(files, ["--embedded"]);
    expect(stdout).toContain("the embedded reference receiver");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("of another file is enough", async () => {
    const cwd = directoryOf({ ...files, "other.json": `{"url": "${url}"}` });
    const { code, stderr } = await runCli(["run", "--config", "other.json", "--dry-run"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  [
    "two of them",
    { "webhook-conformance.json": "{}", "webhook-conformance.yml": "{}" },
    "config: expected one file, found webhook-conformance.json and webhook-conformance.yml; --config FILE says which one is meant",
  ],
  [
    "one that is not there",
    { "package.json": '{"webhook-conformance": "gone.json"}' },
    "config gone.json (named in package.json): expected a readable file, but there is none",
  ],
  [
    "a package.json that names none",
    { "package.json": '{\n"webhook-conformance": {}}' },
    'package.json, line 2, column 24, webhook-conformance: expected a text in "webhook-conformance", the path of a config file',
  ],
  [
    "a mistake in it",
    { "webhook-conformance.json": '{\n"lokal": true}' },
    'config webhook-conformance.json, line 2, column 1: unknown key "lokal"; did you mean local?',
  ],
  [
    "a variable that is not set",
    { "webhook-conformance.json": '{"url": "${NO_SUCH_VARIABLE}"}' },
    "config webhook-conformance.json, line 1, column 9, url: ",
  ],
  [
    "a file that names no receiver",
    { "webhook-conformance.json": '{"level": "required"}' },
    "--level: expected a callback URL beside it",
  ],
])("refuses %s before anything is sent", async (_what, files, says) => {
  const { code, stderr } = await dry(files);
  expect(stderr).toContain(`error: ${says}`);
  expect(code).toBe(2);
});

it("is no file of a package that has the name", async () => {
  const { code, stderr } = await dry({ "package.json": '{"dependencies": {"webhook-conformance": "^1.0.0"}}' });
  expect(stderr).toContain("--dry-run: expected a callback URL beside it");
  expect(code).toBe(2);
});
