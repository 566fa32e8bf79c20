import { captureVersion, legalName, legalValue } from "./capture.js";

const names = (description: string) => ({
  description,
  type: "array",
  items: { description: "a name", type: "string" },
});

/**
 * JSON Schema of a capture file; `reports/capture.schema.json` is the same. A description says what is expected, and
 * stands so in the sentence that refuses a file.
 */
export const captureSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "webhook-conformance capture",
  description: "an object of schemaVersion, capturedAt, request and removed",
  type: "object",
  additionalProperties: false,
  required: ["schemaVersion", "capturedAt", "request", "removed"],
  properties: {
    $schema: { description: "the address of this schema", type: "string" },
    schemaVersion: { description: `"${captureVersion}", the version of this format`, const: captureVersion },
    capturedAt: {
      description: "a time such as 2026-01-31T12:00:00.000Z",
      type: "string",
      pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`,
    },
    request: {
      description: "an object of method, target, httpVersion, headers and body",
      type: "object",
      additionalProperties: false,
      required: ["method", "target", "httpVersion", "headers", "body"],
      properties: {
        method: {
          description: "an HTTP method such as POST, and not CONNECT",
          type: "string",
          pattern: legalName.source.replace("^", "^(?!CONNECT$)"),
        },
        target: {
          description: "path and query such as /webhook; it is not sent again, where the callback URL's count",
          type: "string",
          pattern: "^/",
        },
        httpVersion: { description: "a version of HTTP such as 1.1", type: "string", pattern: String.raw`^\d` },
        headers: {
          description: "a list of headers, in their order",
          type: "array",
          items: {
            description: "a list of a name and a value; [removed] for a value is to be given with -H",
            type: "array",
            minItems: 2,
            maxItems: 2,
            prefixItems: [
              { description: "a header name that is legal in HTTP", type: "string", pattern: legalName.source },
              {
                description: "a header value that is legal in HTTP, one character a byte",
                type: "string",
                pattern: legalValue.source,
              },
            ],
          },
        },
        body: {
          description: "an object of encoding, data and cut",
          type: "object",
          additionalProperties: false,
          required: ["encoding", "data", "cut"],
          properties: {
            encoding: { description: "text or base64", enum: ["text", "base64"] },
            data: { description: "the body as a text", type: "string" },
            cut: { description: "true where only the start of the body is here, else false", type: "boolean" },
          },
          if: { properties: { encoding: { const: "base64" } } },
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          then: {
            properties: {
              data: {
                description: "Base64",
                pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
              },
            },
          },
        },
      },
    },
    removed: {
      description: "an object of headers, query and body, which says where values were replaced by [removed]",
      type: "object",
      additionalProperties: false,
      required: ["headers", "query", "body"],
      properties: {
        headers: names("a list of header names"),
        query: names("a list of names of query parameters"),
        body: { description: "true where one of the values stood in the body, else false", type: "boolean" },
      },
    },
  },
} as const;
