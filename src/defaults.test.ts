import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaults } from "./defaults.js";

const { run, scenario, path, vitest } = defaults;

/** What the docstring of an option says that its default is. */
function documented(file: string, option: string): string {
  const source = readFileSync(new URL(file, import.meta.url), "utf8");
  const [, text = ""] =
    new RegExp(String.raw`@default ([^\n]*?)\s*(?:\*/)?\n(?:\s*\*/\n)?\s*readonly ${option}\?`).exec(source) ?? [];
  return text;
}

describe("the docstrings of the library and of the Vitest front end", () => {
  test.each([
    ["./lab/play-scenario.ts", "path", JSON.stringify(path)],
    ["./lab/play-scenario.ts", "settleMs", `${scenario.settleWhereTimeIsFreeMs} where the receiver shares the`],
    ["./lab/play-scenario.ts", "settleMs", `else ${scenario.settleMs} of wall time`],
    ["./vitest/options.ts", "title", JSON.stringify(vitest.title)],
    ["./vitest/options.ts", "path", JSON.stringify(path)],
    ["./vitest/options.ts", "failOn", JSON.stringify(run.failOn)],
    ["./vitest/options.ts", "settleMs", String(run.settleMs)],
    ["./vitest/options.ts", "timeoutMs", `${vitest.timeoutMs},`],
  ])("%s tells the default that %s has", (file, option, value) => {
    expect(documented(file, option)).toContain(value);
  });
});
