import type { Contract, Template } from "../contract/contract.js";
import { isOfNumber } from "../contract/message.js";
import { faultKinds } from "./faults.js";
import { defaultLimit } from "./results.js";
import { subtitleTypes } from "./subtitles.js";

/** JSON Schema 2020-12, which OpenAPI 3.1 speaks. */
export type Schema = Readonly<Record<string, unknown>>;

const text = (maxLength: number): Schema => ({ type: "string", minLength: 1, maxLength });
const count = (minimum: number, maximum: number): Schema => ({ type: "integer", minimum, maximum });
const nullable = (type: string): Schema => ({ type: [type, "null"] });

function object(properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema {
  return { type: "object", required, properties };
}

export const sessionRequest = object(
  {
    language: { ...text(64), description: "The language that is spoken." },
    webhook_url: {
      ...text(2048),
      description: "Called when the job has completed. An https URL with a public DNS name; no IP address.",
    },
    webhook_method: { enum: ["POST", "PUT"], description: "POST unless told otherwise." },
    webhook_headers: {
      type: "array",
      maxItems: 64,
      items: { type: "string", maxLength: 8192 },
      description: 'Headers of every callback, each "Name: value". System headers among them are dropped.',
      examples: [["X-Api-Key: secret"]],
    },
    media_source: { ...text(2048), description: "Where the recording is. The mock does not fetch it." },
    keep_source: { type: "boolean" },
    punctuation: { type: "boolean" },
    multichannel: { type: "boolean" },
    document: { description: "Accepted and not looked at." },
    meta_data: { type: "object", additionalProperties: { type: "string" } },
  },
  ["language"],
);

export const sessionState = object({
  result: object({
    session_id: { type: "string", examples: ["1b8a70f1000001000002d1a37b"] },
    status: { enum: ["new", "running", "done", "failed"] },
  }),
});

/** A form: its values are text, and whatever else is in it is accepted and not looked at. */
export const upload = object(
  { webhook_url: { ...text(2048), description: "Called with a signed event when the transcription has ended." } },
  [],
);

export const transcription = object({
  id: { type: "string", examples: ["stt_1b8a70f1000001000002d1a37b"] },
  status: { enum: ["new"] },
});

export const webhookRequest = object(
  {
    url: { ...text(2048), description: "An https URL with a public DNS name; no IP address." },
    headers: {
      type: "array",
      maxItems: 64,
      items: { type: "string", maxLength: 8192 },
      description: 'Headers of every callback, each "Name: value".',
    },
  },
  ["url"],
);

export const webhook = object({
  id: { type: "string" },
  customer: { type: "string" },
  url: { type: "string" },
  headers: { type: "array", items: { type: "string" }, description: "Names alone." },
});

export const oneWebhook = object({ result: webhook });

export const webhooks = object({
  count: count(0, 1e9),
  total_results: count(0, 1e9),
  result: { type: "array", items: webhook },
});

export const webhooksQuery = object(
  {
    limit: { ...count(1, 1000), description: "Webhooks on a page." },
    offset: { ...count(0, 1e9), description: "Webhooks to skip." },
    q: { type: "string", description: "Stands in the URL." },
  },
  [],
);

export const documentChange = object({
  result: object({
    session_id: { type: "string" },
    document_id: { type: "string" },
    change: { enum: ["created", "updated", "deleted"] },
  }),
});

/** Query values are text, and are turned into numbers. The largest keep sums exact. */
export const pageQuery = object(
  {
    offset: { ...count(0, 1e9), description: "Results to skip. Of the mock alone." },
    limit: { ...count(1, 1000), default: defaultLimit, description: "Results on a page. Of the mock alone." },
    page: { ...count(1, 1e6), description: "The page, from 1, in place of offset. Of the mock alone." },
  },
  [],
);

/** Of the oldest route. */
export const formatQuery = object(
  {
    ...(pageQuery["properties"] as Readonly<Record<string, Schema>>),
    format: { enum: ["application/json", ...subtitleTypes], description: "In place of the Accept header." },
    break_on_silence: { ...count(0, 20_000), default: 1500, description: "Of subtitles: milliseconds." },
    max_line_length: { ...count(0, 200), default: 37, description: "Of subtitles: characters." },
    max_line_words: { ...count(0, 100), default: 12, description: "Of subtitles." },
  },
  [],
);

export const results = object({
  count: { type: "integer", description: "Results in this answer." },
  total_results: { type: "integer" },
  result: object({
    session_id: { type: "string" },
    status: { const: "done" },
    duration: { type: "number", description: "Seconds." },
    error: nullable("string"),
    filename: nullable("string"),
    media_type: { type: "string" },
    results: {
      type: "array",
      items: object({
        result: {
          type: "array",
          description: "Words, each with start and end in seconds and a confidence.",
          items: {
            type: "array",
            prefixItems: [{ type: "string" }, { type: "number" }, { type: "number" }, { type: "number" }],
            items: false,
            minItems: 4,
          },
        },
        speaker: { type: "string" },
        text: { type: "string" },
        sconf: { type: "number" },
        channel: { type: "integer" },
      }),
    },
  }),
});

export const error = object({
  error: object({
    code: { type: "integer", description: "The status again." },
    message: { type: "string" },
    details: object({ field: { type: "string" }, issue: { type: "string" } }),
  }),
});

export const fault = {
  ...object(
    {
      kind: { enum: [...faultKinds] },
      ms: { ...count(0, 1e9), description: "Of stall: milliseconds; without it until the fault is lifted." },
      retryAfterS: { ...count(0, 1e6), description: "Of rate-limited and unavailable: seconds in Retry-After." },
      sessionId: { ...text(1024), description: "Whose state and results; every session's without it." },
      times: { ...count(1, 1e6), description: "How many requests meet it; every one without it." },
    },
    ["kind"],
  ),
  // A mistyped option would be a fault of another kind.
  additionalProperties: false,
};

export const faultId = object({ id: { type: "string", examples: ["fault-1"] } });

export const liftedCount = object({ lifted: { type: "integer" } });

export const log = object({
  requests: {
    type: "array",
    items: object({
      time: { type: "number", description: "Milliseconds since the Unix epoch." },
      method: { type: "string" },
      target: { type: "string", description: "As it arrived, not decoded." },
      sessionId: nullable("string"),
      authorization: { enum: ["owner", "other", "none"] },
      undocumented: { ...nullable("string"), description: "What of it is on no page, and served all the same." },
      status: { ...nullable("integer"), description: "Null where there is no answer." },
      fault: { enum: [...faultKinds, null] },
    }),
  },
  events: { type: "array", items: object({ time: { type: "number" }, event: { type: "string" } }) },
});

/** The documented callback (`request/body`). */
export function callback({ request }: Contract): Schema {
  const schemaOf = (template: Template): Schema =>
    object(
      Object.fromEntries(
        Object.entries(template).map(([name, value]): [string, Schema] => [
          name,
          typeof value === "object"
            ? schemaOf(value)
            : {
                type: isOfNumber(value) ? "integer" : "string",
                ...(name === request.deprecated?.member && { deprecated: true }),
              },
        ]),
      ),
    );
  return schemaOf(request.body);
}
