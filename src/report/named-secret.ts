import type { Range } from "./decoded-view.js";
import { shortestFreeTextSecret, type Secret } from "./secret.js";

/**
 * Finds secrets that are too short for a search by value, where they stand under their name in free text: a header line,
 * a JSON member, a query parameter, the userinfo of a URL.
 */
export function namedShortSecrets(secrets: readonly Secret[]): (text: string) => Range[] {
  const patterns = secrets.flatMap((secret) => {
    const short = secret.value.length > 0 && secret.value.length < shortestFreeTextSecret;
    return short ? (patternFor(secret) ?? []) : [];
  });
  return (text) =>
    patterns.flatMap((pattern) =>
      Array.from(text.matchAll(pattern), (match): Range => {
        const end = match.index + match[0].length;
        return [match.index + (match[1] ?? "").length, end];
      }),
    );
}

function patternFor(secret: Secret): RegExp | null {
  const value = literal(secret.value);
  switch (secret.kind) {
    case "header":
    case "member":
    case "query":
      return new RegExp(
        `((?<![\\w-])${literal(secret.name)}["']?[ \\t]{0,4}[:=][ \\t]{0,4}["']?)${value}(?![\\w-])`,
        "gi",
      );
    case "userinfo":
      return new RegExp(`(//)${value}(?=@)`, "g");
    case "path":
      return new RegExp(`(/[\\w.~-]*)${value}(?![\\w])`, "g");
    case "token":
      return null;
  }
}

/** As a byte string, with everything that means something in a pattern escaped. */
function literal(text: string): string {
  return Buffer.from(text, "utf8")
    .toString("latin1")
    .replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
