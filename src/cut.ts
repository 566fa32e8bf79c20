/**
 * The beginning of a text that is quoted, with an ellipsis where it was cut: the mark tells whoever reads it, and the
 * redactor, that the text may end inside a secret there. Nothing is cut in another way before it is redacted.
 */
export function cutTo(mostCharacters: number, text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

/** Ends evidence that was too long to be shown whole; the groups are the bytes shown and the bytes there were. */
export const cutMark = /… \[cut: ([\d,]+) of ([\d,]+) bytes shown\]$/;
