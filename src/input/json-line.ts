/**
 * The line at which a text stops being JSON, from 1; null where that cannot be told. The parser's own message may quote
 * the text, which may hold a secret, and names a position only for some mistakes.
 */
export function jsonErrorLine(text: string): number | null {
  const message = messageFor(text);
  const position = /position (\d+)/.exec(message)?.[1] ?? (isUnexpected(message) ? firstUnexpected(text) : undefined);
  return position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
}

/** What is cut off before the mistake lacks an end, and has nothing unexpected yet. */
function firstUnexpected(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isUnexpected(messageFor(text.slice(0, middle)))) bad = middle;
    else good = middle;
  }
  return good;
}

const isUnexpected = (message: string): boolean => message.startsWith("Unexpected token");

function messageFor(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
