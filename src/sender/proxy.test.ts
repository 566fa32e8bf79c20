import { describe, expect, it, test } from "vitest";
import { UsageError } from "../errors.js";
import { parseProxy } from "./proxy.js";

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString("base64")}`;

test.each([
  ["http://proxy.example:8080", { hostname: "proxy.example", port: 8080, secure: false, authorization: null }],
  ["http://proxy.example", { hostname: "proxy.example", port: 80, secure: false, authorization: null }],
  ["https://proxy.example/", { hostname: "proxy.example", port: 443, secure: true, authorization: null }],
  ["http://[::1]:3128", { hostname: "::1", port: 3128, secure: false, authorization: null }],
  ["http://us%65r:p%40ss@p:1", { hostname: "p", port: 1, secure: false, authorization: basic("user:p@ss") }],
  ["http://user@p:1", { hostname: "p", port: 1, secure: false, authorization: basic("user:") }],
  ["http://:token@p:1", { hostname: "p", port: 1, secure: false, authorization: basic(":token") }],
])("%s", (text, proxy) => {
  expect(parseProxy(text)).toEqual(proxy);
});

describe("what is no proxy is refused without being shown", () => {
  test.each([
    "",
    "proxy.example:8080",
    "socks5://user:s3cret@proxy:1080",
    "http://user:s3cret@",
    "http://a:s3cret%zz@p",
  ])("%s", (text) => {
    expect(() => parseProxy(text)).toThrow(UsageError);
    expect(() => parseProxy(text)).toThrow(
      expect.objectContaining({ code: "ERR_PROXY", message: expect.not.stringContaining("s3cret") }),
    );
  });

  it("says which option it is about", () => {
    expect(() => parseProxy("nonsense")).toThrow(/^--proxy: expected an http:/);
    expect(() => parseProxy("http://a:%zz@p")).toThrow(/^--proxy: expected percent-encoded credentials/);
  });
});
