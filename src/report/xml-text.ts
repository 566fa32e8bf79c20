import { showControlCharacters } from "./control-character.js";

/** XML 1.0 section 2.2 (Char): what it does not allow, not even as a character reference, is shown as U+FFFD. */
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser turns these into spaces in attributes and into line feeds in text (sections 2.11 and 3.3.3).
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** XML allows these, and a terminal obeys them. */
const hidden = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]+/gu;
const legalAndSeen = (text: string): string =>
  text.replace(illegal, "\ufffd").replace(hidden, (characters) => showControlCharacters(characters));

/** Text for the inside of an attribute in double quotes. */
export function xmlAttribute(text: string): string {
  return legalAndSeen(text).replace(/[&<>"\t\n\r]/g, (character) => references[character] ?? "");
}

/** Text for the content of an element; line feeds and tabs stay readable. */
export function xmlText(text: string): string {
  return legalAndSeen(text).replace(/[&<>\r]/g, (character) => references[character] ?? "");
}
