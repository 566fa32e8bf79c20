import { showControlCharacters } from "../control-character.js";

/** A report, or any other data, with every control character of every string written out; bodies keep their lines. */
export const shownReport = <T>(report: T): T => shown(report, "") as T;

function shown(value: unknown, key: string): unknown {
  if (typeof value === "string") return key === "body" ? shownLines(value) : showControlCharacters(value);
  if (Array.isArray(value)) return value.map((member) => shown(member, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member, name)]));
}

/** Line ends and tabs only lay text out; all else that is invisible could mislead. */
const shownLines = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : showControlCharacters(part)))
    .join("");
