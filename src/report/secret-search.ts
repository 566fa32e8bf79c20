import { viewsOf, type Range, type View } from "./decoded-view.js";
import { spaceForPlus, type Spelling } from "./secret-spelling.js";

/**
 * Where a text is known to end early, so many characters of a secret's start at its end count as the secret: one alone
 * may well be chance, and tells nothing.
 */
export const shortestAtAnEnd = 2;

/** What may stand at the end of a text that was cut inside an escape or a character. */
const unfinishedEscape =
  /(?:%[\da-f]?|%u[\da-f]{0,3}|\\(?:u[\da-f]{0,3}|u\{[\da-f]{0,6}|x[\da-f]?)?|&(?:#?[\da-z]{0,16})?|\xef\xbf\xbd)$/i;

/**
 * Every place of a byte string where a secret is written, in any spelling and behind any escapes; in no order.
 * @param shortestPartial where the text ends early, so many characters of a secret's start count as the secret at its
 * end; null where it does not.
 */
export function findSecrets(text: string, spellings: readonly Spelling[], shortestPartial: number | null): Range[] {
  const found: Range[] = [];
  if (spellings.length === 0) return found;
  for (const view of viewsOf(text)) {
    const exact = spaceForPlus(view.text);
    // A byte string keeps its length in another letter case.
    const lower = exact.toLowerCase();
    for (const spelling of spellings) {
      const searched = spelling.anyCase ? lower : exact;
      let at = searched.indexOf(spelling.text);
      while (at >= 0) {
        found.push(withSharedCharacters(view, spelling, at));
        at = searched.indexOf(spelling.text, at + 1);
      }
    }
    if (shortestPartial !== null) found.push(...partialAtEnd(view, exact, spellings, text.length, shortestPartial));
  }
  return found;
}

const isBase64 = (character: string | undefined): boolean => character !== undefined && /[\w+/-]/.test(character);

function withSharedCharacters(view: View, spelling: Spelling, at: number): Range {
  let start = at;
  let end = at + spelling.text.length;
  if (spelling.base64) {
    if (spelling.sharedBefore === 1 && isBase64(view.text[start - 1])) start--;
    if (spelling.sharedAfter === 1 && isBase64(view.text[end])) end++;
    for (let padding = 0; padding < 2 && view.text[end] === "="; padding++) end++;
  }
  return view.origin(start, end);
}

function partialAtEnd(
  view: View,
  searched: string,
  spellings: readonly Spelling[],
  textEnd: number,
  shortest: number,
): Range[] {
  const whole = unfinishedEscape.exec(searched)?.index;
  const ends = whole === undefined ? [searched.length] : [searched.length, whole];
  const lower = searched.toLowerCase();
  const found: Range[] = [];
  for (const end of ends) {
    for (const { text, sharedBefore, anyCase } of spellings) {
      const length = longestStartAtEnd(anyCase ? lower : searched, end, text, shortest);
      if (length === 0) continue;
      const start = end - length;
      const shared = sharedBefore === 1 && isBase64(view.text[start - 1]) ? 1 : 0;
      found.push([view.origin(start - shared, end)[0], textEnd]);
    }
  }
  return found;
}

/** Length of the longest start of `secret` with which `text` ends at `end`; 0 where it is too short to count. */
function longestStartAtEnd(text: string, end: number, secret: string, shortest: number): number {
  for (let length = Math.min(secret.length - 1, end); length >= shortest; length--) {
    if (text.startsWith(secret.slice(0, length), end - length)) return length;
  }
  return 0;
}

/** Sorted; those that overlap are one. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
