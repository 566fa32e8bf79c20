import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { UsageError } from "../errors.js";
import type { Header } from "./attempt.js";
import { customHeaders } from "./custom-headers.js";

const sort = (...headers: Header[]) => customHeaders(headers, batch);

/** What the header is refused with. */
function refusal(...headers: Header[]): UsageError {
  try {
    sort(...headers);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("not refused");
}

it("sends what is no system header, in its order, duplicates and letter case kept", () => {
  const headers: Header[] = [
    ["X-Api-Key", "a"],
    ["x-api-key", "b"],
    ["Authorization", "Bearer t"],
  ];
  expect(sort(...headers)).toEqual({ sent: headers, dropped: [] });
});

it("sends a value beyond ASCII as its UTF-8 bytes", () => {
  expect(sort(["X-Name", "caf\u00e9 \u20ac"]).sent).toEqual([["X-Name", "caf\u00c3\u00a9 \u00e2\u0082\u00ac"]]);
});

it("lets an empty value and a tab pass", () => {
  expect(sort(["X-Empty", ""], ["X-Tab", "a\tb"]).sent).toHaveLength(2);
});

describe("a system header is dropped, and the drop is reported as it was written", () => {
  const cases = batch.request.systemHeaders.flatMap((name) => [
    name,
    name.toUpperCase(),
    name.replace(/^.|-./g, (start) => start.toUpperCase()),
    name.replace(/.(.)/g, (two) => two[0] + (two[1] ?? "").toUpperCase()),
  ]);
  test.each(cases)("%s", (name) => {
    expect(sort([name, "evil"], ["X-Kept", "1"], [name, "twice"])).toEqual({
      sent: [["X-Kept", "1"]],
      dropped: [name, name],
    });
  });
});

describe("a value that HTTP cannot carry is refused, and named without being shown", () => {
  test.each([
    ["\r", "a carriage return"],
    ["\n", "a line feed"],
    ["\r\nX-Injected: 1", "a carriage return"],
    ["\0", "a NUL"],
    ["\x01", "the control character 0x01"],
    ["\t\x01", "the control character 0x01"],
    ["\x1b", "the control character 0x1b"],
    ["\x7f", "the control character 0x7f"],
  ])("%j", (bad, what) => {
    const error = refusal(["X-Api-Key", `s3cret${bad}s3cret`]);
    expect(error.code).toBe("ERR_CUSTOM_HEADER");
    expect(error.message).toBe(`custom header X-Api-Key: expected a value that is legal in HTTP, got one with ${what}`);
    expect(error.cause).toBeUndefined();
  });

  it("also where the header would have been dropped", () => {
    expect(refusal(["Host", "a\r\nb"]).code).toBe("ERR_CUSTOM_HEADER");
  });
});

describe("a name that HTTP cannot carry is refused, and shown up to what is wrong", () => {
  test.each([
    ["", "an empty one"],
    ["X Api", '"X" followed by the character U+0020'],
    ["X-Api-Key: s3cret", '"X-Api-Key" followed by the character U+003A'],
    ["X-Key\r\nX-Injected", '"X-Key" followed by the character U+000D'],
    ["X-K\0", '"X-K" followed by the character U+0000'],
    ["\u00e9", '"" followed by the character U+00E9'],
    ["\u212aeep-Alive", '"" followed by the character U+212A'],
    ["(a)", '"" followed by the character U+0028'],
  ])("%j", (name, got) => {
    const error = refusal([name, "s3cret"]);
    expect(error.code).toBe("ERR_CUSTOM_HEADER");
    expect(error.message).toBe(`custom header: expected a name that is legal in HTTP, got ${got}`);
  });
});
