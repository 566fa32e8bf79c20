import { expect, test } from "vitest";
import { formatNames, formats } from "./formats.js";
import { sampleReport } from "./sample-report.js";
import { renderTerminal } from "./terminal.js";

test("the formats and their files", () => {
  expect(formatNames.map((name) => [name, formats[name].file])).toEqual([
    ["json", "report.json"],
    ["junit", "junit.xml"],
  ]);
});

test.each(formatNames)("the sample as %s", async (name) => {
  const { file, render } = formats[name];
  await expect(render(sampleReport())).toMatchFileSnapshot(`../../reports/sample/${file}`);
});

test("the sample on a terminal", async () => {
  const text = renderTerminal(sampleReport(), { color: false });
  await expect(text).toMatchFileSnapshot("../../reports/sample/terminal.txt");
});

test("report.json is the model, indented, with a newline at its end", () => {
  const text = formats.json.render(sampleReport());
  expect(JSON.parse(text)).toEqual(sampleReport());
  expect(text.startsWith('{\n  "schemaVersion": "1.0",\n  "harness": {\n')).toBe(true);
  expect(text.endsWith("}\n")).toBe(true);
});
