import fc from "fast-check";
import { expect, it } from "vitest";
import { changeJsonValues } from "./json-values.js";

const swap = (text: string): string => changeJsonValues(text, (value) => (value === "old" ? "new" : null));

it("changes a whole value at any depth, and no name and no part of a value", () => {
  const text = '{"old": "old", "a": ["old", "older", {"b":"old"}], "c": "\\"old\\""}';
  expect(swap(text)).toBe('{"old": "new", "a": ["new", "older", {"b":"new"}], "c": "\\"old\\""}');
});

it("knows a value behind escapes, and leaves white space, order and repeated members", () => {
  expect(swap('{ "a" :\t"\\u006fld",\r\n "a": "x", "b\\"": 1.50 }')).toBe(
    '{ "a" :\t"new",\r\n "a": "x", "b\\"": 1.50 }',
  );
});

it("gives the name that a value stands under, and none where it stands under none", () => {
  expect(changeJsonValues('["x",{"a":["y"]}]', (_, name) => `<${name}>`)).toBe('["<>",{"a":["<a>"]}]');
});

it("gives numbers as they are spelled", () => {
  const seen: string[] = [];
  changeJsonValues('{"a":-1.50e+3,"b":[10,0],"c1":"2"}', (value) => {
    seen.push(value);
    return null;
  });
  expect(seen).toEqual(["-1.50e+3", "10", "0", "2"]);
});

it("leaves any JSON as it is when nothing changes, and makes the same of it as a walk through its values", () => {
  const walk = (value: unknown): unknown => {
    if (value === "old") return "new";
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]));
  };
  const leaf = fc.oneof(fc.constant("old"), fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  const json = fc.object({ values: [leaf], withNullPrototype: false });
  fc.assert(
    fc.property(json, fc.constantFrom(undefined, 2), (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(changeJsonValues(text, () => null)).toBe(text);
      expect(swap(text)).toBe(JSON.stringify(walk(JSON.parse(text)), null, space));
    }),
  );
});
