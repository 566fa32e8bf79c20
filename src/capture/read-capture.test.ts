import { readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import { captureSchema } from "./capture-schema.js";
import { captured } from "./capture.test.kit.js";
import { parseCapture } from "./read-capture.js";

const capture = captured();
const { request } = capture;
const read = (value: unknown): unknown => parseCapture(JSON.stringify(value), "--callback c.json");

it("reads what was written", () => {
  expect(read(capture)).toEqual(capture);
});

it("reads by the schema that is published", () => {
  const published = readFileSync(new URL("../../reports/capture.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(published)).toEqual(captureSchema);
});

test.each<[unknown, string]>([
  [[], "column 1: expected a capture, as receiver --capture writes it, got an empty list"],
  [
    { ...capture, schemaVersion: "2.0" },
    'column 18, schemaVersion: expected "1.0", the version of this format, got another text',
  ],
  [{ ...capture, request: undefined }, 'column 1: expected the key "request" in it, got none'],
  [
    { ...capture, request: { ...request, body: undefined } },
    'column 74, request: expected the key "body" in it, got none',
  ],
  [{ ...capture, reqest: request, request: undefined }, 'column 113: unknown key "reqest"; did you mean request?'],
  [
    { ...capture, request: { ...request, method: 7 } },
    "column 84, request.method: expected an HTTP method such as POST, and not CONNECT, got 7",
  ],
  [
    { ...capture, request: { ...request, method: "CONNECT" } },
    "column 84, request.method: expected an HTTP method such as POST, and not CONNECT, got another text",
  ],
  [
    { ...capture, request: { ...request, headers: { a: "b" } } },
    "column 141, request.headers: expected a list of headers, in their order, got an object",
  ],
  [
    { ...capture, request: { ...request, headers: [["a b", "c"]] } },
    "column 143, request.headers[0][0]: expected a header name that is legal in HTTP, got another text",
  ],
  [
    { ...capture, request: { ...request, headers: [["a", "b\r\nX-Injected: 1"]] } },
    "column 147, request.headers[0][1]: expected a header value that is legal in HTTP, one character a byte, got another text",
  ],
  [
    { ...capture, request: { ...request, body: { encoding: "base64", data: "a", cut: false } } },
    "column 314, request.body.data: expected Base64, got another text",
  ],
  [
    { ...capture, request: { ...request, body: "text" } },
    "column 286, request.body: expected an object of encoding, data and cut, got a text",
  ],
])("refuses %j", (value, sentence) => {
  expect(() => read(value)).toThrow(
    expect.objectContaining({ code: "ERR_CAPTURE", message: `--callback c.json, line 1, ${sentence}` }),
  );
});

it("quotes nothing of a file that is no JSON", () => {
  expect(() => parseCapture("s3cret", "--callback c.json")).toThrow(
    "--callback c.json, line 1, column 1: expected JSON with a value here, got something else",
  );
});
