import { marked, type Token, type Tokens } from "marked";
import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.js";
import type { Report, ReportCheck } from "./model.js";
import { sampleReport } from "./sample-report.test.kit.js";
import { batch } from "../contract/batch.js";
import { contractFacts } from "./contract-facts.js";

const tokensOf = (report: Report): Token[] => marked.lexer(renderMarkdown(report));
const ofType = <T extends Token>(tokens: readonly Token[], type: string): T[] =>
  tokens.filter((token): token is T => token.type === type);
const headings = (report: Report): string[] =>
  ofType<Tokens.Heading>(tokensOf(report), "heading").map(({ depth, text }) => `${"#".repeat(depth)} ${text}`);

function firstCheckWith(changes: Partial<ReportCheck>): Report {
  const report = sampleReport();
  return { ...report, checks: report.checks.map((check, index) => (index === 0 ? { ...check, ...changes } : check)) };
}

test("the verdict comes first, then the gate, the receiver and the levels", () => {
  const tokens = tokensOf(sampleReport()).filter(({ type }) => type !== "space");
  expect(tokens.slice(0, 4).map(({ type }) => type)).toEqual(["heading", "paragraph", "list", "table"]);
  expect(headings(sampleReport())[0]).toBe("## ❌ non-conformant");
});

test("the table has a row for each level", () => {
  const [table, ...others] = ofType<Tokens.Table>(tokensOf(sampleReport()), "table");
  expect(others).toEqual([]);
  expect(table?.header.map(({ text }) => text)).toEqual([
    "level",
    "passed",
    "failed",
    "skipped",
    "not run",
    "error",
    "gated",
  ]);
  expect(table?.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ["required", "1", "1", "2", "7", "1", "yes"],
    ["recommended", "1", "1", "2", "0", "0", "no"],
    ["hardening", "0", "1", "0", "0", "0", "no"],
  ]);
});

test("the sections, failures by level first", () => {
  expect(headings(sampleReport()).slice(1)).toEqual([
    "## Failed, required: 1",
    "### `acknowledgement/acknowledges-with-2xx`",
    "## Failed, recommended: 1, not gated",
    "### `acknowledgement/acknowledges-quickly`",
    "## Failed, hardening: 1, not gated",
    "### `bad-input/hides-its-internals`",
    "## In error, not charged to the receiver: 3",
    "## Not run: 9",
    "## Skipped: 4",
    "## Latencies",
    "## Notes",
    "## Clauses: 21",
  ]);
});

test("a failure says what was expected and came, what to do, the clause, and how to reproduce it", () => {
  const { checks, contract } = sampleReport();
  const [found, reproduce] = ofType<Tokens.Code>(tokensOf(sampleReport()), "code");
  expect(found).toMatchObject({ lang: "text" });
  expect(found?.text.split("\n").slice(3)).toEqual(["attempt 3 at 00:03:00", "  expected: a 2XX", "  got:      503"]);
  expect(reproduce).toMatchObject({ lang: "sh", text: checks[0]?.reproduce });
  const text = renderMarkdown(sampleReport());
  expect(text).toContain("- **What to do:** A 503 comes from a proxy or an overloaded server");
  expect(text).toContain(
    `- **Clause:** [\`response/2xx\`](<${contract?.documentUrl}>) (Callback URL Requirements): The`,
  );
});

test("known failures are told with their reasons, in what failed and together", () => {
  const report = firstCheckWith({ knownFailure: "until the proxy is replaced" });
  const text = renderMarkdown(report);
  expect(text).toContain("- **Known failure:** until the proxy is replaced");
  expect(text).toContain(
    "## Known failures: 1\n\n- `acknowledgement/acknowledges-with-2xx` failed: until the proxy is replaced",
  );
});

test("an entry of the known failures that matches nothing is told with them", () => {
  const note = 'known failure "retry/*" matches no check: correct or remove it';
  expect(renderMarkdown({ ...sampleReport(), notes: [note] })).toContain(
    '## Known failures: 0\n\n- known failure "`retry/*`" matches no check: correct or remove it\n',
  );
});

test("a known failure that passes is told to be taken off the list", () => {
  const report = firstCheckWith({ knownFailure: "old", outcome: "passed", mismatches: [] });
  expect(renderMarkdown(report)).toContain("passed, but listed as a known failure (old): take it off the list");
});

