import type { ErrorStatus } from "./api-error.js";
import { subtitleTypes } from "./subtitles.js";
import * as schemas from "./schemas.js";
import type { Schema } from "./schemas.js";
import { batchResults } from "../contract/batch.js";

/** One operation of the mock, as data: routes, validation and the OpenAPI description are made of it. */
export interface Endpoint {
  readonly operationId: string;
  /**
   * `start` and `management` need a token; `state`, `results` and `erasure` need the token of the session's creator, and all but the
   * last meet the faults;
   * `control` is the mock's own, for whoever works on its machine.
   */
  readonly kind: "start" | "management" | "state" | "results" | "erasure" | "control";
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly summary: string;
  readonly query?: Schema;
  readonly body?: Schema;
  /** The body is a form, `multipart/form-data`, and no JSON. */
  readonly takesForm?: true;
  readonly success: Success;
  /** Besides those that its kind, its body and its query bring. */
  readonly errors?: readonly ErrorStatus[];
}

interface Success {
  readonly status: 200 | 201;
  readonly description: string;
  readonly schema: Schema;
  /** Content types beside JSON. */
  readonly also?: readonly string[];
}

const session = "/api/v3/speech-to-text/session";

/** Apart from everything that the documentation knows. */
const control = "/_mock";

const webhooks = "/customer/{customer}/webhooks";
const documents = `${control}/session/{sessionId}/documents`;

const ok = (description: string, schema: Schema): Success => ({ status: 200, description, schema });
const created = (description: string, schema: Schema): Success => ({ status: 201, description, schema });

const results = ok("The results, or a page of them.", schemas.results);
const documentChanged = ok("It is, and webhooks are called.", schemas.documentChange);
const ended = ok("The job has ended.", schemas.sessionState);

function operation<Id extends string>(
  operationId: Id,
  kind: Endpoint["kind"],
  [method, path]: readonly [Endpoint["method"], string],
  summary: string,
  more: Pick<Endpoint, "query" | "body" | "takesForm" | "success" | "errors">,
): Endpoint & { readonly operationId: Id } {
  return { operationId, kind, method, path, summary, ...more };
}

export const endpoints = [
  operation("startSession", "start", ["POST", session], "Starts a batch job.", {
    body: schemas.sessionRequest,
    success: ok("The new session.", schemas.sessionState),
  }),
  operation("getSession", "state", ["GET", `${session}/{sessionId}`], "Tells the state of a session.", {
    success: ok("The state.", schemas.sessionState),
  }),
  operation("getSessionResult", "results", ["GET", `${session}/{sessionId}/result`], "Gets the results of a session.", {
    query: schemas.pageQuery,
    success: results,
    errors: [409],
  }),
  operation(
    "getBatchSessionResults",
    "results",
    ["GET", batchResults.path],
    "Gets the results of a session, at the path that the page of the callback names.",
    { query: schemas.pageQuery, success: results, errors: [409] },
  ),
  operation(
    "getSpeechToTextSession",
    "results",
    ["GET", "/api/v2/speech-to-text/session/{sessionId}"],
    "Gets the results of a session as JSON or as subtitles, by `format`, else by Accept.",
    { query: schemas.formatQuery, success: { ...results, also: subtitleTypes }, errors: [409] },
  ),
  operation(
    "eraseSession",
    "erasure",
    ["DELETE", `${session}/{sessionId}`],
    "Erases the name of the file and the transcript.",
    { success: ok("They are erased.", schemas.sessionState), errors: [404] },
  ),
  operation(
    "startTranscription",
    "start",
    ["POST", "/api/v3/stt"],
    "Uploads a recording; webhook_url is called with a signed event when the transcription has ended.",
    { body: schemas.upload, takesForm: true, success: ok("The transcription.", schemas.transcription) },
  ),
  operation(
    "listWebhooks",
    "management",
    ["GET", `/api/v3/admin${webhooks}`],
    "Lists the webhooks that are called when a document changes.",
    { query: schemas.webhooksQuery, success: ok("The webhooks, or a page of them.", schemas.webhooks) },
  ),
  operation(
    "getWebhook",
    "management",
    ["GET", `/api/v3/admin${webhooks}/{webhook}`],
    "Tells of one of these webhooks.",
    {
      success: ok("The webhook.", schemas.oneWebhook),
      errors: [404],
    },
  ),
  operation(
    "addWebhook",
    "control",
    ["POST", `${control}${webhooks}`],
    "Registers a webhook that is called whenever a document changes.",
    { body: schemas.webhookRequest, success: created("The webhook.", schemas.webhook) },
  ),
  operation(
    "createDocument",
    "control",
    ["POST", documents],
    "Creates a document of a session, and calls the webhooks.",
    {
      success: { ...documentChanged, status: 201 },
    },
  ),
  operation(
    "updateDocument",
    "control",
    ["PUT", `${documents}/{documentId}`],
    "Updates a document, and calls the webhooks.",
    {
      success: documentChanged,
      errors: [404],
    },
  ),
  operation(
    "deleteDocument",
    "control",
    ["DELETE", `${documents}/{documentId}`],
    "Deletes a document, and calls the webhooks.",
    {
      success: documentChanged,
      errors: [404],
    },
  ),
  operation(
    "completeSession",
    "control",
    ["POST", `${control}/session/{sessionId}/complete`],
    "Completes a job now and sends its callback.",
    { success: ended, errors: [404, 409] },
  ),
  operation(
    "failSession",
    "control",
    ["POST", `${control}/session/{sessionId}/fail`],
    "Fails a job now; it sends no callback.",
    { success: ended, errors: [404, 409] },
  ),
  operation(
    "addFault",
    "control",
    ["POST", `${control}/faults`],
    "Sets a fault that requests for state and results meet.",
    {
      body: schemas.fault,
      success: created("The fault is set.", schemas.faultId),
    },
  ),
  operation(
    "liftFaults",
    "control",
    ["DELETE", `${control}/faults`],
    "Lifts every fault; what they stall is answered.",
    {
      success: ok("How many there were.", schemas.liftedCount),
    },
  ),
  operation(
    "liftFault",
    "control",
    ["DELETE", `${control}/faults/{faultId}`],
    "Lifts one fault; what it stalls is answered.",
    {
      success: ok("The fault is lifted.", schemas.liftedCount),
      errors: [404],
    },
  ),
  operation(
    "getLog",
    "control",
    ["GET", `${control}/log`],
    "Shows the requests that arrived and what the mock did, the latest of each.",
    { success: ok("The log.", schemas.log) },
  ),
  operation("getDescription", "control", ["GET", "/openapi.json"], "Describes this API.", {
    success: ok("An OpenAPI 3.1 document.", { type: "object" }),
  }),
];

export type OperationId = (typeof endpoints)[number]["operationId"];

/** Every error that an endpoint can answer with. */
export function errorsOf({ kind, method, body, takesForm, query, errors = [] }: Endpoint): readonly ErrorStatus[] {
  const own: ErrorStatus[] = [...errors];
  if (body !== undefined && takesForm !== true) own.push(400);
  if (body !== undefined) own.push(413, 415);
  if (body !== undefined || query !== undefined) own.push(422);
  switch (kind) {
    case "start":
    case "management":
      return [401, ...own];
    case "state":
    case "results":
      return [401, 403, 404, ...own, 429, 500, 503];
    case "erasure":
      return [401, 403, ...own];
    case "control":
      return method === "GET" ? [403, ...own] : [401, 403, ...own];
  }
}
