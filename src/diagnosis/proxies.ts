import type { Answer } from "./answer.js";
import type { Rule } from "./cause.js";

/** 520 to 527 are Cloudflare's, of the server behind it; Varnish and HAProxy answer 503 of their own. */
export const isFromAProxy = ({ status, body }: Answer): boolean =>
  status === 502 ||
  status === 504 ||
  (status >= 520 && status <= 527) ||
  (status === 503 && /\bBackend fetch failed\b|\bNo server is available to handle this request\b/.test(body));

/** A proxy answered in the place of what stands behind it. */
export const proxies: readonly Rule[] = [
  {
    id: "gateway-without-an-answer",
    shows: ({ status, body }) =>
      status === 502 && /^\s*\{\s*"message"\s*:\s*"Internal server error"\s*\}\s*$/.test(body),
    says: "the API gateway got no answer from the function behind it that it can pass on",
    fix: "Look in the function's log: it threw, or it gave back something other than an object with statusCode and a body that is a text.",
  },
  {
    id: "proxy-error",
    documentedOnly: true,
    shows: isFromAProxy,
    says: "a proxy in front of the receiver could not reach it, or not in time",
    fix: "Look at the receiver behind the proxy: is it up, and is the proxy's timeout longer than its answer takes?",
  },
  {
    id: "proxy-over-this-request",
    variedOnly: true,
    shows: isFromAProxy,
    says: "a proxy answered in the place of the receiver, which gave no whole answer to just this request",
    fix: "Look at the receiver's log for this request: it crashed over it, closed the connection before the request was whole, or took longer than the proxy waits. A limit that it is right to have belongs to the proxy too, where the answer is a 4XX.",
  },
];
