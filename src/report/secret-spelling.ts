/** One way in which a secret may be written, once escapes are undone. A byte string, with `+` as a space. */
export interface Spelling {
  readonly text: string;
  /** Base64 characters just before and after it that hold bits of the secret and of its surroundings as well. */
  readonly sharedBefore: 0 | 1;
  readonly sharedAfter: 0 | 1;
  readonly base64: boolean;
  /** Found in any letter case; it stands in lower case here. */
  readonly anyCase: boolean;
}

/**
 * Form encoding writes a space as `+`, and decoding a base64 text as a form turns each `+` into a space. So the two
 * count as the same character, in secrets and in texts.
 */
export const spaceForPlus = (text: string): string => text.replaceAll("+", " ");

/**
 * The spellings of a value: plain and as hex in any letter case, hex with what people and programs put between the
 * bytes, base64 at each alignment and in both alphabets; each as UTF-16 too.
 */
export function spellingsOf(value: string): Spelling[] {
  return encodingsOf(value).flatMap((bytes) => {
    const hex = bytes.toString("hex");
    const pairs = hex.match(/../g) ?? [];
    return [
      plain(bytes.toString("latin1")),
      plain([...bytes.toString("latin1")].toReversed().join("")),
      plain(hex),
      ...hexSeparators.map((separator) => plain(pairs.join(separator))),
      ...base64Spellings(bytes),
      ...base64Spellings(Buffer.from(wholeCharacters(bytes))),
    ];
  });
}

/** In base64, less a last character that what comes after has a part in. */
const wholeCharacters = (bytes: Buffer): string =>
  bytes.toString("base64").slice(0, Math.floor((bytes.length * 8) / 6));

const hexSeparators = [" ", ":", "-", ", ", ",0x", ", 0x", " 0x", "\\x"];

const plain = (text: string): Spelling => ({
  text: spaceForPlus(text).toLowerCase(),
  anyCase: true,
  sharedBefore: 0,
  sharedAfter: 0,
  base64: false,
});

/** The bytes that a value is sent as: UTF-8, or one byte a character; and the latter after a lossy UTF-8 decoder. */
function encodingsOf(value: string): Buffer[] {
  const utf8 = Buffer.from(value, "utf8");
  const utf16 = Buffer.from(value, "utf16le");
  const wide = [utf16, Buffer.from(utf16).swap16()];
  if (!/[^\0-\x7f]/.test(value)) return [utf8, ...wide];
  if (/[^\0-\xff]/.test(value)) return [utf8, ...wide];
  const latin1 = Buffer.from(value, "latin1");
  const lossy = latin1.toString("utf8");
  // Of what is mostly U+FFFD too little is left to tell it from any other broken text.
  const tellable = lossy.replaceAll("\ufffd", "").length >= 6;
  return tellable ? [utf8, ...wide, latin1, Buffer.from(lossy, "utf8")] : [utf8, ...wide, latin1];
}

/**
 * RFC 4648 section 4: three bytes make four characters, so what a secret looks like inside a longer base64 text depends
 * on how many bytes come before it, modulo 3. A character that also holds bits of a neighbour is left out here and
 * taken along when found.
 */
export function base64Spellings(bytes: Buffer): Spelling[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const sharedBefore = before === 0 ? 0 : 1;
    const sharedAfter = (before + bytes.length) % 3 === 0 ? 0 : 1;
    // One byte before spoils the first two characters, two bytes spoil three.
    const own = encoded.slice(before === 0 ? 0 : before + 1, encoded.length - sharedAfter);
    const urlSafe = own.replaceAll("+", "-").replaceAll("/", "_");
    const spellings = own === urlSafe ? [own] : [own, urlSafe];
    return spellings.map(
      (text) => ({ text: spaceForPlus(text), sharedBefore, sharedAfter, base64: true, anyCase: false }) as const,
    );
  });
}
