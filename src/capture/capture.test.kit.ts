import { batch } from "../contract/batch.js";
import { captureOf, type Capture, type SeenRequest } from "./capture.js";

export const sessionId = "1b8a70f1000001000002d1a37b";

/** The documented callback as a receiver sees it, with what is other about it. */
export function seen(
  changes: Partial<Omit<SeenRequest, "body">> & { readonly body?: string | Buffer } = {},
): SeenRequest {
  const { body = JSON.stringify({ sessionId, zoom_id: sessionId }), ...others } = changes;
  return {
    method: "POST",
    target: "/webhook",
    version: "HTTP/1.1",
    headers: [
      ["Content-Type", "application/json"],
      ["X-Scriptix-Session", sessionId],
      ["X-Zoom-Session", sessionId],
    ],
    body: Buffer.from(body),
    ...others,
  };
}

export function captured(changes: Parameters<typeof seen>[0] = {}): Capture {
  const capturedAt = "2026-01-31T12:00:00.000Z";
  return captureOf(seen(changes), { contract: batch, path: "/webhook", capturedAt });
}
