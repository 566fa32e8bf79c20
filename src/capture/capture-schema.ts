import { captureVersion, legalName, legalValue } from "./capture.js";

const names = (title: string) => ({
  title,
  type: "array",
  items: { title: "a name", type: "string" },
});

/**
 * JSON Schema of a capture file; `reports/capture.schema.json` is the same. A title says what is expected, and
 * stands so in the sentence that refuses a file.
 */
export const captureSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "webhook-conformance capture",
  description: "A callback as it came, without its secrets.",
  type: "object",
  additionalProperties: false,
  required: ["schemaVersion", "capturedAt", "request", "removed"],
  properties: {
    $schema: { title: "the address of this schema", type: "string" },
    schemaVersion: { title: `"${captureVersion}", the version of this format`, const: captureVersion },
    capturedAt: {
      title: "a time such as 2026-01-31T12:00:00.000Z",
      type: "string",
      pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`,
    },
    request: {
      title: "an object of method, target, httpVersion, headers and body",
      type: "object",
      additionalProperties: false,
      required: ["method", "target", "httpVersion", "headers", "body"],
      properties: {
        method: {
          title: "an HTTP method such as POST, and not CONNECT",
          type: "string",
          pattern: legalName.source.replace("^", "^(?!CONNECT$)"),
        },
        target: {
          title: "path and query such as /webhook; it is not sent again, where the callback URL's count",
          type: "string",
          pattern: "^/",
        },
        httpVersion: { title: "a version of HTTP such as 1.1", type: "string", pattern: String.raw`^\d` },
        headers: {
          title: "a list of headers, in their order",
          type: "array",
          items: {
            title: "a list of a name and a value; [removed] for a value is to be given with -H",
            type: "array",
            minItems: 2,
            maxItems: 2,
            prefixItems: [
              { title: "a header name that is legal in HTTP", type: "string", pattern: legalName.source },
              {
                title: "a header value that is legal in HTTP, one character a byte",
                type: "string",
                pattern: legalValue.source,
              },
            ],
          },
        },
        body: {
          title: "an object of encoding, data and cut",
          type: "object",
          additionalProperties: false,
          required: ["encoding", "data", "cut"],
          properties: {
            encoding: { title: "text or base64", enum: ["text", "base64"] },
            data: { title: "the body as a text", type: "string" },
            cut: { title: "true where only the start of the body is here, else false", type: "boolean" },
          },
          if: { properties: { encoding: { const: "base64" } } },
          // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
          then: {
            properties: {
              data: {
                title: "Base64",
                pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
              },
            },
          },
        },
      },
    },
    removed: {
      title: "an object of headers, query and body, which says where values were replaced by [removed]",
      type: "object",
      additionalProperties: false,
      required: ["headers", "query", "body"],
      properties: {
        headers: names("a list of header names"),
        query: names("a list of names of query parameters"),
        body: { title: "true where one of the values stood in the body, else false", type: "boolean" },
      },
    },
  },
} as const;
