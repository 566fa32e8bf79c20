import { expect, test } from "vitest";
import { formatNames, formats } from "./formats.js";
import { githubAnnotations } from "./github-annotations.js";
import { sampleReport } from "./sample-report.test.kit.js";
import { renderTerminal } from "./terminal.js";

test.each(formatNames)("the sample as %s", async (name) => {
  const render = await formats[name].load();
  await expect(render(sampleReport())).toMatchFileSnapshot(`../../reports/sample/${formats[name].file}`);
});

test("the sample on a terminal", async () => {
  const text = renderTerminal(sampleReport(), { color: false });
  await expect(text).toMatchFileSnapshot("../../reports/sample/terminal.txt");
});

test("the sample as annotations in GitHub Actions", async () => {
  const text = `${githubAnnotations(sampleReport()).join("\n")}\n`;
  await expect(text).toMatchFileSnapshot("../../reports/sample/github-annotations.txt");
});

test.each(formatNames)(
  "%s: a renderer gives the same text for the same report, and leaves it as it was",
  async (name) => {
    const render = await formats[name].load();
    const report = sampleReport();
    expect(render(report)).toBe(render(sampleReport()));
    expect(report).toEqual(sampleReport());
  },
);

test("report.json is the model, indented, with a newline at its end", async () => {
  const render = await formats.json.load();
  const text = render(sampleReport());
  expect(JSON.parse(text)).toEqual(sampleReport());
  expect(text.startsWith('{\n  "schemaVersion": "1.0",\n  "harness": {\n')).toBe(true);
  expect(text.endsWith("}\n")).toBe(true);
});
