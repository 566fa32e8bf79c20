import type { ErrorStatus } from "./api-error.js";
import { subtitleTypes } from "./subtitles.js";
import * as schemas from "./schemas.js";
import type { Schema } from "./schemas.js";
import { batchResults } from "../contract/batch.js";

export type OperationId =
  | "startSession"
  | "startTranscription"
  | "listWebhooks"
  | "getWebhook"
  | "addWebhook"
  | "createDocument"
  | "updateDocument"
  | "deleteDocument"
  | "getSession"
  | "getSessionResult"
  | "getBatchSessionResults"
  | "getSpeechToTextSession"
  | "eraseSession"
  | "completeSession"
  | "failSession"
  | "addFault"
  | "liftFaults"
  | "liftFault"
  | "getLog"
  | "getDescription";

/** One operation of the mock, as data: routes, validation and the OpenAPI description are made of it. */
export interface Endpoint {
  readonly operationId: OperationId;
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
  readonly success: {
    readonly status: 200 | 201;
    readonly description: string;
    readonly schema: Schema;
    /** Content types beside JSON. */
    readonly also?: readonly string[];
  };
  /** Besides those that its kind brings. */
  readonly errors: readonly ErrorStatus[];
}

const session = "/api/v3/speech-to-text/session";

/** Apart from everything that the documentation knows. */
const control = "/_mock";

const results = {
  kind: "results",
  method: "GET",
  query: schemas.pageQuery,
  success: { status: 200, description: "The results, or a page of them.", schema: schemas.results },
  errors: [409, 422],
} as const;

const webhooks = "/customer/{customer}/webhooks";

const changed = { description: "It is, and webhooks are called.", schema: schemas.documentChange } as const;

const ended = { status: 200, description: "The job has ended.", schema: schemas.sessionState } as const;

