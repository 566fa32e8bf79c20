/** What must never stand in an output, and where it belongs. Values are as configured, before any encoding. */
export type Secret =
  /** The value of a custom header. */
  | { readonly kind: "header"; readonly name: string; readonly value: string }
  /** The value of a query parameter of the callback URL, as it stands in the URL. */
  | { readonly kind: "query"; readonly name: string; readonly value: string }
  /** The value of a member of the body that is sent. */
  | { readonly kind: "member"; readonly name: string; readonly value: string }
  /** A part of the path of the callback URL, as it stands there. */
  | { readonly kind: "path"; readonly value: string }
  /** What stands before the `@` of a URL, as it stands there: `user:password`. */
  | { readonly kind: "userinfo"; readonly value: string }
  /**
   * A secret without a place of its own: a token, or a near-miss credential. Pass only near misses that hold most of
   * a secret: whatever stands here disappears from every output.
   */
  | { readonly kind: "token"; readonly value: string };

/**
 * The fewest characters of a value that is searched for in free text. A shorter one ("1", "test") would turn up by
 * chance all over; it is replaced only where it stands under its name.
 */
export const shortestFreeTextSecret = 6;

/** Every value to look for in free text: the secrets, and those parts of them that are secrets of their own. */
export function freeTextValues(secrets: readonly Secret[]): readonly string[] {
  const values = new Set(secrets.flatMap(partsOf));
  return [...values].filter((value) => value.length >= shortestFreeTextSecret);
}

function partsOf(secret: Secret): string[] {
  switch (secret.kind) {
    case "member":
      return [secret.value];
    case "header":
    case "token":
      return headerParts(secret.value.trim());
    case "query":
    case "path":
      return [secret.value, percentDecoded(secret.value), percentDecoded(secret.value.replaceAll("+", " "))];
    case "userinfo":
      return [secret.value, percentDecoded(secret.value)].flatMap(userinfoParts);
  }
}

/** RFC 9110 section 11.4: credentials are a scheme, then a token or parameters; cookies are parameters too. */
function headerParts(value: string): string[] {
  const parts = [value];
  const [, scheme, credentials] = /^([!#$%&'*+.^_`|~\w-]+) +(\S.*)$/.exec(value) ?? [];
  if (credentials !== undefined) parts.push(credentials);
  if (credentials !== undefined && scheme?.toLowerCase() === "basic") {
    parts.push(...userinfoParts(Buffer.from(credentials, "base64").toString("utf8")));
  }
  for (const [, quoted, bare] of value.matchAll(/(?:^|[\s,;])[\w.-]+=(?:"([^"]+)"|([^\s",;]+))/g)) {
    parts.push(quoted ?? bare ?? "");
  }
  return parts;
}

/** RFC 7617 section 2: everything after the first colon is the password. */
function userinfoParts(userinfo: string): string[] {
  const colon = userinfo.indexOf(":");
  return colon < 0 ? [userinfo] : [userinfo, userinfo.slice(0, colon), userinfo.slice(colon + 1)];
}

export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
