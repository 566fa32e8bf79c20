import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createRedactor } from "./report/redact.js";
import { redactLine } from "./report/redact-line.js";
import { Unredacted } from "./unredacted.js";

const said = new Unredacted("the key s3cret-key\u001b[2J");

test("gets into no sentence, no JSON and no log before a redactor was through it", () => {
  const texts = [
    `it says ${said as unknown as string}`,
    JSON.stringify({ said }),
    inspect(said),
    Object.values(said).join(),
  ];
  expect(texts.join("\n")).not.toMatch(/s3cret|the key/);
  const redactor = createRedactor([{ kind: "token", value: "s3cret-key" }]);
  expect(said.through(redactor, redactLine)).toBe("the key [redacted]\\x1b[2J");
});

test("is opened by nothing but what redacts", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."));
  const openings = sources.flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    return Array.from(text.matchAll(/\.through\(\s*[^;]*?,\s*([^,;]*?),?\s*\)[;.,`})]/g), ([, by = ""]) => by);
  });
  expect(openings.length).toBeGreaterThan(10);
  expect(openings.filter((by) => !/^redact\w+$/.test(by))).toEqual([]);
});
