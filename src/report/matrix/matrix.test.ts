import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { contractsIn } from "../contracts.js";
import type { Report, ReportContract } from "../model.js";
import { joinContracts } from "../join-contracts.js";
import { mismatch, notSelected, reportOf } from "../report.test.kit.js";
import { renderMatrixHtml } from "./html.js";
import { renderMatrixMarkdown } from "./markdown.js";
import { matrixBuilder, worstExitCode, type Matrix } from "./matrix.js";
import { renderMatrixTerminal } from "./terminal.js";

const facts = {
  harness: { name: "webhook-conformance", version: "0.1.0" },
  startedAt: "2026-01-02T03:04:05.678Z",
  durationMs: 61_000,
  notes: [],
};

const gateOf = (outcome: Report["gate"]["outcome"]): Report["gate"] => ({
  outcome,
  levels: ["required"],
  exitCode: { passed: 0, failed: 1, inconclusive: 3 }[outcome],
});

const good = reportOf(
  { "a/one": "passed", "a/two": "passed", "b/three": "skipped", "b/four": notSelected },
  { verdict: "conformant", gate: gateOf("passed") },
);
const bad = reportOf(
  {
    "a/one": { outcome: "failed", mismatches: [{ ...mismatch, actual: "<script>alert(1)</script> | \u001b[31m@you" }] },
    "a/two": "passed",
    "b/three": "failed",
    "b/four": notSelected,
  },
  { verdict: "non-conformant", gate: gateOf("failed") },
);
const dead = reportOf(
  { "a/one": { outcome: "not-run", reason: "the receiver is unreachable", reasonCode: "unreachable" } },
  { verdict: "inconclusive", gate: gateOf("inconclusive") },
);

function matrixOf(reports: Readonly<Record<string, Report>>, unrun: readonly string[] = []): Matrix {
  const builder = matrixBuilder();
  for (const [name, report] of Object.entries(reports))
    builder.add(report, { name, files: { html: `${name}/report.html` } });
  for (const name of unrun) builder.addUnrun({ name, url: "http://x/", reason: "it was interrupted", exitCode: 130 });
  return builder.build(facts, [...Object.keys(reports), ...unrun]);
}

const three = matrixOf({ good, bad, dead });

const under = (id: string, report: Report): Report => ({
  ...report,
  contract: { ...contractsIn(good)[0], id } as ReportContract,
});

describe("a matrix", () => {
  it("has a receiver's checks under each of its contracts", () => {
    const both = joinContracts([under("batch", bad), under("document", good)]);
    const { checks, targets } = matrixOf({ both, alone: under("document", bad), other: under("signed", good) });
    const [one, alone, other] = targets;
    expect(one?.outcomes).toMatchObject({ "batch:a/one": "failed", "document:a/one": "passed" });
    expect(one?.failed).toEqual(["batch:a/one", "batch:b/three"]);
    expect(alone?.outcomes["document:a/one"]).toBe("failed");
    expect(alone?.failed).toEqual(["document:a/one", "document:b/three"]);
    expect(Object.keys(other?.outcomes ?? {})).toEqual(["signed:a/one", "signed:a/two", "signed:b/three"]);
    expect(checks.filter(({ id }) => id.endsWith("a/one")).map(({ id }) => id)).toEqual([
      "batch:a/one",
      "document:a/one",
      "signed:a/one",
    ]);
  });

  it("has them under its only contract also where one of several ends last", () => {
    const both = joinContracts([under("batch", good), under("document", good)]);
    const { checks, targets } = matrixOf({ alone: under("document", good), both });
    expect(targets[0]?.outcomes["document:a/one"]).toBe("passed");
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(["batch:a/one", "document:a/one"]));
  });

  it("names no contract where all were held to the same", () => {
    const report = under("document", good);
    expect(Object.keys(matrixOf({ one: report, other: report }).targets[0]?.outcomes ?? {})).toContain("a/one");
  });

  it("keeps to its schema", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../reports/matrix.schema.json", import.meta.url), "utf8"),
    ) as object;
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
    validate(matrixOf({ good, bad, dead }, ["later"]));
    expect(validate.errors).toBeNull();
  });

  it("has the checks that were selected somewhere, and for each receiver those that were selected for it", () => {
    expect(three.checks.map(({ id }) => id)).toEqual(["a/one", "a/two", "b/three"]);
    expect(three.targets.map(({ outcomes }) => Object.keys(outcomes).length)).toEqual([3, 3, 1]);
  });

  it("has the gate of the worst of them", () => {
    expect(three.gate).toEqual({ outcome: "failed", exitCode: 1 });
    expect(matrixOf({ good, dead }).gate).toEqual({ outcome: "inconclusive", exitCode: 3 });
    expect(matrixOf({ good }).gate).toEqual({ outcome: "passed", exitCode: 0 });
    expect(matrixOf({}).gate).toEqual({ outcome: "passed", exitCode: 0 });
    expect(matrixOf({ good, bad }, ["later"]).gate.exitCode).toBe(130);
  });

  it("says first what failed, else why checks could not be judged", () => {
    expect(three.targets.map(({ remark }) => remark)).toEqual([
      null,
      "a/one: expected a 2XX, got <script>alert(1)</script> | \u001b[31m@you, and 1 more failed",
      "the receiver is unreachable",
    ]);
  });

  it("names those that were not run, with all their checks not run", () => {
    const { targets, summary } = matrixOf({ good }, ["later"]);
    expect(targets[1]).toMatchObject({
      verdict: "inconclusive",
      remark: "it was interrupted",
      outcomes: { "a/one": "not-run", "a/two": "not-run", "b/three": "not-run" },
    });
    expect(summary).toEqual({ conformant: 1, "non-conformant": 0, inconclusive: 1 });
  });
});

