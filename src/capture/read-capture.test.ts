import { readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import { captureSchema } from "./capture-schema.js";
import { captured } from "./capture.test.kit.js";
import { readCapture } from "./read-capture.js";

const capture = captured();
const { request } = capture;
const read = (value: unknown): unknown => readCapture(JSON.stringify(value), "--callback c.json");

it("reads what was written", () => {
  expect(read(capture)).toEqual(capture);
  expect(readCapture(`\ufeff${JSON.stringify(capture)}`, "it")).toEqual(capture);
});

it("reads by the schema that is published", () => {
  const published = readFileSync(new URL("../../reports/capture.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(published)).toEqual(captureSchema);
});

test.each<[unknown, string]>([
  [[], "expected an object of schemaVersion, capturedAt, request and removed, got a list of 0"],
  [
    { ...capture, schemaVersion: "2.0" },
    '"schemaVersion": expected "1.0", the version of this format, got another text',
  ],
  [{ ...capture, request: undefined }, 'expected the key "request", got none'],
  [{ ...capture, request: { ...request, body: undefined } }, 'expected the key "body" in "request", got none'],
  [{ ...capture, reqest: request, request: undefined }, 'unknown key "reqest"; did you mean request?'],
  [
    { ...capture, request: { ...request, method: 7 } },
    '"request.method": expected an HTTP method such as POST, and not CONNECT, got a number',
  ],
  [
    { ...capture, request: { ...request, method: "CONNECT" } },
    '"request.method": expected an HTTP method such as POST, and not CONNECT, got another text',
  ],
  [
    { ...capture, request: { ...request, headers: { a: "b" } } },
    '"request.headers": expected a list of headers, in their order, got an object',
  ],
  [
    { ...capture, request: { ...request, headers: [["a b", "c"]] } },
    '"request.headers.0.0": expected a header name that is legal in HTTP, got another text',
  ],
  [
    { ...capture, request: { ...request, headers: [["a", "b\r\nX-Injected: 1"]] } },
    '"request.headers.0.1": expected a header value that is legal in HTTP, one character a byte, got another text',
  ],
  [
    { ...capture, request: { ...request, body: { encoding: "base64", data: "a", cut: false } } },
    '"request.body.data": expected Base64, got another text',
  ],
  [
    { ...capture, request: { ...request, body: "text" } },
    '"request.body": expected an object of encoding, data and cut, got a text',
  ],
])("refuses %j", (value, sentence) => {
  expect(() => read(value)).toThrow(
    expect.objectContaining({ code: "ERR_CAPTURE", message: `--callback c.json: ${sentence}` }),
  );
});

it("quotes nothing of a file that is no JSON", () => {
  expect(() => readCapture("s3cret", "--callback c.json")).toThrow(
    "--callback c.json: expected JSON, as receiver --capture writes it, got something else",
  );
});
