/**
 * Texts here are byte strings: one character a byte, UTF-8 for what is not ASCII. Whatever escape a character was
 * written in, it comes out as the same bytes.
 */
export interface View {
  readonly text: string;
  /** Where in the original text the characters from `start` to `end` (exclusive; at least one) were written. */
  origin(start: number, end: number): Range;
}

export type Range = readonly [start: number, end: number];

/**
 * How many layers of escaping are seen through, such as JSON inside HTML. Percent and base64 spellings contain nothing
 * that JSON or HTML must escape, so two cover what is met.
 */
const layers = 2;

/** The text as it is, then with each kind of escape undone, then with two; and with what is rarer undone. */
export function viewsOf(text: string): View[] {
  const views: View[] = [{ text, origin: (start, end) => [start, end] }];
  let outermost = views.slice();
  for (let layer = 0; layer < layers; layer++) {
    outermost = outermost.flatMap((view) => escapes.flatMap((escape) => decode(view, escape) ?? []));
    views.push(...outermost);
  }
  for (const escape of escapes) views.push(...chainOf(views[0] as View, escape).slice(layers));
  const [asItIs] = views;
  // As they are in a text, and in a text that stands in JSON.
  const plainly = [asItIs, asItIs && decode(asItIs, backslash)];
  for (const escape of rare) views.push(...plainly.flatMap((view) => (view ? (decode(view, escape) ?? []) : [])));
  return views;
}

/** Programs that pass a text on escape it once more, in the way that it was. */
const longestChain = 5;

function chainOf(view: View, escape: Escape, length = longestChain): View[] {
  const next = length === 0 ? null : decode(view, escape);
  return next === null ? [] : [next, ...chainOf(next, escape, length - 1)];
}

interface Escape {
  /** Stands in whatever is written so: most texts have none, and are not looked through. */
  readonly mark: string;
  readonly pattern: RegExp;
  readonly decode: (match: RegExpExecArray) => string;
}

const bytesOf = (text: string): string => (/[^\0-\x7f]/.test(text) ? Buffer.from(text).toString("latin1") : text);
const codePoint = (digits: string, radix: number): string => {
  const value = Number.parseInt(digits, radix);
  return bytesOf(value <= 0x10ffff ? String.fromCodePoint(value) : "\ufffd");
};

const percent: Escape = {
  mark: "%",
  // %uXXXX is what the JavaScript function `escape` writes.
  pattern: /%(?:([\da-f]{2})|u([\da-f]{4}))/gi,
  decode: ([, byte, unit = ""]) =>
    byte === undefined ? codePoint(unit, 16) : String.fromCharCode(Number.parseInt(byte, 16)),
};

const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

const backslash: Escape = {
  mark: "\\",
  // JSON (RFC 8259 section 7), and the spellings that JavaScript and Python add; a surrogate pair is one character.
  pattern: /\\(?:u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}|x([\da-f]{2})|([^ux]))/gi,
  decode: ([, high, low, unit, braced, byte, other = ""]) => {
    if (high !== undefined && low !== undefined) {
      return bytesOf(String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)));
    }
    const digits = unit ?? braced ?? byte;
    return digits === undefined ? (controls[other] ?? other) : codePoint(digits, 16);
  },
};

/** HTML's names for ASCII characters; those for others are not written by escaping functions. */
const entities = new Map(
  (
    "quot \" amp & apos ' lt < gt > sol / bsol \\ colon : equals = plus + lowbar _ period . comma , semi ; num # " +
    "dollar $ percnt % lpar ( rpar ) lsqb [ lbrack [ rsqb ] rbrack ] lcub { lbrace { rcub } rbrace } excl ! quest ? " +
    "commat @ Hat ^ grave ` ast * midast * verbar | vert |"
  )
    .match(/\w+ \S/g)
    ?.map((pair) => [pair.slice(0, -2), pair.slice(-1)] as const),
);

const html: Escape = {
  mark: "&",
  // Browsers do without the semicolon, and so do we.
  pattern: new RegExp(
    `&(?:#0{0,8}(\\d{1,7})|#[xX]0{0,8}([\\da-fA-F]{1,6})|(${[...entities.keys()].join("|")}));?`,
    "g",
  ),
  decode: ([, decimal, hex, name = ""]) => {
    if (decimal !== undefined) return codePoint(decimal, 10);
    return hex === undefined ? (entities.get(name) ?? "") : codePoint(hex, 16);
  },
};

/** Base64 of mail has one every 76 characters (RFC 2045 section 6.8), and so has what many programs print. */
const lineBreak: Escape = { mark: "\n", pattern: /\r?\n[ \t]*/g, decode: () => "" };

/** Byte for byte, as UTF-8: what takes no room, put between the letters of a word by editors and chats. */
const withoutWidth: Escape = {
  // Any text has it: there are several.
  mark: "",
  pattern: /\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf|\xc2\xad/g,
  decode: () => "",
};

/** A logger may colour a part of a word. */
// oxlint-disable-next-line no-control-regex -- a colour begins with one
const colour: Escape = { mark: "\x1b", pattern: /\x1b\[[\d;]*m/g, decode: () => "" };

/** RFC 2045 section 6.7. */
const quotedPrintable: Escape = {
  mark: "=",
  pattern: /=(?:([\da-f]{2})|\r?\n)/gi,
  decode: ([, byte]) => (byte === undefined ? "" : String.fromCharCode(Number.parseInt(byte, 16))),
};

/** As C and the shell write bytes. */
const octal: Escape = {
  mark: "\\",
  pattern: /\\([0-3][0-7]{2})/g,
  decode: ([, digits = ""]) => String.fromCharCode(Number.parseInt(digits, 8)),
};

const escapes: readonly Escape[] = [percent, backslash, html];

/** Nobody puts one of these into another one. */
const rare: readonly Escape[] = [lineBreak, withoutWidth, colour, quotedPrintable, octal];

/** Null where there is nothing to decode. */
function decode(view: View, escape: Escape): View | null {
  const source = view.text;
  if (!source.includes(escape.mark)) return null;
  const decodedAt: number[] = [];
  const decodedEnd: number[] = [];
  const sourceAt: number[] = [];
  const sourceEnd: number[] = [];
  let text = "";
  let position = 0;
  for (const match of source.matchAll(escape.pattern)) {
    text += source.slice(position, match.index);
    position = match.index + match[0].length;
    decodedAt.push(text.length);
    text += escape.decode(match);
    decodedEnd.push(text.length);
    sourceAt.push(match.index);
    sourceEnd.push(position);
  }
  if (decodedAt.length === 0) return null;
  text += source.slice(position);

  const unit = (index: number): Range => {
    const nearest = lastAtOrBefore(decodedAt, index);
    if (nearest < 0) return [index, index + 1];
    const end = decodedEnd[nearest] ?? 0;
    const after = sourceEnd[nearest] ?? 0;
    if (index < end) return [sourceAt[nearest] ?? 0, after];
    return [after + index - end, after + index - end + 1];
  };
  return { text, origin: (start, end) => view.origin(unit(start)[0], unit(end - 1)[1]) };
}

/** Index of the last element that is not greater; -1 where there is none. The list ascends. */
function lastAtOrBefore(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