export function endpoints(): readonly Endpoint[] {
  return [
    {
      operationId: "startSession",
      kind: "start",
      method: "POST",
      path: session,
      summary: "Starts a batch job.",
      body: schemas.sessionRequest,
      success: { status: 200, description: "The new session.", schema: schemas.sessionState },
      errors: [400, 413, 415, 422],
    },
    {
      operationId: "getSession",
      kind: "state",
      method: "GET",
      path: `${session}/{sessionId}`,
      summary: "Tells the state of a session.",
      success: { status: 200, description: "The state.", schema: schemas.sessionState },
      errors: [],
    },
    {
      ...results,
      operationId: "getSessionResult",
      path: `${session}/{sessionId}/result`,
      summary: "Gets the results of a session.",
    },
    {
      ...results,
      operationId: "getBatchSessionResults",
      path: batchResults.path,
      summary: "Gets the results of a session, at the path that the page of the callback names.",
    },
    {
      ...results,
      operationId: "getSpeechToTextSession",
      path: "/api/v2/speech-to-text/session/{sessionId}",
      query: schemas.formatQuery,
      summary: "Gets the results of a session as JSON or as subtitles, by `format`, else by Accept.",
      success: { ...results.success, also: subtitleTypes },
    },
    {
      operationId: "eraseSession",
      kind: "erasure",
      method: "DELETE",
      path: `${session}/{sessionId}`,
      summary: "Erases the name of the file and the transcript.",
      success: { status: 200, description: "They are erased.", schema: schemas.sessionState },
      errors: [404],
    },
    {
      operationId: "startTranscription",
      kind: "start",
      method: "POST",
      path: "/api/v3/stt",
      summary: "Uploads a recording; webhook_url is called with a signed event when the transcription has ended.",
      body: schemas.upload,
      takesForm: true,
      success: { status: 200, description: "The transcription.", schema: schemas.transcription },
      errors: [413, 415, 422],
    },
    {
      operationId: "listWebhooks",
      kind: "management",
      method: "GET",
      path: `/api/v3/admin${webhooks}`,
      summary: "Lists the webhooks that are called when a document changes.",
      query: schemas.webhooksQuery,
      success: { status: 200, description: "The webhooks, or a page of them.", schema: schemas.webhooks },
      errors: [422],
    },
    {
      operationId: "getWebhook",
      kind: "management",
      method: "GET",
      path: `/api/v3/admin${webhooks}/{webhook}`,
      summary: "Tells of one of these webhooks.",
      success: { status: 200, description: "The webhook.", schema: schemas.oneWebhook },
      errors: [404],
    },
    {
      operationId: "addWebhook",
      kind: "control",
      method: "POST",
      path: `${control}${webhooks}`,
      summary: "Registers a webhook that is called whenever a document changes.",
      body: schemas.webhookRequest,
      success: { status: 201, description: "The webhook.", schema: schemas.webhook },
      errors: [400, 413, 415, 422],
    },
    {
      operationId: "createDocument",
      kind: "control",
      method: "POST",
      path: `${control}/session/{sessionId}/documents`,
      summary: "Creates a document of a session, and calls the webhooks.",
      success: { status: 201, ...changed },
      errors: [],
    },
    {
      operationId: "updateDocument",
      kind: "control",
      method: "PUT",
      path: `${control}/session/{sessionId}/documents/{documentId}`,
      summary: "Updates a document, and calls the webhooks.",
      success: { status: 200, ...changed },
      errors: [404],
    },
    {
      operationId: "deleteDocument",
      kind: "control",
      method: "DELETE",
      path: `${control}/session/{sessionId}/documents/{documentId}`,
      summary: "Deletes a document, and calls the webhooks.",
      success: { status: 200, ...changed },
      errors: [404],
    },
    {
      operationId: "completeSession",
      kind: "control",
      method: "POST",
      path: `${control}/session/{sessionId}/complete`,
      summary: "Completes a job now and sends its callback.",
      success: ended,
      errors: [404, 409],
    },
    {
      operationId: "failSession",
      kind: "control",
      method: "POST",
      path: `${control}/session/{sessionId}/fail`,
      summary: "Fails a job now; it sends no callback.",
      success: ended,
      errors: [404, 409],
    },
    {
      operationId: "addFault",
      kind: "control",
      method: "POST",
      path: `${control}/faults`,
      summary: "Sets a fault that requests for state and results meet.",
      body: schemas.fault,
      success: { status: 201, description: "The fault is set.", schema: schemas.faultId },
      errors: [400, 413, 415, 422],
    },
    {
      operationId: "liftFaults",
      kind: "control",
      method: "DELETE",
      path: `${control}/faults`,
      summary: "Lifts every fault; what they stall is answered.",
      success: { status: 200, description: "How many there were.", schema: schemas.liftedCount },
      errors: [],
    },
    {
      operationId: "liftFault",
      kind: "control",
      method: "DELETE",
      path: `${control}/faults/{faultId}`,
      summary: "Lifts one fault; what it stalls is answered.",
      success: { status: 200, description: "The fault is lifted.", schema: schemas.liftedCount },
      errors: [404],
    },
    {
      operationId: "getLog",
      kind: "control",
      method: "GET",
      path: `${control}/log`,
      summary: "Shows the requests that arrived and what the mock did, the latest of each.",
      success: { status: 200, description: "The log.", schema: schemas.log },
      errors: [],
    },
    {
      operationId: "getDescription",
      kind: "control",
      method: "GET",
      path: "/openapi.json",
      summary: "Describes this API.",
      success: { status: 200, description: "An OpenAPI 3.1 document.", schema: { type: "object" } },
      errors: [],
    },
  ];
}

/** Every error that an endpoint can answer with. */
export function errorsOf({ kind, method, errors }: Endpoint): readonly ErrorStatus[] {
  switch (kind) {
    case "start":
    case "management":
      return [401, ...errors];
    case "state":
    case "results":
      return [401, 403, 404, ...errors, 429, 500, 503];
    case "erasure":
      return [401, 403, ...errors];
    case "control":
      return method === "GET" ? [403, ...errors] : [401, 403, ...errors];
  }
}
