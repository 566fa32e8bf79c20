import { marked, type Token, type Tokens } from "marked";
import { expect, test } from "vitest";
import { showControlCharacters } from "./control-character.js";
import { codeBlock, codeSpan, markdownLink, markdownText } from "./markdown-text.js";

/** Every token of a text, at every depth. */
function tokensOf(markdown: string): Token[] {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token));
  return tokens;
}

const typesIn = (markdown: string): string[] => [...new Set(tokensOf(markdown).map(({ type }) => type))].sort();

/** What a reader sees, whatever it stands in. */
const seen = (markdown: string): string =>
  tokensOf(markdown)
    .filter((token) => token.type === "text" || token.type === "codespan")
    .filter((token) => !("tokens" in token && token.tokens !== undefined))
    .map((token) => (token as Tokens.Text).text)
    .join("");

test.each([
  ["The receiver kept answering 429.", "The receiver kept answering 429."],
  [
    "Nothing is observable: declare a probe with --probe-url.",
    "Nothing is observable: declare a probe with `--probe-url`.",
  ],
  ["The time for the run (--max-time) was spent.", "The time for the run (`--max-time`) was spent."],
  ["attempt 3 at 00:03:00", "attempt 3 at `00:03:00`"],
  ["1. is no item of a list, and neither is 2.", "`1`. is no item of a list, and neither is 2."],
  ["“été”, 6 × 2 – 1…", "“été”, 6 × 2 – 1…"],
  ["", ""],
])("%j stays readable", (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

const hostile = [
  "<img src=x onerror=alert(1)>",
  "<!-- hidden",
  "</details><script>alert(1)</script>",
  "[click](javascript:alert(1))",
  "![pixel](https://evil.example/p.gif)",
  "<https://evil.example>",
  "see https://evil.example/x or www.evil.example or mail@evil.example",
  "@octocat and @org/team, please look at #1, GH-2, org/repo#3, 1b8a70f1000001000002d1a37b",
  "**bold** __bold__ *em* _em_ ~~gone~~ `code` ``more ` code`` $x^2$ :tada: &lt; &#60; \\",
  "a | b | c",
  "`unclosed",
  "``",
  "` ",
  "# title",
  "> quote",
  "- item",
  "+ item",
  "* item",
  "1. item",
  "1) item",
  "- [x] done",
  "---",
  "===",
  "```",
  "~~~",
  "    indented",
  "line\n\n# next\r\n| a |\n|---|\n\u2028x\u2029",
  "[ref]: https://evil.example",
  "[^1]",
  "\u202egnp.exe",
  "\u001b[31mred",
  "![](<x>)](y)",
  "\"'(`x`)'\"",
];

test.each(hostile)("%j is a line of text and code spans, and shows what it says", (text) => {
  const markdown = markdownText(text);
  expect(markdown).not.toContain("\n");
  expect(seen(markdown).replaceAll(/\s/g, "")).toBe(showControlCharacters(text).replaceAll(/\s/g, ""));
  expect(typesIn(markdown).filter((type) => !["paragraph", "text", "codespan"].includes(type))).toEqual([]);
  const inItem = typesIn(`- ${markdown}`);
  expect(inItem.filter((type) => !["list", "list_item", "paragraph", "text", "codespan"].includes(type))).toEqual([]);
  expect(
    typesIn(`**${markdown}**`).filter((type) => !["paragraph", "strong", "text", "codespan"].includes(type)),
  ).toEqual([]);
});

test.each(["@octocat", "#1", "GH-2", "org/repo#3", "www.evil.example", ":tada:", "$x$", "1b8a70f", "me@evil.example"])(
  "%s stands in code, where GitHub makes nothing of it",
  (word) => {
    expect(markdownText(`so says ${word}, friends`)).toBe(`so says \`${word}\`, friends`);
  },
);

test.each(["a`b", "`", "``", " padded ", "`a``b```c", "\n", "", "| a \\| b |"])("a code span of %j is one", (text) => {
  const tokens = tokensOf(`before ${codeSpan(text)} after`);
  expect(tokens.filter(({ type }) => type === "codespan")).toHaveLength(1);
  expect(seen(codeSpan("a`b"))).toBe("a`b");
});

test.each(["```\n# out", "````\nx\n`````", "~~~", "a\tb\r\n</pre>", " ", "```` x"])(
  "a code block of %j is one, and nothing else",
  (text) => {
    const tokens = tokensOf(`${codeBlock("text", text)}\n\nafter`).filter(({ type }) => type !== "space");
    expect(tokens.map(({ type }) => type)).toEqual(["code", "paragraph", "text"]);
    expect((tokens[0] as Tokens.Code).text).toBe(text.replace("\r", "\\r"));
  },
);

test("a link leads to a page of the web, or is none", () => {
  expect(tokensOf(markdownLink("page", "https://a.example/b_(c)?d=[e]&f"))).toContainEqual(
    expect.objectContaining({ type: "link", href: "https://a.example/b_(c)?d=[e]&f", text: "page" }),
  );
  for (const url of [
    "javascript:alert(1)",
    "https://a.example/> <b>",
    "https://a b",
    "https://a\u202eb",
    "//a",
    "data:,x",
  ]) {
    expect(markdownLink("page", url)).toBe("page");
  }
});
