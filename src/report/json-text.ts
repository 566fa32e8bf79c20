/** Control, format and separator characters but the line feeds of the layout, and a `#` with which a CI command would begin. */
const unsafe = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]|(?<=#)#(?=[a-z]*\[)/giu;

/**
 * A value as JSON, two spaces of indentation unless told otherwise. What a terminal or the log of a CI job would obey is
 * written as escapes: it is read back as the same value. (Control characters below 32 are escaped by JSON itself.)
 */
export function jsonText(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(unsafe, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(""),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, "0")}`;
