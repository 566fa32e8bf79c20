import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { format } from "oxfmt";
import { expect, it } from "vitest";
import { temporaryDirectory } from "./cli.test.kit.js";
import { readConfigFile } from "./config-file.js";
import { publishedConfigSchema } from "./config-schema.js";
import { parseHeaders } from "./header-option.js";
import { offeredNames } from "./offered-names.js";
import { runOptions } from "./run/run-options.js";

const schema = publishedConfigSchema(runOptions, {
  suite: await offeredNames("suite"),
  check: await offeredNames("check"),
});

function configFile(config: object): { readonly file: string; readonly title: string } {
  const file = join(temporaryDirectory(), "config.json");
  writeFileSync(file, JSON.stringify(config));
  return { file, title: "--config x" };
}

it("is published as it is; npm run docs writes it", async () => {
  const { code } = await format("config.schema.json", JSON.stringify(schema), { printWidth: 120 });
  await expect(code).toMatchFileSnapshot("../../reports/config.schema.json");
});

it("knows every option of run but the config file itself, and says what it is", () => {
  const { properties } = schema as { readonly properties: Readonly<Record<string, { readonly description: string }>> };
  expect(Object.keys(properties)).toEqual(["$schema", "url", "about", ...Object.keys(runOptions)]);
  expect(Object.values(properties).filter(({ description }) => description === "")).toEqual([]);
});

it("offers an editor the names of suites and checks, and takes globs too", () => {
  const { properties } = schema as { readonly properties: Readonly<Record<string, { readonly items?: object }>> };
  expect(properties["suite"]?.items).toMatchObject({ examples: expect.arrayContaining(["payload"]) as string[] });
  expect(properties["skip"]?.items).toMatchObject({
    examples: expect.arrayContaining(["payload/accepts-unknown-fields"]) as string[],
  });
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  expect(validate({ suite: ["pay*"], skip: "payload/*" })).toBe(true);
});

it.each([
  [{ url: "https://hooks.example.com", "fail-on": "recommended", report: ["json"], "max-time": "5m" }, true],
  [{ lokal: true }, false],
  [{ "fail-on": "everything" }, false],
  [{ concurrency: 0 }, false],
  [{ header: [] }, false],
  [{ "max-time": "soon" }, false],
] as const)("holds of %j just what run --config takes: %s", (config, fits) => {
  expect(new Ajv({ allowUnionTypes: true }).compile(schema)(config)).toBe(fits);
  const read = (): unknown => readConfigFile(configFile(config), runOptions, {});
  const outcome = (): unknown => {
    try {
      return read();
    } catch (error) {
      return (error as Error).message.split(" ")[0];
    }
  };
  expect(outcome()).toEqual(fits ? config : "--config");
});

it("may be named in a config file, where run takes no notice of it", () => {
  const named = configFile({ $schema: "./webhook-conformance.schema.json", local: true });
  expect(readConfigFile(named, runOptions, {})).toEqual({ local: true });
  expect(() => readConfigFile(configFile({ $schema: 1 }), runOptions, {})).toThrow(
    "line 1, column 12, $schema: expected the address of a schema, got 1",
  );
});

it("reads variables in every text of a file once, and leaves those of a command to its shell", () => {
  const file = configFile({
    url: "https://${HOST}/hook",
    header: ["X-Api-Key: ${KEY}", "X-Team: ${TEAM}"],
    suite: ["${SUITE}"],
    "probe-command": "count ${KEY}",
  });
  const environment = { HOST: "hooks.example.com", KEY: "k${TEAM}", TEAM: "blue", SUITE: "payload" };
  const values = readConfigFile(file, runOptions, environment) as { readonly header: readonly string[] };
  expect(values).toMatchObject({
    url: "https://hooks.example.com/hook",
    suite: ["payload"],
    "probe-command": "count ${KEY}",
  });
  expect(parseHeaders(values.header, null)).toEqual([
    ["X-Api-Key", "k${TEAM}"],
    ["X-Team", "blue"],
  ]);
});

it("names the key and the line of a variable that is not set", () => {
  const file = join(temporaryDirectory(), "config.yaml");
  writeFileSync(file, "local: true\nurl: https://${HOOST}/hook\n");
  expect(() => readConfigFile({ file, title: "--config" }, runOptions, { HOST: "a" })).toThrow(
    /line 2, column 6, url: .*environment variable HOOST, which is not set; did you mean HOST\?/,
  );
});
