/** A credential header's value, taken apart: what may be varied, and how to put it together again. */
interface Token {
  readonly secret: string;
  readonly rebuild: (secret: string) => string;
}

/**
 * Finds the secret in a header value. A scheme is kept, since HTTP ignores its letter case (RFC 9110 §11.1); in Basic
 * credentials only the password is the secret, since a change to the Base64 text may decode to the same bytes.
 */
function tokenOf(value: string): Token {
  const { scheme = "", rest = value } = /^(?<scheme>[A-Za-z][\w-]* +)(?<rest>\S.*)/.exec(value)?.groups ?? {};
  const decoded = Buffer.from(rest, "base64").toString();
  const colon = decoded.indexOf(":");
  if (/^basic /i.test(scheme) && colon >= 0) {
    const user = decoded.slice(0, colon + 1);
    return {
      secret: decoded.slice(colon + 1),
      rebuild: (secret) => scheme + Buffer.from(user + secret).toString("base64"),
    };
  }
  return { secret: rest, rebuild: (secret) => scheme + secret };
}

export interface NearMiss {
  readonly label: string;
  /** It holds most of the secret, and must be kept as secret as that. */
  readonly holdsTheSecret: boolean;
  /** Null where this value has no such variant. */
  readonly of: (value: string) => string | null;
}

const varied =
  (change: (secret: string) => string) =>
  (value: string): string | null => {
    const { secret, rebuild } = tokenOf(value);
    const changed = change(secret);
    return changed === secret ? null : rebuild(changed);
  };

/** Values that are almost right; outer white space and the scheme's case are left alone, since HTTP ignores them. */
export const nearMisses: readonly NearMiss[] = [
  { label: "with empty credentials", holdsTheSecret: false, of: (value) => (value === "" ? null : "") },
  { label: "with the word undefined as credentials", holdsTheSecret: false, of: varied(() => "undefined") },
  {
    label: "with credentials less their last character",
    holdsTheSecret: true,
    of: varied((secret) => secret.slice(0, -1).trimEnd()),
  },
  {
    label: "with credentials less their first character",
    holdsTheSecret: true,
    of: varied((secret) => secret.slice(1).trimStart()),
  },
  {
    label: "with credentials and something behind them",
    holdsTheSecret: true,
    of: varied((secret) => `${secret}xx`),
  },
  { label: "with credentials in other letter case", holdsTheSecret: true, of: varied(swapCase) },
];

/** A value of the same form with another secret: digits for digits, letters for letters. */
export function wrongValue(value: string, hex: string): string {
  const { secret, rebuild } = tokenOf(value);
  let changed = "";
  for (const [index, character] of [...secret].entries()) {
    changed += differentCharacter(character, Number.parseInt(hex[index % hex.length] ?? "0", 16));
  }
  return rebuild(changed === secret ? `${secret}x` : changed);
}

const alphabets = ["0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"];

function differentCharacter(character: string, random: number): string {
  const alphabet = alphabets.find((letters) => letters.includes(character));
  if (alphabet === undefined) return character;
  const step = 1 + (random % (alphabet.length - 1));
  return alphabet[(alphabet.indexOf(character) + step) % alphabet.length] ?? character;
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
