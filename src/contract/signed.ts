import type { Clause, Party } from "./clause.js";
import type { Contract, Template } from "./contract.js";
import type { Decision } from "./decision.js";
import { decisionsFor } from "./decisions.js";
import { deepFreeze } from "./deep-freeze.js";
import { deliveryOf, documentedFigures, systemHeaders } from "./delivered.js";

const both: readonly Party[] = ["sender", "receiver"];
const section = "Webhooks";

const clauses: readonly Clause[] = [
  {
    id: "trigger/completed-and-failed",
    section,
    statement: "An event is sent when a transcription completes, and when it fails.",
    binds: both,
  },
  { id: "response/2xx", section, statement: "The endpoint answers an event with a 2XX status.", binds: ["receiver"] },
  {
    id: "request/post-json",
    section,
    statement: "An event is a POST with the content type application/json.",
    binds: ["sender"],
  },
  {
    id: "request/body",
    section,
    statement: "The body is a JSON object with event, timestamp and data; data.id names the transcription.",
    binds: both,
  },
  {
    id: "request/signature",
    section,
    statement:
      "X-Scriptix-Signature is sha256= and the HMAC-SHA256 of the raw body under the shared secret, in hexadecimal.",
    binds: both,
  },
];

const decisions: readonly Decision[] = [
  {
    id: "signed-delivery",
    question: "Deadline and schedule of signed events",
    decision: "Those of the batch callback. What follows from them is recommended, never required.",
    reason: "The page says nothing of either, and the same service sends both.",
  },
  {
    id: "signed-replays",
    question: "Replays, and the age of the timestamp",
    decision:
      "Nothing is required. A retry is the same bytes, its timestamp included; the timestamp is the time at which the event came about.",
    reason: "The page does not mention them, and a receiver that is strict about age refuses late retries.",
  },
  {
    id: "signed-part",
    question: "What is signed",
    decision: "The bytes of the body and nothing else, whatever else is varied.",
    reason: "The page's example signs the raw body alone.",
  },
];

const data: Template = {
  id: "{sessionId}",
  status: "completed",
  document_id: "{number}",
  duration_seconds: 3600,
  language: "en",
};

/** The signed events of the upload API. */
export const signed: Contract = deepFreeze<Contract>({
  id: "signed",
  name: "Scriptix signed transcription events",
  documentUrl: "https://docs.scriptix.io/docs/api/Batch/Webhooks",
  clauses,
  decisions: [...decisionsFor(documentedFigures, ["X-Scriptix-Signature"]), ...decisions],
  effect: "once",
  failedBody: {
    event: "transcription.failed",
    timestamp: "{timestamp}",
    data: { ...data, status: "failed" },
  },
  subject: { parts: ["sessionId"], idPrefix: "stt_" },
  request: {
    method: "POST",
    methods: ["POST"],
    contentType: "application/json",
    headers: [],
    body: { event: "transcription.completed", timestamp: "{timestamp}", data },
    deprecated: null,
    signature: { header: "X-Scriptix-Signature", hash: "sha256" },
    systemHeaders: systemHeaders("X-Scriptix-Signature"),
  },
  ...deliveryOf(documentedFigures),
  results: null,
});
