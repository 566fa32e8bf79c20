import { expect, it } from "vitest";
import { jsonErrorLine } from "./json-line.js";

it.each([
  ['{"a": 1,\n"b" 2}', 2],
  ['{\n\n"a": x}', 3],
  ["url: http://x\nlocal: true\n", 1],
  ['{"a": [1,\n2,\n]}', 3],
  ['{"a": "one\ntwo"}', 1],
  ["{\n'a': 1}", 2],
  ['{"a": ["x"],\n"b": tru}', 2],
])("finds the line of the mistake in %j", (text, line) => {
  expect(jsonErrorLine(text)).toBe(line);
});

it.each(['{"a": 1}', "", '{"a":'])("cannot tell one in %j", (text) => {
  expect(jsonErrorLine(text)).toBeNull();
});
