import { namesASecret } from "../report/secret-names.js";
import { percentDecoded, type Secret } from "../report/secret.js";
import type { Header } from "../sender/attempt.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { nearMisses } from "./credential-variants.js";
import { pairsOf, type UrlSecret } from "./url-secrets.js";

/** Headers of content negotiation hold no secret; their values are words that stand all over the evidence. */
const neverSecret = /^(accept(-[a-z]+)?|user-agent|cache-control)$/i;

/** A near miss of fewer characters is a word like any other. */
const shortestNearMiss = 6;

/** What of a target is secret. */
export interface Confidential {
  /** All custom headers that are sent. */
  readonly headers: readonly Header[];
  /** Those that checks vary: near misses of them are as secret. */
  readonly credentials: readonly Header[];
  readonly url: Pick<CallbackUrl, "raw" | "path">;
  /** Parameters of its query that are declared to be secrets, whatever they are called. */
  readonly urlSecrets?: readonly UrlSecret[];
}

/**
 * Everything that must not stand in any output about this target.
 * @param others secrets that are not the target's own, such as the results API's token.
 */
export function secretsOf(
  { headers, credentials, url, urlSecrets = [] }: Confidential,
  others: readonly Secret[] = [],
): readonly Secret[] {
  const secret = ([name]: Header): boolean => !neverSecret.test(name);
  return [
    ...headers
      .filter(secret)
      .flatMap(([name, value]) => readingsOf(value).map((text): Secret => ({ kind: "header", name, value: text }))),
    ...credentials.filter(secret).flatMap(([, value]) => readingsOf(value).flatMap(nearMissesOf)),
    ...secretsInUrl(url.raw, url.path),
    ...urlSecrets.flatMap(({ name, value }): Secret[] => [
      { kind: "query", name, value },
      ...nearMissesOf(percentDecoded(value)),
    ]),
    ...others,
  ];
}

/**
 * The userinfo of a URL, and the values of the query parameters whose names say that they are secrets.
 * @param path as it goes on the wire, with the query; a fragment, which does not, may follow.
 */
export function secretsInUrl(raw: string, path: string): readonly Secret[] {
  const userinfo = /^[^/]*\/\/([^/?#]*)@/.exec(raw)?.[1];
  return [
    ...(userinfo === undefined ? [] : [{ kind: "userinfo", value: userinfo } as const]),
    ...pairsOf(path.replace(/#.*/s, ""))
      .map((pair) => ({ kind: "query", ...pair }) as const)
      .filter(({ name }) => namesASecret(percentDecoded(name))),
  ];
}

/** What requests are signed with. It is never sent, but whoever knows it may repeat it, or most of it. */
export const signingSecrets = (secret: string): readonly Secret[] => [
  { kind: "token", value: secret },
  ...nearMissesOf(secret),
];

/** A header value holds one character a byte. People wrote UTF-8, but a receiver may repeat it character by character. */
const readingsOf = (value: string): readonly string[] => [
  ...new Set([Buffer.from(value, "latin1").toString("utf8"), value]),
];

function nearMissesOf(value: string): Secret[] {
  return nearMisses
    .flatMap(({ holdsTheSecret, of }) => (holdsTheSecret ? (of(value) ?? []) : []))
    .filter((miss) => miss.length >= shortestNearMiss)
    .map((miss) => ({ kind: "token", value: miss }));
}
