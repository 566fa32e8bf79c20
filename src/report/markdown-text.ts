import { showControlCharacters } from "./control-character.js";

/**
 * A word that no Markdown reader makes anything of but text: no markup, link, HTML, mention, emoji, reference to an issue
 * or formula. CommonMark and GitHub's extensions give a meaning to no letter or digit by itself, nor to what stands
 * outside ASCII.
 */
const plainWord = /^["'(]*(?:[A-Za-z\d]|[^\p{ASCII}\s])(?:[A-Za-z\d.,;'"()!?%-]|[^\p{ASCII}\s])*:?$/u;
/** Harmless letters that mean something all the same: an address, an issue, a commit. */
const linkedWord = /www\.|\bGH-\d|^\W*[\da-f]{7,40}\W*$/i;
/** The number of a list's item, where it begins a line. */
const itemNumber = /^\d+[.)]$/;

/**
 * Any text inside a line of Markdown, to be read and nothing else. Plain words stand as they are, all others in code
 * spans: within those nothing has a meaning, whereas a backslash keeps neither a mention nor a link from being made.
 */
export function markdownText(text: string): string {
  const words = showControlCharacters(text)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const runs: { plain: boolean; words: string[] }[] = [];
  for (const [index, word] of words.entries()) {
    const plain = plainWord.test(word) && !linkedWord.test(word) && !(index === 0 && itemNumber.test(word));
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.map(({ plain, words: run }) => (plain ? run.join(" ") : codeWithin(run.join(" ")))).join(" ");
}

/** A code span that leaves out the punctuation of the sentence around it. */
function codeWithin(text: string): string {
  const [, before = "", code = "", after = ""] = /^(["'(]*)(.*?)([.,;!?)"']*)$/s.exec(text) ?? [];
  return code === "" ? codeSpan(text) : before + codeSpan(code) + after;
}

/** Text that is code by itself, such as an id. CommonMark section 6.1: it ends at as many backticks as began it. */
export function codeSpan(text: string): string {
  const shown = showControlCharacters(text);
  if (shown.trim() === "") return "` `";
  const fence = "`".repeat(longestRun(shown) + 1);
  const padding = /^[`\s]|[`\s]$/.test(shown) ? " " : "";
  return fence + padding + shown + padding + fence;
}

/** Lines of text in a block of their own (CommonMark section 4.5). */
export function codeBlock(language: "text" | "sh", text: string): string {
  const lines = text.split("\n").map((line) => line.split("\t").map(showControlCharacters).join("\t"));
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [fence + language, ...lines, fence].join("\n");
}

/** A link to a page of the web; anything else that calls itself a link is only shown. */
export function markdownLink(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>\\]+$/i.test(url) || showControlCharacters(url) !== url) return text;
  return `[${text}](<${url}>)`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
