import { describe, expect, it, test } from "vitest";
import type { CallbackRequest } from "./attempt.js";
import { requestBytes } from "./request-bytes.js";

const request = (rest: Partial<CallbackRequest> = {}): CallbackRequest => ({
  sessionId: "a1",
  method: "POST",
  path: "/hook?a=\xe9",
  headers: [["X-A", "caf\xe9\t~!"]],
  body: Buffer.from([0x7b, 0xff, 0x7d]),
  ...rest,
});

const written = (rest: Partial<CallbackRequest> = {}, lastOnConnection = false): readonly string[] =>
  requestBytes(request(rest), "hooks.example.com:8443", lastOnConnection).toString("latin1").split("\r\n");

test("a request stands on the wire as it was given, framed by its length", () => {
  expect(written()).toEqual([
    "POST /hook?a=\xe9 HTTP/1.1",
    "host: hooks.example.com:8443",
    "connection: keep-alive",
    "X-A: caf\xe9\t~!",
    "content-length: 3",
    "",
    "{\xff}",
  ]);
  expect(written({}, true)).toContain("connection: close");
});

test("a host and a length that were given stand as they are, in any letter case", () => {
  const lines = written({
    headers: [
      ["HOST", "another"],
      ["Content-LENGTH", "9"],
    ],
  });
  expect(lines).toEqual([
    "POST /hook?a=\xe9 HTTP/1.1",
    "connection: keep-alive",
    "HOST: another",
    "Content-LENGTH: 9",
    "",
    "{\xff}",
  ]);
});

test("headers whose names only look like those do not count", () => {
  const lines = written({
    headers: [
      ["tsoh", "a"],
      ["x-content-len-", "b"],
    ],
  });
  expect(lines).toContain("host: hooks.example.com:8443");
  expect(lines).toContain("content-length: 3");
});

it.each([
  ["POST", true],
  ["PUT", true],
  ["PATCH", true],
  ["GET", false],
  ["DELETE", false],
  ["HEAD", false],
])("%s without a body says so: %j", (method, says) => {
  expect(written({ method, body: Buffer.alloc(0) }).includes("content-length: 0")).toBe(says);
  expect(written({ method }).includes("content-length: 3")).toBe(true);
});

describe("what HTTP cannot carry is no request", () => {
  const noTarget = "a method or a request target that HTTP cannot carry";
  it.each<[string, Partial<CallbackRequest>, string]>([
    ["a method of two words", { method: "PO ST" }, noTarget],
    ["no method", { method: "" }, noTarget],
    ["a method with a line end", { method: "POST\n" }, noTarget],
    ["a path with a space", { path: "/a b" }, noTarget],
    ["no path", { path: "" }, noTarget],
    ["a path beyond a byte", { path: "/\u0100" }, noTarget],
    ["a header without a name", { headers: [["", "a"]] }, 'a header that HTTP cannot carry: ""'],
    ["a header's name with a space", { headers: [["X ", "a"]] }, 'a header that HTTP cannot carry: "X "'],
    ["a header's name that begins with one", { headers: [[" X", "a"]] }, 'a header that HTTP cannot carry: " X"'],
    ["a value with a line end", { headers: [["X", "a\r\nY: b"]] }, 'a header that HTTP cannot carry: "X"'],
    ["a value with a line end behind it", { headers: [["X", "a\n"]] }, 'a header that HTTP cannot carry: "X"'],
    ["a value that begins with NUL", { headers: [["X", "\0a"]] }, 'a header that HTTP cannot carry: "X"'],
    ["a value beyond a byte", { headers: [["X", "\u0100"]] }, 'a header that HTTP cannot carry: "X"'],
    [
      "another framing",
      { headers: [["Transfer-Encoding", "chunked"]] },
      "no request of a sender has transfer-encoding",
    ],
    ["a question first", { headers: [["EXPECT", "100-continue"]] }, "no request of a sender has expect"],
    ["a switch", { headers: [["upgrade", "h2c"]] }, "no request of a sender has upgrade"],
    ["an idle time", { headers: [["Keep-Alive", "timeout=5"]] }, "no request of a sender has keep-alive"],
  ])("%s", (_what, rest, message) => {
    expect(() => requestBytes(request(rest), "a", false)).toThrow(new TypeError(message));
  });

  it("but an empty value is one, and so is every character of a name", () => {
    expect(written({ headers: [["!#$%&'*+.^_`|~0aZ-", ""]] })).toContain("!#$%&'*+.^_`|~0aZ-: ");
    expect(written({ path: "*" })[0]).toBe("POST * HTTP/1.1");
  });
});
