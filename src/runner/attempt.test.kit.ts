import type { Attempt, AttemptOutcome } from "../sender/attempt.js";
import { connectionFailure, statusFailure } from "../sender/failure.js";

export const sessionId = "wct0000000000000000000001a";

export interface Sent {
  readonly number?: number;
  readonly offsetMs?: number;
  readonly sessionId?: string;
  /** Null for no answer. */
  readonly status?: number | null;
  readonly headers?: Attempt["request"]["headers"];
  readonly path?: string;
  readonly answer?: readonly (readonly [string, string])[];
  readonly said?: string;
  /** Milliseconds to the answer. */
  readonly tookMs?: number;
  readonly outcome?: AttemptOutcome;
}

/** One attempt as the sender tells of it. */
export function attempt(sent: Sent = {}): Attempt {
  const { status = 500, headers = [["X-Scriptix-Session", sent.sessionId ?? sessionId]], path = "/hook" } = sent;
  const outcome: AttemptOutcome =
    status === null
      ? connectionFailure(Object.assign(new Error("gone"), { code: "ECONNRESET" }), "headers")
      : status < 300
        ? { kind: "acknowledged", status }
        : statusFailure(status);
  return {
    number: sent.number ?? 1,
    request: { sessionId: sent.sessionId ?? sessionId, method: "POST", path, headers, body: Buffer.from("{}") },
    outcome: sent.outcome ?? outcome,
    response:
      status === null
        ? null
        : {
            status,
            statusText: "So",
            headers: sent.answer ?? [],
            body: Buffer.from(sent.said ?? "said"),
            bodyEnd: "complete",
            oddities: [],
          },
    offsetMs: sent.offsetMs ?? 0,
    startedAt: 0,
    timings: { connectedMs: 1, headersMs: sent.tookMs ?? 2, endMs: 3.4 },
  };
}