/** A receiver, and a stored report, that put markup wherever there is text. */
function hostile(text: string): Report {
  const report = sampleReport();
  const checks = report.checks.map((check): ReportCheck => ({
    ...check,
    id: `x/${text}`,
    suite: text,
    title: text,
    clause: check.clause === null ? null : text,
    source: check.source === null ? null : text,
    reason: check.reason === null ? null : text,
    mismatches: check.mismatches.map(() => ({ expected: text, actual: text, where: text })),
    hint: check.hint === null ? null : text,
    reproduce: check.reproduce === null ? null : `curl ${text}`,
    notes: check.notes.map(() => text),
    ...(check.outcome === "failed" && { knownFailure: text }),
  }));
  return {
    ...report,
    harness: { name: text, version: text },
    contract: { ...contractFacts(batch), name: text, documentUrl: `https://x.example/${text}` },
    target: { ...report.target, url: `https://x.example/${text}`, capabilities: [text], headers: [text] },
    startedAt: text,
    seed: text,
    verdictLine: text,
    notes: [text],
    clauses: report.clauses.map((clause) => ({ ...clause, id: text, section: text, statement: text })),
    checks,
  };
}

const markup = [
  "</td></table><script>alert(1)</script>",
  "@octocat #1 https://evil.example www.evil.example ![p](https://evil.example/p.gif) [l](javascript:x)",
  "a\n```\n````\n# heading\n\n| a | b |\n|---|---|\n| c | d |\n<!--",
  "`` ` ``` | \\| ~~~ **x** _y_ &amp; &#64; $z$ <b>",
];

test.each(markup)("%j breaks neither structure nor table, and makes no markup, link, image or mention", (text) => {
  const shape = (report: Report): string[] =>
    tokensOf(report).flatMap((token) =>
      token.type === "space" ? [] : [token.type + ("depth" in token ? token.depth : "")],
    );
  expect(shape(hostile(text))).toEqual(shape(hostile("harmless")));
  const tokens: Token[] = [];
  void marked.walkTokens(tokensOf(hostile(text)), (token) => void tokens.push(token));
  expect(tokens.filter(({ type }) => ["html", "image", "em", "del"].includes(type))).toEqual([]);
  const links = tokens.filter(({ type }) => type === "link").map((token) => (token as Tokens.Link).href);
  expect(links.filter((href) => !href.startsWith("https://x.example/"))).toEqual([]);
  const prose = tokens.filter((token) => token.type === "text" && !("tokens" in token && token.tokens !== undefined));
  expect(prose.map(({ raw }) => raw).join("\n")).not.toMatch(/[@#<>|`]|\/\/|www/);
});

test("HTML that a receiver sends comes out as text", () => {
  const html = marked.parse(renderMarkdown(hostile("<script>alert(1)</script>")), { async: false });
  expect(html).not.toMatch(/<script/i);
  expect(html).toContain("&lt;script&gt;");
});

test("what is too much is left out in whole sections, which is said", () => {
  const text = renderMarkdown(sampleReport(), { maxBytes: 2_000 });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_000);
  expect(text.startsWith("## ❌ non-conformant\n")).toBe(true);
  expect(text).toMatch(
    /\*\*Cut:\*\* \d+ of 13 sections are not shown, to stay below 2000 bytes\. All of it is in `report\.json`\.\n$/,
  );
});

test("a report of any size stays below what GitHub takes", () => {
  const report = sampleReport();
  const long = "€".repeat(10_000);
  const [check] = report.checks;
  const large = Array.from({ length: 300 }, (_, index): ReportCheck => ({
    ...(check as ReportCheck),
    id: `suite/check-${index}`,
    hint: long,
    reproduce: `curl ${long}`,
    mismatches: Array.from({ length: 50 }, () => ({ expected: long, actual: long, where: "callback 1" })),
  }));
  const text = renderMarkdown({ ...report, checks: large });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000_000);
  expect(text).toContain("40 more in `report.json`.");
  expect(text).toContain("the curl line is 30005 bytes long, see report.json");
  expect(text).toMatch(/\*\*Cut:\*\* \d+ of \d+ sections/);
});

test("a report without checks is still a page", () => {
  expect(headings({ ...sampleReport(), checks: [], notes: [] })).toEqual(["## ❌ non-conformant", "## Clauses: 21"]);
});
