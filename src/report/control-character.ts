/**
 * What a terminal obeys or hides instead of showing: control characters, format characters (among them those that turn
 * the reading direction), line and paragraph separators, halves of a surrogate pair.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const allInvisible = new RegExp(invisible, "gu");

export const showsAsItself = (text: string): boolean => !invisible.test(text);

/** Writes such characters out, as `\n`, `\x1b`, `\u202e` or `\u{e0001}`, so that text from a receiver is only read. */
export function showControlCharacters(text: string): string {
  return text.replace(allInvisible, (character) => named[character] ?? escaped(character.codePointAt(0) ?? 0));
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}
