import { percentDecoded, type Secret } from "../report/secret.js";
import { nearMisses } from "./credential-variants.js";
import type { Target } from "./target.js";

/** Query parameters whose names say that their values are secrets. */
const secretNames = /(^|[_.-])(access_?)?(token|key|api_?key|secret|sig|signature|password|passwd|pwd|auth|code|jwt)$/i;

/** Headers of content negotiation hold no secret; their values are words that stand all over the evidence. */
const neverSecret = /^(accept(-[a-z]+)?|user-agent|cache-control)$/i;

/** A near miss of fewer characters is a word like any other. */
const shortestNearMiss = 6;

/** Everything that must not stand in any output of a run against this target. */
export function secretsOf({ headers, credentials, url }: Target): readonly Secret[] {
  const userinfo = /^[^/]*\/\/([^/?#]*)@/.exec(url.raw)?.[1];
  return [
    ...headers
      .filter(([name]) => !neverSecret.test(name))
      .map(([name, value]): Secret => ({ kind: "header", name, value: asText(value) })),
    ...credentials.flatMap(([, value]) => nearMissesOf(asText(value))),
    ...(userinfo === undefined ? [] : [{ kind: "userinfo", value: userinfo } as const]),
    ...queryOf(url.path).filter(({ name }) => secretNames.test(inSnakeCase(percentDecoded(name)))),
  ];
}

/** Header values are kept as the bytes that are sent, one character a byte; people wrote UTF-8. */
const asText = (value: string): string => Buffer.from(value, "latin1").toString("utf8");

/** `authToken` as `auth_Token`. */
const inSnakeCase = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");

function nearMissesOf(value: string): Secret[] {
  return nearMisses
    .flatMap(({ holdsTheSecret, of }) => (holdsTheSecret ? (of(value) ?? []) : []))
    .filter((miss) => miss.length >= shortestNearMiss)
    .map((miss) => ({ kind: "token", value: miss }));
}

function queryOf(path: string): { kind: "query"; name: string; value: string }[] {
  const [, query = ""] = path.split(/\?(.*)/s);
  return query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { kind: "query", name, value };
  });
}
