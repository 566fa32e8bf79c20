import type { CallbackRequest } from "./attempt.js";
import type { CallbackUrl } from "./callback-url.js";
import { hostHeader, type ExchangeFault } from "./connection.js";
import { requestHead, type WireStep } from "./wire-script.js";

/**
 * What happens to an attempt on its way: nothing; its answer is lost at its first byte; the connection is closed between
 * the whole request and its answer; it is cut in the middle of its body.
 */
export type OnTheWay = "pass" | "lost-ack" | "hang-up" | "cut";

/** What is done to the exchange so that this happens; none for an attempt that passes. */
export function faultOnTheWay(
  request: CallbackRequest,
  url: CallbackUrl,
  onTheWay: OnTheWay,
): ExchangeFault | undefined {
  switch (onTheWay) {
    case "pass":
      return undefined;
    case "lost-ack":
      return { resetAtAnswer: true };
    case "hang-up":
      return { script: [...sent(request, url, request.body), { do: "close" }] };
    case "cut":
      return { script: [...sent(request, url, firstHalf(request.body)), { do: "close" }] };
  }
}

/** The head of the whole request, and so much of its body. */
const sent = (request: CallbackRequest, url: CallbackUrl, body: Buffer): readonly WireStep[] => [
  { do: "send", bytes: requestHead(request, hostOf(url), [`Content-Length: ${request.body.length}`]) },
  { do: "send", bytes: body },
];

export const firstHalf = (body: Buffer): Buffer => body.subarray(0, Math.floor(body.length / 2));

/** The Host header of a request to this URL: the port only where it is not the scheme's own (RFC 9110 §7.2). */
export function hostOf({ scheme, hostname, port }: CallbackUrl): string {
  return hostHeader({ hostname, port, secure: scheme === "https:" });
}
