import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { marked } from "marked";
import { format } from "oxfmt";
import { describe, expect, it } from "vitest";
import { faultyReceivers } from "../../src/faulty-receivers/index.js";
import { contracts } from "../../src/contract/contracts.js";
import { suitesUnder } from "../../src/runner/suites-under.js";
import { suites as catalogue } from "../index.js";
import { commands } from "../../src/cli/commands.js";
import { contractFile, contractPage } from "./contract-page.js";
import { indexPage } from "./index-page.js";
import { anchor, plain } from "./markdown.js";
import { wholeCatalogue } from "./whole-catalogue.js";
import { suitePage } from "./suite-page.js";

const { suites, contractsOf } = wholeCatalogue(contracts, catalogue);
const root = fileURLToPath(new URL("../..", import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const checkType = /^export interface Check \{$.*?^\}$/ms.exec(textOf("src/runner/check.ts"))?.[0] ?? "";

const pages: readonly (readonly [file: string, text: string])[] = [
  ["suites/README.md", indexPage(suites, checkType)],
  ...contracts.map(
    (contract) =>
      [`src/contract/${contractFile(contract)}`, contractPage(contract, suitesUnder(contract, catalogue))] as const,
  ),
  ...suites.map((suite) => [`suites/${suite.id}.md`, suitePage(suite, faultyReceivers, contractsOf)] as const),
];

describe("a page is as it is made, and npm run docs writes it", () => {
  it.each(pages)("%s", async (file, text) => {
    const { code } = await format(file, text, { printWidth: 120 });
    await expect(code).toMatchFileSnapshot(join(root, file));
  });

  it("and there is none of a suite that is gone", () => {
    const there = readdirSync(join(root, "suites")).filter((file) => file.endsWith(".md"));
    expect(there.map((file) => `suites/${file}`).sort()).toEqual(
      pages.flatMap(([file]) => (file.startsWith("suites/") ? [file] : [])).sort(),
    );
  });
});

describe("a page of a suite", () => {
  it.each(suites)("tells of $id all that its checks say of themselves", (suite) => {
    const page = suitePage(suite, faultyReceivers, contractsOf);
    for (const { id, level, explain, clause } of suite.checks) {
      const [, about = ""] = page.split(`\n## ${id.split("/")[1]}\n`);
      const [section = ""] = about.split("\n## ");
      for (const text of Object.values(explain)) expect(section).toContain(plain(text));
      expect(section).toContain(`- **Level:** ${level}`);
      expect(section).toContain(clause === null ? `- **Level:** ${level}` : `- **Clause:** [${clause}](`);
      expect(section).toMatch(/receiver --faulty [\w-]+`/);
    }
  });
});

it("the page about time names options that there are", () => {
  const options = new Set(
    commands
      .flatMap((entry) => ("commands" in entry ? entry.commands : [entry]))
      .flatMap((each) => Object.keys(each.options)),
  );
  const named = [...textOf("src/clock/README.md").matchAll(/--([a-z][\w-]+)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !options.has(name))).toEqual([]);
});

const documents = [...pages.map(([file]) => file), "src/clock/README.md", "reports/README.md", "README.md"];

/** Addresses in a document that stand for other parts of the repository. */
function addressesIn(file: string): readonly string[] {
  const addresses: string[] = [];
  void marked.walkTokens(marked.lexer(textOf(file)), (token) => {
    if (token.type === "link" || token.type === "image") addresses.push((token as { href: string }).href);
  });
  return addresses.filter((address) => !/^[a-z]+:/.test(address));
}

function headingsOf(file: string): readonly string[] {
  return marked
    .lexer(textOf(file))
    .flatMap((token) => (token.type === "heading" ? anchor((token as { text: string }).text) : []));
}

it.each(documents)("what %s links to is there", (file) => {
  const missing = addressesIn(file).filter((address) => {
    const [path = "", heading] = address.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    return !existsSync(join(root, target)) || (heading !== undefined && !headingsOf(target).includes(`#${heading}`));
  });
  expect(missing).toEqual([]);
});
