import { namedShortSecrets } from "./named-secret.js";
import { findSecrets, mergeRanges, shortestAtAnEnd } from "./secret-search.js";
import { spellingsOf, type Spelling } from "./secret-spelling.js";
import { freeTextValues, percentDecoded, type Secret } from "./secret.js";

/** What stands in the place of a secret. */
export const redacted = "[redacted]";

/** An ellipsis, as a byte string. */
const ourMark = Buffer.from("…").toString("latin1");
/** Where a text was cut, by us with an ellipsis, or by whoever masks what he repeats: `…`, `***`, `...`. */
const cuts = new RegExp(`(${ourMark}|\\*{3,}|\\.{3,})`);

interface RedactOptions {
  /**
   * The text is known to end early (a cap, a broken connection), so it may end inside a secret: a start of one at its end
   * is replaced too.
   *
   * @default false
   */
  readonly cut?: boolean;
}

/** Before what may be a mark of theirs, or punctuation, so many characters of a secret's start count as the secret. */
const shortestBeforeAMark = 4;

/** Replaces secrets in whatever is printed or written. Text that holds none comes back unchanged. */
export interface Redactor {
  redactText(text: string, options?: RedactOptions): string;
  /** Replaces userinfo and secret query parameters by their place, whatever their value, then all else by value. */
  redactUrl(url: string): string;
  /** Replaces the value of each secret header by name, whatever it is (an empty one stays), then all else by value. */
  redactHeaders(headers: readonly (readonly [string, string])[]): readonly (readonly [string, string])[];
}

export function createRedactor(secrets: readonly Secret[]): Redactor {
  const spellings = distinct(freeTextValues(secrets).flatMap(spellingsOf));
  const findNamed = namedShortSecrets(secrets);

  const redactPart = (text: string, shortestPartial: number | null): string => {
    const ranges = mergeRanges([...findSecrets(text, spellings, shortestPartial), ...findNamed(text)]);
    let result = "";
    let position = 0;
    for (const [start, end] of ranges) {
      result += text.slice(position, start) + redacted;
      position = end;
    }
    return result + text.slice(position);
  };

  /** What is before such a mark may end inside a secret. */
  const redactByteString = (text: string, { cut = false }: RedactOptions = {}): string => {
    const parts = redactPart(text, cut ? shortestAtAnEnd : null).split(cuts);
    return parts
      .map((part, index) => {
        const mark = index % 2 === 0 ? parts[index + 1] : undefined;
        if (mark === undefined) return part;
        const shortest = mark === ourMark ? shortestAtAnEnd : shortestBeforeAMark;
        return redactPart(part.trimEnd(), shortest) + part.slice(part.trimEnd().length);
      })
      .join("");
  };

  const redactText = (text: string, options?: RedactOptions): string => {
    const bytes = Buffer.from(text, "utf8").toString("latin1");
    const result = redactByteString(bytes, options);
    return result === bytes ? text : Buffer.from(result, "latin1").toString("utf8");
  };

  /** The values of headers that stand one after another, without what is laid on several of them. */
  const withoutPieces = (values: readonly string[]): readonly string[] => {
    const pieces = values.map((value) => Buffer.from(value, "utf8").toString("latin1"));
    const found = mergeRanges(findSecrets(pieces.join(""), spellings, null));
    let end = 0;
    return pieces.map((piece, index) => {
      const start = end;
      end += piece.length;
      const shared = found.filter(([from, to]) => (from < start && to > start) || (from < end && to > end));
      if (shared.length === 0) return values[index] ?? "";
      const left = shared.reduceRight(
        (text, [from, to]) => text.slice(0, Math.max(from - start, 0)) + redacted + text.slice(Math.max(to - start, 0)),
        piece,
      );
      return Buffer.from(left, "latin1").toString("utf8");
    });
  };

  const headerNames = new Set(namesOf(secrets, "header").map((name) => name.toLowerCase()));
  // Userinfo is sent as an Authorization header (RFC 7617).
  if (secrets.some(({ kind }) => kind === "userinfo")) headerNames.add("authorization");
  const queryNames = new Set(namesOf(secrets, "query").map(percentDecoded));

  return {
    redactText,
    redactUrl(url) {
      const withoutUserinfo = url.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*@/i, `$1//${redacted}@`);
      const withoutQuery = withoutUserinfo.replace(/([?&])([^=&#]*)=([^&#]*)/g, (whole, mark, name: string) =>
        queryNames.has(percentDecoded(name)) ? `${mark}${name}=${redacted}` : whole,
      );
      return redactText(withoutQuery);
    },
    redactHeaders(headers) {
      const values = withoutPieces(headers.map(([, value]) => value));
      return headers.map(([name], index) => {
        const secret = headerNames.has(name.toLowerCase());
        const value = values[index] ?? "";
        return [redactText(name), secret ? (value === "" ? "" : redacted) : redactText(value)] as const;
      });
    },
  };
}

function namesOf(secrets: readonly Secret[], kind: "header" | "query"): string[] {
  return secrets.flatMap((secret) => (secret.kind === kind ? [secret.name] : []));
}

function distinct(spellings: readonly Spelling[]): Spelling[] {
  return [...new Map(spellings.map((spelling) => [JSON.stringify(Object.values(spelling)), spelling])).values()];
}
