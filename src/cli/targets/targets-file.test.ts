import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { format } from "oxfmt";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../errors.js";
import { temporaryDirectory } from "../cli.test.kit.js";
import { readTargetsFile } from "./targets-file.js";
import { targetsSchema } from "./targets-schema.js";

function read(text: string, name = "targets.yaml") {
  const file = join(temporaryDirectory(), name);
  writeFileSync(file, text);
  return { file, entries: () => readTargetsFile(file).map(({ name, url, raw }) => ({ name, url, raw })) };
}

const yaml = `# two receivers
- name: billing
  url: https://billing.example.com/hook
  header: ["X-Api-Key: \${BILLING_KEY}"]
  ca: ca.pem
  suite: payload
- name: search
  url: http://127.0.0.1:4000/hook
  local: true
  max-rate: 5
`;

it("reads a list in YAML, its paths relative to it", () => {
  const { file, entries } = read(yaml);
  expect(entries()).toEqual([
    {
      name: "billing",
      url: "https://billing.example.com/hook",
      raw: { header: ["X-Api-Key: ${BILLING_KEY}"], ca: join(file, "../ca.pem"), suite: "payload" },
    },
    { name: "search", url: "http://127.0.0.1:4000/hook", raw: { local: true, "max-rate": 5 } },
  ]);
});

it("reads JSON, and a list that stands in an object", () => {
  const list = [{ name: "a", url: "http://127.0.0.1/" }];
  const one = { name: "a", url: "http://127.0.0.1/", raw: {} };
  expect(read(JSON.stringify(list), "targets.json").entries()).toEqual([one]);
  expect(read(JSON.stringify({ $schema: "x", targets: list })).entries()).toEqual([one]);
});

it("lets receivers share what they have in common", () => {
  const text = `
targets:
  - &base { name: a, url: "http://127.0.0.1/a", local: true }
  - { <<: *base, name: b }
`;
  expect(read(text).entries()[1]).toEqual({ name: "b", url: "http://127.0.0.1/a", raw: { local: true } });
});

describe("a mistake is told with the receiver, the key and the line", () => {
  it.each([
    [
      "- name: a\n  url: http://x/\n- name: b\n  url: http://x/\n  lokal: true",
      /line 5, column 3, \[1\]: unknown key "lokal"; did you mean local\?/,
    ],
    ["- name: a\n  url: http://x/\n  local: yes", /line 3, column 10, \[0\]\.local: expected true or false, got "yes"/],
    [
      "- name: a\n  url: http://x/\n  max-time: 5x",
      /line 3, column 13, \[0\]\.max-time: expected a duration above zero/,
    ],
    [
      "- name: a\n  url: http://x/\n  header:\n    - X-Key: secret-value",
      /line 4, column 7, \[0\]\.header\[0\]: .*in YAML, a text with a colon in it stands in quotes/,
    ],
    ["- name: a\n  url: http://x/\n  out: elsewhere", /line 3, column 3, \[0\]: unknown key "out"/],
    ["- name: a", /line 1, column 3, \[0\]: expected the key "url" in it, got none/],
    ["- url: http://x/", /line 1, column 3, \[0\]: expected the key "name" in it, got none/],
    ["- name: a b\n  url: http://x/", /line 1, column 9, \[0\]\.name: expected letters, digits, .*got another text/],
    ["- name: ../a\n  url: http://x/", /\[0\]\.name: expected letters, digits/],
    ["- name: 7\n  url: http://x/", /\[0\]\.name: expected letters, .*got 7/],
    [
      "- name: matrix.html\n  url: http://x/",
      /line 1, column 9, \[0\]\.name: target "matrix\.html": expected another name, this one is a file's/,
    ],
    [
      "- name: a\n  url: http://x/\n- name: A\n  url: http://y/",
      /line 3, column 9, \[1\]\.name: target "A": expected a name of its own, but there is "a" before it/,
    ],
    ["- just text", /line 1, column 3, \[0\]: expected an object with name and url, got a text/],
    ["[]", /line 1, column 1: expected a list of receivers, each with name and url, got an empty list/],
    ["", /: expected a list of receivers, each with name and url, got an empty file/],
    [
      "name: a\nurl: http://x/",
      /line 1, column 1: expected the key "targets" in it, got none; and line 1, column 1: unknown key "name"/,
    ],
    ["targets:\n  - name: a\n    url: http://x/\nother: 1", /unknown key "other"/],
    ["- name: a\n  url: [", /line 2, column 9: expected YAML, got what is none/],
    ["- name: a\n  name: b\n  url: http://x/", /line 2, column 3: expected each key once, got one twice/],
  ])("%j", (text, says) => {
    const { file, entries } = read(text);
    expect(entries).toThrow(UsageError);
    expect(entries).toThrow(says);
    expect(entries).toThrow(`--targets ${file}`);
    expect(entries).not.toThrow(/secret-value|\n/);
  });
});

it("its schema is published, and says the same", async () => {
  const { code } = await format("targets.schema.json", JSON.stringify(targetsSchema()), { printWidth: 120 });
  await expect(code).toMatchFileSnapshot("../../../reports/targets.schema.json");
  const validate = new Ajv({ allowUnionTypes: true }).compile(targetsSchema());
  const good = { name: "a", url: "http://127.0.0.1/", header: "X: y", local: true };
  expect(validate([good])).toBe(true);
  expect(validate({ targets: [good] })).toBe(true);
  expect(validate([{ ...good, lokal: true }])).toBe(false);
  expect(validate([])).toBe(false);
});
