import { describe, expect, it, test } from "vitest";
import { bodyKeptBytes, bytesOf, isHttpRequest } from "./capture.js";
import { captured, seen, sessionId } from "./capture.test.kit.js";
import { parseCapture } from "./read-capture.js";

const documented = seen().headers;

it("keeps a request as it came", () => {
  const { request, removed } = captured();
  expect(request).toEqual({
    method: "POST",
    target: "/webhook",
    httpVersion: "1.1",
    headers: documented,
    body: { encoding: "text", data: `{"sessionId":"${sessionId}","zoom_id":"${sessionId}"}`, cut: false },
  });
  expect(removed).toEqual({ headers: [], query: [], body: false });
});

test.each([
  ["text of several bytes a character", Buffer.from("\ufeff{} é😀"), "text"],
  ["bytes that are not UTF-8", Buffer.from([0xff, 0xfe, 0x00]), "base64"],
  ["no bytes at all", Buffer.alloc(0), "text"],
] as const)("a body with %s comes back byte for byte", (_, body, encoding) => {
  const capture = captured({ body });
  expect(capture.request.body.encoding).toBe(encoding);
  expect(bytesOf(parseCapture(JSON.stringify(capture), "it").request.body)).toEqual(body);
});

it("keeps the start of a body that is too long, and says so", () => {
  const { body } = captured({ body: "x".repeat(bodyKeptBytes + 1) }).request;
  expect(body).toEqual({ encoding: "text", data: "x".repeat(bodyKeptBytes), cut: true });
});

it("leaves out lines that are no legal headers, which may be anything", () => {
  const { request } = captured({
    headers: [...documented, ["X-Api-Key s3cret-value", ""], [" folded s3cret-value", ""], ["Accept", "a\0b"]],
  });
  expect(request.headers).toEqual(documented);
});

test.each([
  ["POST", "HTTP/1.1", true],
  ["PURGE", "HTTP/1.0", true],
  ["CONNECT", "HTTP/1.1", false],
  ["\u0016\u0003", "", false],
  ["GARBAGE", "", false],
])("%j %j is a request that can be captured: %s", (method, version, is) => {
  expect(isHttpRequest(seen({ method, version }))).toBe(is);
});

describe("secrets", () => {
  const secret = "s3cret-key-value";
  const with_ = (changes: Parameters<typeof seen>[0]) => {
    const capture = captured(changes);
    expect(JSON.stringify(capture)).not.toContain(secret);
    return capture;
  };

  test.each(["X-Api-Key", "authorization", "Cookie", "X-Forwarded-For", "Host", "traceparent", "Proxy-Authorization"])(
    "the value of %s is removed, its name and place stay",
    (name) => {
      const { request, removed } = with_({ headers: [[name, secret], ...documented] });
      expect(request.headers).toEqual([[name, "[removed]"], ...documented]);
      expect(removed.headers).toEqual([name]);
    },
  );

  it("headers that are known to hold none stay, whatever their letter case", () => {
    const headers = [
      ["accept", "*/*"],
      ["USER-AGENT", "service/2"],
      ["Content-Length", "63"],
      ["Connection", "close"],
    ] as const;
    expect(captured({ headers }).request.headers).toEqual(headers);
  });

  it("an empty value is none", () => {
    expect(captured({ headers: [["X-Empty", ""]] }).removed.headers).toEqual([]);
  });

  test.each([
    ["/webhook?token=s3cret-key-value&b=&c=1", "/webhook?token=[removed]&b=[removed]&c=[removed]", ["token", "b", "c"]],
    ["/webhook?s3cret-key-value", "/webhook?[removed]", []],
    ["/webhook?", "/webhook?", []],
    ["/hooks/s3cret-key-value", "/[removed]", []],
    ["http://u:s3cret-key-value@host/webhook", "/[removed]", []],
  ])("%s becomes %s", (target, shown, query) => {
    const { request, removed } = with_({ target });
    expect(request.target).toBe(shown);
    expect(removed.query).toEqual(query);
  });

  test.each([
    ["as a value", `{"sessionId":"${sessionId}","key":"${secret}"}`, `{"sessionId":"${sessionId}","key":"[removed]"}`],
    ["within a value", `{"a":"key ${secret}."}`, '{"a":"key [removed]."}'],
    ["in base64", `{"a":"${Buffer.from(secret).toString("base64")}"}`, '{"a":"[removed]"}'],
    ["in text that is not JSON", `key=${secret}&a=1`, "key=[removed]&a=1"],
  ])("one that stands in the body %s is removed there too", (_, body, left) => {
    const { request, removed } = with_({ headers: [...documented, ["Authorization", `Bearer ${secret}`]], body });
    expect(request.body.data).toBe(left);
    expect(removed.body).toBe(true);
  });

  it("one in a body that is not UTF-8 is removed as well", () => {
    const body = Buffer.concat([Buffer.from([0xff]), Buffer.from(secret)]);
    const { request } = captured({ headers: [["X-Key", secret]], body });
    expect(bytesOf(request.body).toString("latin1")).toBe("\u00ff[removed]");
  });

  it("one of the query is removed from the body, and from a harmless header", () => {
    const { request } = with_({
      target: `/webhook?t=${secret}`,
      headers: [["User-Agent", `agent ${secret}`]],
      body: `{"t":"${secret}"}`,
    });
    expect(request.headers).toEqual([["User-Agent", "[removed]"]]);
    expect(request.body.data).toBe('{"t":"[removed]"}');
  });

  it("a short one is removed where it is a whole value, and nowhere else; the body stays JSON", () => {
    const { request } = captured({ headers: [["X-Pin", "42"]], body: '{"a":"42","b":42,"c":"1429","d":[429]}' });
    expect(request.body.data).toBe('{"a":"[removed]","b":"[removed]","c":"1429","d":[429]}');
  });

  it("the start of one at the end of a body that was cut off is removed", () => {
    const { request } = captured({
      headers: [["X-Key", secret]],
      body: `{"a":"${secret.slice(0, 9)}`,
      bodyIsCut: true,
    });
    expect(request.body).toEqual({ encoding: "text", data: '{"a":"[removed]', cut: true });
  });

  it("session ids stay, also where another header repeats one or a part of one", () => {
    const { request } = captured({
      headers: [...documented, ["X-Request-Id", sessionId], ["X-Trace", `job ${sessionId}`], ["X-Part", "000001"]],
    });
    expect(request.body.data).toBe(seen().body.toString());
    expect(request.headers.slice(0, 3)).toEqual(documented);
  });
});
