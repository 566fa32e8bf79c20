import { expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { createSender } from "../sender/sender.js";
import { captured, seen, sessionId } from "./capture.test.kit.js";
import { assertVariable, secretsIn, templateOf } from "./template.js";

const contract = batch;
const source = "--callback c.json";

it("sends the captured callback as it came, under the captured session id", () => {
  const capture = captured({ headers: [...seen().headers, ["X-Api-Key", "key-value"]] });
  const template = templateOf(capture, contract, source);
  expect(template.sessionIds).toEqual([sessionId]);
  const sender = createSender({ url: "https://hooks.example.com/h", headers: [["X-Api-Key", "mine"]], template });
  expect(sender.callback(sessionId)).toMatchObject({
    method: "POST",
    path: "/h",
    headers: [...seen().headers, ["X-Api-Key", "mine"]],
    body: seen().body,
  });
});

it("knows a session by every name that the callback has for it, the header's first", () => {
  const headers = [
    ["X-Zoom-Session", "c"],
    ["X-Scriptix-Session", "a"],
  ] as const;
  const capture = captured({ headers, body: '{"sessionId":"b","zoom_id":"c"}' });
  expect(templateOf(capture, contract, source).sessionIds).toEqual(["a", "b", "c"]);
  expect(templateOf(captured({ headers: [], body: "x" }), contract, source).sessionIds).toEqual([]);
});

it("refuses a callback that was not kept whole", () => {
  expect(() => templateOf(captured({ bodyIsCut: true }), contract, source)).toThrow(
    "--callback c.json: expected a whole callback, got one of which only the start was kept",
  );
});

test.each([
  ["", "another body"],
  ["{", "another body"],
  ["[]", "another body"],
  ["{}", 'none in "sessionId"'],
  ['{"sessionId":7}', 'none in "sessionId"'],
  ['{"sessionId":""}', 'none in "sessionId"'],
])("the body %j cannot be varied", (body, got) => {
  expect(() => assertVariable(captured({ body }), contract, source)).toThrow(
    `--callback c.json: expected a body that is a JSON object with a session id in "sessionId", which the checks vary, got ${got}`,
  );
});

it("the documented body can be varied, with more in it too", () => {
  expect(() => assertVariable(captured(), contract, source)).not.toThrow();
  expect(() => assertVariable(captured({ body: '{"a":{},"sessionId":"s"}' }), contract, source)).not.toThrow();
});

it("takes a header value that was written into the file for a secret", () => {
  const capture = captured();
  const headers = [...capture.request.headers, ["X-Api-Key", "by-hand"], ["X-Gone", "[removed]"]] as const;
  expect(secretsIn({ ...capture, request: { ...capture.request, headers } }, contract)).toEqual([
    { kind: "header", name: "X-Api-Key", value: "by-hand" },
  ]);
});
