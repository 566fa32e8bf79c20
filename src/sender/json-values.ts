/** Every string and number of a JSON text. A string before a colon is the name of a member (RFC 8259 §4). */
const scalars = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/**
 * Rewrites strings and numbers where they stand as values, and leaves every other character of the text as it is:
 * order, white space, escapes, members of the same name.
 * @param text valid JSON.
 * @param change gets the value, of a number its spelling, and the name that it stands under, and returns null for one
 * that stays, else what takes its place.
 */
export function changeJsonValues(
  text: string,
  change: (value: string, name: string) => string | number | null,
): string {
  let name = "";
  return text.replaceAll(scalars, (token: string, colon: string | undefined) => {
    if (colon !== undefined) {
      name = JSON.parse(token.slice(0, -colon.length)) as string;
      return token;
    }
    const changed = change(token.startsWith('"') ? (JSON.parse(token) as string) : token, name);
    return changed === null ? token : JSON.stringify(changed);
  });
}
