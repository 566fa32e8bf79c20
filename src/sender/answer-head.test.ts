import { describe, expect, it, test } from "vitest";
import { framingOf, keepsAlive, parseHeaderLine, parseStatusLine, trimmed } from "./answer-head.js";
import type { Header } from "./attempt.js";

/** What comes of it, with what was odd; code and sentence of the error where it is refused. */
function shown(parse: (tell: (oddity: string) => void) => unknown): unknown {
  const odd: string[] = [];
  try {
    return [parse((oddity) => odd.push(oddity)), ...odd];
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
}

describe("a status line", () => {
  const line = (minor: number, status: number, statusText: string) => ({ minor, status, statusText });
  const noVersion = "INVALID_HTTP: its status line is none of HTTP/1.1";
  const noStatus = "INVALID_HTTP: its status is no number of three digits";
  it.each<[string, unknown]>([
    ["HTTP/1.1 200 OK", [line(1, 200, "OK")]],
    ["HTTP/1.0 599 a b", [line(0, 599, "a b")]],
    ["HTTP/1.9 999 ", [line(9, 999, ""), "unknown-version"]],
    ["HTTP/1.1 200 \t OK ", [line(1, 200, "\t OK ")]],
    ["HTTP/1.1 200 caf\xe9\t!~", [line(1, 200, "caf\xe9\t!~")]],
    ["HTTP/1.1 200", [line(1, 200, ""), "no-space-after-status"]],
    ["HTTP/1.1\t200 OK", [line(1, 200, "OK"), "stray-white-space"]],
    ["HTTP/1.1 \v\f 200 OK", [line(1, 200, "OK"), "control-character", "stray-white-space"]],
    ["HTTP/1.1 200\tOK", [line(1, 200, "OK"), "stray-white-space"]],
    ["HTTP/1.1\t200 \tOK", [line(1, 200, "OK"), "stray-white-space"]],
    ["HTTP/1.1\t200\vOK", [line(1, 200, "OK"), "control-character", "stray-white-space"]],
    ["HTTP/2.0 HTTP/1.1 200 ", noVersion],
    ["HTTP/1.1 2xx HTTP/1.1 099", noStatus],
    ["HTTP/1.1\t200 HTTP/1.1 200 OK", [line(1, 200, "HTTP/1.1 200 OK"), "stray-white-space"]],
    ["HTTP/1.1 200\t", [line(1, 200, ""), "stray-white-space"]],
    ["HTTP/1.1 200 O\x01K \v", [line(1, 200, "O\x01K"), "control-character"]],
    ["HTTP/1.1 200 O\0K", [line(1, 200, "O K"), "control-character"]],
    ["HTTP/1.1 200 O\x7fK", [line(1, 200, "O\x7fK"), "control-character"]],
    ["HTTP/1.1 200 O\nK", [line(1, 200, "O\nK"), "control-character"]],
    ["XHTTP/1.1 200 OK", "INVALID_HTTP: it does not begin with HTTP/"],
    [" HTTP/1.1 200 OK", "INVALID_HTTP: it does not begin with HTTP/"],
    ["HTTP/2.0 200 OK", noVersion],
    ["HTTP/1.12 200 OK", noVersion],
    ["HTTP/11 200 OK", noVersion],
    ["HTTP/1.1 099 X", noVersion],
    ["HTTP/1.1 \t099", noVersion],
    ["HTTP/1.1 0999", noStatus],
    ["HTTP/1.1 20 OK", noStatus],
    ["HTTP/1.1 2000 OK", noStatus],
    ["HTTP/1.1 2x0 OK", noStatus],
    ["HTTP/1.1 OK", noStatus],
    ["HTTP/1.1", noStatus],
    ["HTTP/1.1 200OK", noStatus],
    ["HTTP/1.1x 200 OK", noStatus],
  ])("%j", (text, expected) => {
    expect(shown((tell) => parseStatusLine(text, tell))).toEqual(expected);
  });
});

describe("a header line", () => {
  it.each<[string, unknown]>([
    ["X-A: b", [["X-A", "b"]]],
    ["x:", [["x", ""]]],
    ["x: \t a b \t", [["x", "a b"]]],
    ["x:a:b", [["x", "a:b"]]],
    ["!#$%&'*+.^_`|~0aZ-: x", [["!#$%&'*+.^_`|~0aZ-", "x"]]],
    ["x: a\x01b", [["x", "a\x01b"], "control-character"]],
    ["x: a\0b\0", [["x", "a b "], "control-character"]],
    ["x: a\tb", [["x", "a\tb"]]],
    ["x: \x08\x0b\x1f", [["x", "\x08\x0b\x1f"], "control-character"]],
    ["x", "INVALID_HTTP: one of its header lines has no colon"],
    ["x : a", [["x", "a"], "space-before-colon"]],
    ["x\t: a", [["x", "a"], "space-before-colon"]],
    [" \t: a", "INVALID_HTTP: the name of one of its headers is none"],
    [": a", "INVALID_HTTP: the name of one of its headers is none"],
    ["x y: a", "INVALID_HTTP: the name of one of its headers is none"],
    ["(x): a", "INVALID_HTTP: the name of one of its headers is none"],
    ["x\xe9: a", "INVALID_HTTP: the name of one of its headers is none"],
  ])("%j", (text, expected) => {
    expect(shown((tell) => parseHeaderLine(text, tell))).toEqual(expected);
  });
});

test.each([
  ["", 0, ""],
  [" \t ", 0, ""],
  ["a", 0, "a"],
  ["\ta b ", 0, "a b"],
  ["a: b ", 2, "b"],
  ["a:", 2, ""],
  ["\na\v", 0, "\na\v"],
])("white space around %j is no part of it", (text, from, expected) => {
  expect(trimmed(text, from)).toBe(expected);
});

const lengths = (...values: readonly string[]): Header[] => values.map((value) => ["Content-Length", value]);
const codings = (...values: readonly string[]): Header[] => values.map((value) => ["transfer-ENCODING", value]);

describe("the end of a body", () => {
  const two = "INVALID_HTTP: its headers contradict each other: two lengths";
  const none = "INVALID_HTTP: its Content-Length is no number";
  it.each<[readonly Header[], unknown]>([
    [[], [{ kind: "until-close" }]],
    [
      [
        ["Content-Lengthy", "1"],
        ["X-Content-Length", "2"],
        ["content-lengtH", "3"],
      ],
      [{ kind: "length", bytes: 3 }],
    ],
    [lengths("0"), [{ kind: "length", bytes: 0 }]],
    [lengths("00"), [{ kind: "length", bytes: 0 }]],
    [lengths("007"), [{ kind: "length", bytes: 7 }]],
    [lengths("100"), [{ kind: "length", bytes: 100 }]],
    [lengths("7", "7"), [{ kind: "length", bytes: 7 }, "repeated-content-length"]],
    [lengths("7, 07"), [{ kind: "length", bytes: 7 }, "repeated-content-length"]],
    [lengths("007", "7"), [{ kind: "length", bytes: 7 }, "repeated-content-length"]],
    [[["X-Another-Name", "7"]], [{ kind: "until-close" }]],
    [lengths("7", "8"), two],
    [lengths("70", "7"), two],
    [lengths("7,\t8"), two],
    [lengths("7, 7, 8"), two],
    [lengths("100", "10"), two],
    [lengths(""), none],
    [lengths("7,"), none],
    [lengths("-7"), none],
    [lengths("7x"), none],
    [lengths("0x7"), none],
    [codings("chunked"), [{ kind: "chunked" }]],
    [codings("gzip, CHUNKED"), [{ kind: "chunked" }, "unasked-coding"]],
    [codings("gzip", "chunked"), [{ kind: "chunked" }, "unasked-coding"]],
    [codings("chunked", "chunked"), [{ kind: "chunked" }, "repeated-chunked"]],
    [codings(", chunked,"), [{ kind: "chunked" }]],
    [[...codings(""), ...lengths("7")], [{ kind: "length", bytes: 7 }]],
    [codings("chunked, gzip"), [{ kind: "until-close" }, "unasked-coding"]],
    [codings("identity"), [{ kind: "until-close" }, "unasked-coding"]],
    [
      [...codings("chunked"), ...lengths("7")],
      [{ kind: "chunked" }, "length-beside-coding"],
    ],
    [
      [...codings("gzip"), ...lengths("7")],
      [{ kind: "until-close" }, "unasked-coding", "length-beside-coding"],
    ],
  ])("with %j", (headers, expected) => {
    expect(shown((tell) => framingOf(headers, 1, tell))).toEqual(expected);
  });

  it("with chunks in HTTP/1.0", () => {
    expect(shown((tell) => framingOf(codings("chunked"), 0, tell))).toEqual([
      { kind: "chunked" },
      "coding-in-http-1.0",
    ]);
  });
});

test.each<[number, readonly string[], boolean]>([
  [1, [], true],
  [0, [], false],
  [2, [], true],
  [1, ["close"], false],
  [1, ["x, CLOSE"], false],
  [1, ["keep-alive", "close"], false],
  [0, ["Keep-Alive"], true],
  [0, ["keep-alive, close"], false],
  [0, ["upgrade"], false],
])("a connection of HTTP/1.%i with Connection: %j is kept: %j", (minor, values, kept) => {
  const headers = [["X", "close"] as const, ...values.map((value): Header => ["connectioN", value])];
  expect(keepsAlive(minor, headers, [])).toBe(kept);
  for (const doubtful of ["length-beside-coding", "coding-in-http-1.0"] as const) {
    expect(keepsAlive(minor, headers, [doubtful])).toBe(false);
  }
});
