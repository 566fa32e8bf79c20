import { UsageError } from "../errors.js";
import { percentDecoded, type Secret } from "../report/secret.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { nearMisses, wrongValue } from "./credential-variants.js";

/** A parameter of the callback URL's query whose value is a secret. */
export interface UrlSecret {
  readonly name: string;
  /** As it stands in the URL, percent-encoded or not. */
  readonly value: string;
}

/** @throws UsageError `ERR_CREDENTIAL_QUERY` for a name that the URL's query does not have with a value. */
export function urlSecretsIn({ path }: Pick<CallbackUrl, "path">, names: readonly string[]): readonly UrlSecret[] {
  return names.flatMap((name) => {
    const found = pairsOf(path).filter((pair) => percentDecoded(pair.name) === name && pair.value !== "");
    if (found.length > 0) return found.map(({ value }) => ({ name, value }));
    const expected = "expected the name of a parameter of the callback URL's query that has a value";
    throw new UsageError("ERR_CREDENTIAL_QUERY", `--credential-query: ${expected}, got "${name}"`);
  });
}

/** @throws UsageError `ERR_CREDENTIAL_PATH` for what does not stand in the URL's path; the message holds no part of it. */
export function secretsInPath({ path }: Pick<CallbackUrl, "path">, parts: readonly string[]): readonly Secret[] {
  const [written = ""] = path.split("?");
  return parts.map((part) => {
    const value = [part, encodeURIComponent(part)].find((each) => written.includes(each));
    if (value !== undefined) return { kind: "path", value };
    const expected = "expected a part of the callback URL's path, such as a segment";
    throw new UsageError("ERR_CREDENTIAL_PATH", `--credential-path: ${expected}, got what does not stand in it`);
  });
}

/** The path with its query, less these parameters. */
export const withoutSecrets = (path: string, secrets: readonly UrlSecret[]): string =>
  changed(path, secrets, () => null);

/** The same with wrong values of the same form. */
export const withWrongSecrets = (path: string, secrets: readonly UrlSecret[], hex: string): string =>
  changed(path, secrets, (value) => wrongValue(value, hex));

/** The same with values that are almost right, each with its label; null where no value has such a variant. */
export const nearMissesInUrl: readonly {
  readonly label: string;
  readonly of: (path: string, secrets: readonly UrlSecret[]) => string | null;
}[] = nearMisses.map(({ label, of }) => ({
  label: label.replace("credentials", "the secret in the URL"),
  of(path, secrets) {
    if (secrets.some(({ value }) => of(percentDecoded(value)) === null)) return null;
    return changed(path, secrets, (value) => encodeURIComponent(of(percentDecoded(value)) ?? ""));
  },
}));

/** @param change null takes the parameter out. */
function changed(path: string, secrets: readonly UrlSecret[], change: (value: string) => string | null): string {
  const [before = "", query] = path.split(/\?(.*)/s);
  const names = new Set(secrets.map(({ name }) => name));
  const pairs = (query ?? "").split("&").flatMap((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    if (!names.has(percentDecoded(name))) return [pair];
    const other = change(value);
    return other === null ? [] : [`${name}=${other}`];
  });
  return pairs.length === 0 ? before : `${before}?${pairs.join("&")}`;
}

/** The parameters of a request target's query, as they stand there. */
export function pairsOf(path: string): readonly UrlSecret[] {
  const [, query = ""] = path.split(/\?(.*)/s);
  return query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { name, value };
  });
}
