import type { Contract } from "../contract/contract.js";
import { endpoints, errorsOf, type Endpoint } from "./endpoints.js";
import * as schemas from "./schemas.js";
import { idHeaders } from "../contract/message.js";
import { document } from "../contract/document.js";
import { signed } from "../contract/signed.js";

type Json = Readonly<Record<string, unknown>>;

/** Those that several answers have. */
const shared: Readonly<Record<string, Json>> = {
  Error: schemas.error,
  SessionState: schemas.sessionState,
  Results: schemas.results,
  DocumentChange: schemas.documentChange,
};

function json(schema: Json): Json {
  const name = Object.keys(shared).find((each) => shared[each] === schema);
  return { "application/json": { schema: name === undefined ? schema : { $ref: `#/components/schemas/${name}` } } };
}

const textual = (types: readonly string[]): Json =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));

const parameters: Readonly<Record<string, string>> = {
  sessionId: "The session id, percent-encoded.",
  faultId: "What setting the fault answered.",
  documentId: "What creating the document answered.",
  customer: "Whose webhooks they are; any text.",
  webhook: "What registering the webhook answered.",
};

/** Describes the mock, and the callback that it sends, in OpenAPI 3.1. */
export function openApiDocument(contract: Contract): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Mock of the Scriptix API",
      version: "3",
      description:
        "Sessions and results as Scriptix documents them, on this machine. Paths under /_mock, and the paging of results, are the mock's own.",
    },
    externalDocs: { url: contract.documentUrl },
    tags: [
      { name: "documented", description: "As Scriptix documents it." },
      { name: "control", description: "Of the mock alone." },
    ],
    paths,
    webhooks: {
      sessionCompleted: Object.fromEntries(
        contract.request.methods.map((method) => [
          method.toLowerCase(),
          callbackOperation(
            contract,
            "sessionCompleted",
            "Tells that a batch job has completed; a failed job sends none.",
          ),
        ]),
      ),
      documentChanged: {
        post: callbackOperation(
          document,
          "documentChanged",
          "Tells that a document was created, updated or deleted, and not which of them.",
        ),
      },
      transcriptionEnded: {
        post: callbackOperation(
          signed,
          "transcriptionEnded",
          "Tells that a transcription has completed, or has failed.",
        ),
      },
    },
    components: {
      schemas: shared,
      responses: Object.fromEntries(
        Object.keys(errorDescriptions).map((status) => [status, errorAnswer(Number(status))]),
      ),
      securitySchemes: {
        token: { type: "apiKey", in: "header", name: "Authorization" },
        bearer: { type: "http", scheme: "bearer" },
        key: { type: "apiKey", in: "header", name: "x-zoom-s2t-key" },
      },
    },
  };
}

function operation(endpoint: Endpoint): Json {
  const { operationId, kind, summary, body, success } = endpoint;
  const answers: [number, Json][] = [
    [
      success.status,
      { description: success.description, content: { ...json(success.schema), ...textual(success.also ?? []) } },
    ],
    ...errorsOf(endpoint).map((status): [number, Json] => [status, { $ref: `#/components/responses/${status}` }]),
  ];
  return {
    operationId,
    summary,
    tags: [kind === "control" ? "control" : "documented"],
    security: kind === "control" ? [] : [{ token: [] }, { bearer: [] }, { key: [] }],
    parameters: [...pathParameters(endpoint), ...queryParameters(endpoint)],
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: endpoint.takesForm === true ? { "multipart/form-data": { schema: body } } : json(body),
      },
    }),
    responses: Object.fromEntries(answers),
  };
}

function errorAnswer(status: number): Json {
  const retryAfter = { description: "Seconds.", schema: { type: "integer" } };
  return {
    description: errorDescriptions[status] ?? "An error.",
    ...((status === 429 || status === 503) && { headers: { "Retry-After": retryAfter } }),
    content: json(schemas.error),
  };
}

const errorDescriptions: Readonly<Record<number, string>> = {
  400: "The body is not JSON.",
  401: "There is no token, or an unknown one.",
  403: "Another token created the session.",
  404: "There is no such thing.",
  409: "The state of the job does not allow it: not ended yet, or ended already.",
  413: "The body is too large.",
  415: "The body is not application/json.",
  422: "A member or parameter is not valid; details say which and why.",
  429: "On demand only.",
  500: "On demand only.",
  503: "On demand only.",
};

function pathParameters({ path }: Endpoint): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: parameters[name],
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: Endpoint): readonly Json[] {
  const properties = (query?.["properties"] ?? {}) as Readonly<Record<string, Json>>;
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    ...(description !== undefined && { description }),
    schema,
  }));
}

/** `request/*`, `response/*` and `retry/*`. */
function callbackOperation(contract: Contract, operationId: string, summary: string): Json {
  const { request, response, retry } = contract;
  const header = (name: string, deprecated: boolean): Json => ({
    name,
    in: "header",
    required: !deprecated,
    deprecated,
    description: request.headers.some(([own, value]) => own === name && value === "{documentId}")
      ? "The document id."
      : name === request.signature?.header
        ? "sha256= and the HMAC-SHA256 of the body, in hexadecimal."
        : "The session id.",
    schema: { type: "string" },
  });
  const minutes = retry.delaysMs.map((ms) => ms / 60_000).join(", ");
  return {
    operationId,
    summary,
    description: `Sent to webhook_url with the headers in webhook_headers. Without a 2XX within ${response.deadlineMs / 1000} seconds it is sent again after ${minutes} minutes.`,
    tags: ["documented"],
    security: [],
    parameters: [...idHeaders(request), ...(request.signature === null ? [] : [request.signature.header])].map((name) =>
      header(name, name === request.deprecated?.header),
    ),
    requestBody: { required: true, content: { [request.contentType]: { schema: schemas.callback(contract) } } },
    responses: {
      "2XX": { description: "The callback is acknowledged." },
      default: { description: "The attempt has failed." },
    },
  };
}
