import type { Clause, Party } from "./clause.js";
import type { Figures } from "./figures.js";

const both: readonly Party[] = ["sender", "receiver"];
const sender: readonly Party[] = ["sender"];
const receiver: readonly Party[] = ["receiver"];

/** Restates the page of the batch callback, one clause one entry, in its order. */
export function batchClauses(figures: Figures): readonly Clause[] {
  const seconds = figures.deadlineMs / 1000;
  const attempts = figures.retryDelaysMs.length + 1;
  const delays = figures.retryDelaysMs.map((ms) => `+${ms / 60_000}`).join(", ");
  return [
    {
      id: "trigger/success-only",
      section: "Webhook Callback for Batch Jobs",
      statement: "A callback is sent only for a job that completed successfully; a failed job sends none.",
      binds: sender,
    },
    {
      id: "url/https",
      section: "Callback URL Requirements",
      statement: "The callback URL uses HTTPS.",
      binds: both,
    },
    {
      id: "url/externally-reachable",
      section: "Callback URL Requirements",
      statement: "The callback URL is externally reachable: not localhost, not an internal domain, not an IP address.",
      binds: both,
    },
    {
      id: "response/2xx",
      section: "Callback URL Requirements",
      statement: "The endpoint answers a callback with a 2XX status.",
      binds: receiver,
    },
    {
      id: "response/within-20-seconds",
      section: "Callback URL Requirements",
      statement: `The answer comes within ${seconds} seconds.`,
      binds: both,
    },
    {
      id: "endpoint/online",
      section: "Callback URL Requirements",
      statement: "The endpoint is consistently online; callbacks are not queued for it indefinitely.",
      binds: receiver,
    },
    {
      id: "request/post-json",
      section: "Callback Payload",
      statement: "A callback is a POST with the content type application/json.",
      binds: sender,
    },
    {
      id: "request/session-header",
      section: "Headers",
      statement: "X-Scriptix-Session carries the session id.",
      binds: sender,
    },
    {
      id: "request/legacy-session-header",
      section: "Headers",
      statement: "X-Zoom-Session carries the same session id; it is deprecated.",
      binds: sender,
    },
    {
      id: "request/body",
      section: "Body (JSON)",
      statement: "The body is a JSON object with sessionId and zoom_id, both the session id today.",
      binds: sender,
    },
    {
      id: "request/zoom-id-may-go",
      section: "Body (JSON)",
      statement: "A future version may remove zoom_id from the body.",
      binds: receiver,
    },
    {
      id: "retry/on-failure",
      section: "Retry Logic",
      statement:
        "A timeout or a non-2XX answer is a failed attempt and is retried, so a receiver meets the same session again.",
      binds: both,
    },
    {
      id: "retry/schedule",
      section: "Retry Logic",
      statement: `There are ${attempts} attempts: at once, then ${delays} minutes, each counted from the one before.`,
      binds: both,
    },
    {
      id: "retry/abandon",
      section: "Retry Logic",
      statement: `After failure number ${attempts} the callback is abandoned for good.`,
      binds: sender,
    },
    {
      id: "auth/custom-headers",
      section: "Authentication",
      statement: "The headers configured with the webhook, such as keys and tokens, are sent with every callback.",
      binds: both,
    },
    {
      id: "auth/system-headers-win",
      section: "Authentication",
      statement: "System headers (X-Scriptix-Session, Content-Type and the like) cannot be overridden.",
      binds: sender,
    },
    {
      id: "results/not-in-callback",
      section: "Retrieving Transcription Results",
      statement: "A callback never holds transcription results.",
      binds: sender,
    },
    {
      id: "results/fetched-by-session-id",
      section: "Retrieving Transcription Results",
      statement:
        "The receiver fetches the results with a GET by session id, with its token in the Authorization header.",
      binds: receiver,
    },
    {
      id: "practice/log-callbacks",
      section: "Webhook Summary",
      statement: "Every callback is logged, for audit and troubleshooting.",
      binds: receiver,
    },
    {
      id: "practice/unique-session-ids",
      section: "Webhook Summary",
      statement: "Session ids are unique and track jobs.",
      binds: both,
    },
    {
      id: "practice/answer-fast",
      section: "Webhook Summary",
      statement: "The endpoint answers quickly with 200 OK, to avoid needless retries.",
      binds: receiver,
    },
  ];
}
