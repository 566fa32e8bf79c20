/** Levels: more than anything that is written, and few enough for the stack. */
export const deepest = 500;

/** Values, and so memory: a few bytes of text can become a hundred times as many. */
const mostValues = 2_000_000;

/** @throws SyntaxMistake where a text has more values by here than anything that is written. */
export function assertFew(values: number, offset: number): void {
  if (values > mostValues) throw new SyntaxMistake(offset, `expected at most ${mostValues} values, got more`);
}

/** Keys and list indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** `deliveries[1].attempts`; of a key that is no plain word, `["a b"]`. */
export const pathText = (path: Path): string =>
  path
    .map((step) =>
      typeof step === "number" ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join("")
    .replace(/^\./, "");

/** `line 2, column 5`, both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const column = offset - (before.lastIndexOf("\n") + 1);
  return `line ${before.split("\n").length}, column ${column + 1}`;
}

/** Where a value stands in a text: offsets from 0 to its end, and the offset of the key before it. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly keyStart: number;
}

/** What a text says, and where. */
export interface Parsed {
  readonly value: unknown;
  /** Null where nothing stands at this path. */
  find(path: Path): Place | null;
}

/** A text that is not in the language that it should be in. */
export class SyntaxMistake extends Error {
  readonly offset: number;

  /** @param expected what was, and what came, without quoting the text: it may hold a secret. */
  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
  }
}