it("of several exit codes the worst counts: interrupted, internal, usage, failed, inconclusive", () => {
  const worstFirst = [130, 70, 2, 1, 3, 0];
  for (const [index, code] of worstFirst.entries()) {
    expect(worstExitCode(worstFirst.slice(index).toReversed())).toBe(code);
  }
});

describe("in a terminal", () => {
  it("has a character for each check, the worst receivers first", () => {
    expect(renderMatrixTerminal(three, { color: false })).toMatchInlineSnapshot(`
      "webhook-conformance 0.1.0: 3 receivers: 1 conformant, 1 non-conformant, 1 inconclusive
      61.0 s

            a   b
      bad   F.  F
      dead  ?
      good  ..  -

      F failed, E error of the harness, ? not run, . passed, - skipped, blank: not selected

      FAILED CHECKS: 2
        a/one (required)
          1 of 3: bad
        b/three (required)
          1 of 3: bad

      WHAT STANDS OUT
        bad: a/one: expected a 2XX, got <script>alert(1)</script> | \\x1b[31m@you, and 1 more failed
        dead: the receiver is unreachable

      gate: failed; 3 receivers: 1 conformant, 1 non-conformant, 1 inconclusive; exit code 1
      "
    `);
  });

  it("puts receivers that ended alike in one line where there are many", () => {
    const many = Object.fromEntries(Array.from({ length: 990 }, (_, index) => [`good-${index}`, good]));
    const text = renderMatrixTerminal(matrixOf({ ...many, bad }), { color: false });
    expect(text).toContain("bad                  F.  F");
    expect(text).toContain("good-0 and 989 more  ..  -");
    expect(text.split("\n").length).toBeLessThan(30);
  });

  it("keeps to the width of the terminal", () => {
    const checks = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`suite-${index % 4}/check-${index}`, "passed" as const]),
    );
    const text = renderMatrixTerminal(matrixOf({ ["name".repeat(20)]: reportOf(checks) }), { color: false, width: 60 });
    const rows = text.split("\n").filter((line) => /^(?:name| +suite)/.test(line));
    expect(rows.join("").match(/\./g)).toHaveLength(60);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(60);
  });
});

describe("in Markdown", () => {
  it("counts the checks of each suite, and what came from a receiver is only text", () => {
    const markdown = renderMatrixMarkdown(three);
    const html = marked.parse(markdown, { async: false });
    expect(html).not.toContain("<script>alert");
    expect(html.match(/<tr>\s*(?:<t[hd][^>]*>.*<\/t[hd]>\s*){6}<\/tr>/g)).toHaveLength(4);
    expect(html).toContain('<a href="bad/report.html">bad</a>');
    expect(markdown).toContain("| ✅ | [good](good/report.html) | conformant | 2 of 2 | – |  |");
  });

  it("leaves receivers out where the page would get too long", () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`bad-${index}`, bad]));
    const page = renderMatrixMarkdown(matrixOf(many), { maxBytes: 20_000 });
    expect(Buffer.byteLength(page)).toBeLessThan(20_000);
    expect(page).toMatch(/1\d\d more receivers/);
  });
});

describe("in HTML, many receivers", () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`receiver-${index}`, index % 20 === 7 ? bad : good]),
  );
  const html = renderMatrixHtml(matrixOf(many));

  it("has what stands out first, and those that are alike in one row", () => {
    expect(html.indexOf("What stands out")).toBeLessThan(html.indexOf("Receivers by checks"));
    expect(html.match(/<tr data-verdict=/g)).toHaveLength(2);
    expect(html).toContain("<summary>and 56 alike</summary>");
    expect(html).toContain('<a href="receiver-47/report.html">receiver-47</a>');
  });

  it("has what failed before what did not", () => {
    const suites = [...html.matchAll(/id="open-\d+"\/?> ([\w-]+)/g)].map(([, id]) => id);
    const failed = new Set(bad.checks.filter(({ outcome }) => outcome === "failed").map(({ suite }) => suite));
    expect(failed.has(suites[0] ?? "")).toBe(true);
  });
});

describe("in HTML", () => {
  const html = renderMatrixHtml(three);

  it("is one file that loads nothing and in which what came from a receiver is only text", () => {
    expect(html).not.toContain("<script");
    expect(html).not.toContain("\u001b");
    expect(html).toContain("&lt;script>alert(1)&lt;/script>");
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it("has a cell for each receiver and check, with heads for both", () => {
    const cell = /<td class="c\d (?:passed|failed|skipped|not-run)" data-level="\w+">(?:pass|fail|skip|not run)<\/td>/g;
    expect(html.match(cell)).toHaveLength(7);
    expect(html.match(/<th scope="col" title=/g)).toHaveLength(3);
    expect(html).toContain('<a href="bad/report.html">bad</a>');
  });
});
