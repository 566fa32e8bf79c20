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
      /target "b" \(line 5\): unknown key "lokal"; did you mean local\?/,
    ],
    [
      "- name: a\n  url: http://x/\n  local: yes",
      /target "a" \(line 3\): "local": expected true or false, got another text/,
    ],
    [
      "- name: a\n  url: http://x/\n  max-time: 5x",
      /target "a" \(line 3\): "max-time": expected a duration above zero/,
    ],
    [
      "- name: a\n  url: http://x/\n  header:\n    - X-Key: secret-value",
      /target "a" \(line 3\): "header": .*in YAML a text with a colon in it stands in quotes/,
    ],
    ["- name: a\n  url: http://x/\n  out: elsewhere", /target "a" \(line 3\): unknown key "out"/],
    ["- name: a", /target "a" \(line 1\): expected "url", got none/],
    ["- url: http://x/", /target 1 \(line 1\): expected "name", got none/],
    ["- name: a b\n  url: http://x/", /target "a b" \(line 1\): "name": expected letters, digits, .*got "a b"/],
    ["- name: ../a\n  url: http://x/", /"name": expected letters, digits/],
    ["- name: 7\n  url: http://x/", /target 1 \(line 1\): "name": expected letters, .*got 7/],
    ["- name: matrix.html\n  url: http://x/", /"name": expected another, this one is a file's/],
    [
      "- name: a\n  url: http://x/\n- name: A\n  url: http://y/",
      /target "A" \(line 3\): "name": expected a name of its own, but there is "a" before it/,
    ],
    ["- just text", /target 1 \(line 1\): expected an object with name and url/],
    ["[]", /expected a list of receivers, each with name and url, got none/],
    ["", /expected a list of receivers/],
    ["name: a\nurl: http://x/", /expected a list of receivers/],
    ["targets:\n  - name: a\n    url: http://x/\nother: 1", /unknown key "other"/],
    ["- name: a\n  url: [", /expected YAML or JSON, but line \d+ cannot be read/],
    ["- name: a\n  name: b\n  url: http://x/", /expected YAML or JSON, but line 2 has a key twice/],
  ])("%j", (text, says) => {
    const { file, entries } = read(text);
    expect(entries).toThrow(UsageError);
    expect(entries).toThrow(says);
    expect(entries).toThrow(`--targets ${file}: `);
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
