import { expect, test } from "vitest";
import type { Happening } from "./event-log.js";
import { eventLine } from "./events.js";

const request = {
  time: 0,
  method: "GET",
  target: "/a",
  sessionId: null,
  authorization: "none",
  undocumented: null,
  status: 404,
  fault: null,
} as const;
const attempt = {
  event: "attempt",
  sessionId: "s1",
  number: 2,
  acknowledged: false,
  outcome: "the receiver answered 503, not a 2XX",
} as const;

test.each<[Happening, string]>([
  [{ event: "request", request }, "GET /a -> 404, no token"],
  [
    {
      event: "request",
      request: { ...request, authorization: "owner", undocumented: null, status: null, fault: "reset" },
    },
    "GET /a -> no answer, the owner's token, fault reset",
  ],
  [{ event: "request", request: { ...request, target: "/\u009b31m" } }, "GET /?31m -> 404, no token"],
  [
    { event: "session-started", sessionId: "s1", webhookUrl: "http://localhost/", droppedHeaders: ["Host"] },
    "session s1 started, webhook http://localhost/, without Host",
  ],
  [
    { event: "session-started", sessionId: "s1", webhookUrl: null, droppedHeaders: [] },
    "session s1 started, webhook none",
  ],
  [{ event: "job-completed", sessionId: "s1", callback: true }, "session s1 completed"],
  [{ event: "job-completed", sessionId: "s1", callback: false }, "session s1 completed, no webhook to call"],
  [{ event: "job-failed", sessionId: "s1", callback: false }, "session s1 failed, so there is no callback"],
  [
    { ...attempt, nextInMs: 120_000 },
    "session s1 callback attempt 2: the receiver answered 503, not a 2XX; next attempt 120 s after this one",
  ],
  [
    { ...attempt, nextInMs: null },
    "session s1 callback attempt 2: the receiver answered 503, not a 2XX; that was the last attempt",
  ],
  [
    { ...attempt, acknowledged: true, outcome: "acknowledged with 200", nextInMs: null },
    "session s1 callback attempt 2: acknowledged with 200",
  ],
  [{ event: "internal-error", message: "no" }, "internal error: no"],
])("says %j in one line", (happening, line) => {
  expect(eventLine({ time: 0, ...happening }).through(null, (text) => text)).toBe(`1970-01-01T00:00:00.000Z ${line}`);
});
