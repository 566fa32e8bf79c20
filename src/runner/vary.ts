import type { Contract } from "../contract/contract.js";
import type { CallbackRequest, Header } from "../sender/attempt.js";
import type { ExchangeFault } from "../sender/connection.js";
import type { CallbackUrl } from "../sender/callback-url.js";
import { faultOnTheWay, firstHalf, hostOf, type OnTheWay } from "../sender/on-the-way.js";
import { chunkedBody, requestHead, type WireStep } from "../sender/wire-script.js";
import type { CallbackBody, Framing, Variation } from "./check-context.js";

/** A client does not wait for 100 (Continue) for good (RFC 9110 §10.1.1); customary is a second. */
const continueWaitMs = 1000;

/** The documented callback with the variation's changes. */
export function vary(documented: CallbackRequest, variation: Variation, names: Contract["request"]): CallbackRequest {
  const text = documented.body.toString();
  const json =
    variation.body === undefined ? text : JSON.stringify(variation.body(JSON.parse(text) as CallbackBody, names));
  const bytes = variation.bytes?.(json) ?? json;
  return {
    sessionId: documented.sessionId,
    method: variation.method ?? documented.method,
    path: variation.path?.(documented.path) ?? documented.path,
    headers: varyHeaders(documented.headers, variation, names),
    body: typeof bytes === "string" ? Buffer.from(bytes) : bytes,
  };
}

function varyHeaders(
  documented: readonly Header[],
  { set = {}, drop = [], headers }: Variation,
  names: Contract["request"],
): readonly Header[] {
  const dropped = typeof drop === "function" ? drop(names) : drop;
  const replaced = new Set([...Object.keys(set), ...dropped].map((name) => name.toLowerCase()));
  const varied = [...documented.filter(([name]) => !replaced.has(name.toLowerCase())), ...Object.entries(set)];
  return headers?.(varied) ?? varied;
}

/** What must be written on a raw socket, because an HTTP client would not; none for an ordinary request. */
export function faultFor(
  request: CallbackRequest,
  url: CallbackUrl,
  onTheWay: OnTheWay,
  framing: Framing,
): ExchangeFault | undefined {
  if (onTheWay !== "pass") return faultOnTheWay(request, url, onTheWay);
  return framing === "content-length" ? undefined : { script: framed(request, hostOf(url), framing) };
}

function framed(
  request: CallbackRequest,
  host: string,
  framing: Exclude<Framing, "content-length">,
): readonly WireStep[] {
  const length = `Content-Length: ${request.body.length}`;
  if (typeof framing === "object") {
    return [
      { do: "send", bytes: requestHead(request, host, [length]) },
      { do: "send", bytes: firstHalf(request.body) },
      { do: "await-answer", upToMs: framing.stallMs },
      { do: "close" },
    ];
  }
  switch (framing) {
    case "chunked":
      return [
        { do: "send", bytes: requestHead(request, host, ["Transfer-Encoding: chunked"]) },
        { do: "send", bytes: chunkedBody(request.body) },
      ];
    case "expect-continue":
      return [
        { do: "send", bytes: requestHead(request, host, [length, "Expect: 100-continue"]) },
        { do: "await-answer", upToMs: continueWaitMs },
        { do: "send", bytes: request.body },
      ];
    case "two-lengths":
      return [
        { do: "send", bytes: requestHead(request, host, [length, `Content-Length: ${request.body.length + 7}`]) },
        { do: "send", bytes: request.body },
      ];
    case "length-and-chunks":
      return [
        { do: "send", bytes: requestHead(request, host, [length, "Transfer-Encoding: chunked"]) },
        { do: "send", bytes: chunkedBody(request.body) },
      ];
  }
}
