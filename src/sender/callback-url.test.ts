import { describe, expect, it, test } from "vitest";
import { UsageError } from "../errors.js";
import { parseCallbackUrl } from "./callback-url.js";

describe("the request target", () => {
  test.each([
    ["https://h.example.com/a/../b//c/./%2e%2E/%C3%a9", "/a/../b//c/./%2e%2E/%C3%a9"],
    ["https://h.example.com", "/"],
    ["https://h.example.com?", "/?"],
    ["https://h.example.com/?", "/?"],
    ["https://h.example.com?a=1", "/?a=1"],
    ["https://h.example.com//", "//"],
    ["https://h.example.com/hook/?q=a/../b?c=%zz&d='[|]^", "/hook/?q=a/../b?c=%zz&d='[|]^"],
    ["https://h.example.com/a%20b+c;d=e,f@g:h", "/a%20b+c;d=e,f@g:h"],
  ])("keeps path and query of %s exactly", (raw, target) => {
    expect(parseCallbackUrl(raw).path).toBe(target);
  });

  test.each([
    ["https://h.example.com/a b/../é", "/a%20b/../%C3%A9"],
    ["https://h.example.com/😀?x=😀 y", "/%F0%9F%98%80?x=%F0%9F%98%80%20y"],
    ["https://h.example.com\\a\\b", "/a/b"],
    ["https://h.example.com/{id}?{id}", "/%7Bid%7D?{id}"],
    ['https://h.example.com/\u0001\u007f"<>`', "/%01%7F%22%3C%3E%60"],
    ["https://h.example.com/\ud800", "/%EF%BF%BD"],
  ])("encodes of %j what a request target cannot carry, and nothing else", (raw, target) => {
    expect(parseCallbackUrl(raw).path).toBe(target);
  });

  it("has no fragment", () => {
    expect(parseCallbackUrl("https://h.example.com/a#b?c/d").path).toBe("/a");
    expect(parseCallbackUrl("https://h.example.com#/a").path).toBe("/");
  });

  it("reads no authority past its end", () => {
    expect(parseCallbackUrl("https://h.example.com/@other.example/x")).toMatchObject({
      hostname: "h.example.com",
      path: "/@other.example/x",
      userinfo: null,
    });
  });
});

describe("host and port", () => {
  test.each([
    ["https://h.example.com/", "h.example.com", 443],
    ["http://h.example.com/", "h.example.com", 80],
    ["HTTPS://H.Example.COM:443/", "h.example.com", 443],
    ["https://h.example.com:/", "h.example.com", 443],
    ["http://h.example.com:443/", "h.example.com", 443],
    ["https://bücher.example.com:8443/", "xn--bcher-kva.example.com", 8443],
    ["https://[2001:DB8::0:1]:8443/", "2001:db8::1", 8443],
    ["https://0x7f.1/", "127.0.0.1", 443],
    ["  https://h.example.com/a\n", "h.example.com", 443],
  ])("of %j are %s and %i", (raw, hostname, port) => {
    expect(parseCallbackUrl(raw)).toMatchObject({ hostname, port });
  });

  it("are displayed behind the scheme", () => {
    expect(parseCallbackUrl("HTTP://H.example.com:8080/a")).toMatchObject({
      scheme: "http:",
      display: "http://h.example.com:8080/a",
    });
  });
});

it("outside of ASCII is taken however often it was before", { timeout: 60_000 }, () => {
  const hosts = Array.from({ length: 10_000 }, () => parseCallbackUrl("https://bücher.example.com/").hostname);
  expect(new Set(hosts)).toEqual(new Set(["xn--bcher-kva.example.com"]));
});

describe("userinfo", () => {
  it("is decoded", () => {
    expect(parseCallbackUrl("https://us%65r:p%40ss%3Aword@h.example.com/").userinfo).toEqual({
      username: "user",
      password: "p@ss:word",
    });
  });

  it("may be a name or a password alone", () => {
    expect(parseCallbackUrl("https://user@h.example.com/").userinfo).toEqual({ username: "user", password: "" });
    expect(parseCallbackUrl("https://:pass@h.example.com/").userinfo).toEqual({ username: "", password: "pass" });
  });

  it("keeps a percent sign that begins no escape", () => {
    expect(parseCallbackUrl("https://user:100%@h.example.com/").userinfo?.password).toBe("100%");
  });

  it("is not displayed", () => {
    expect(parseCallbackUrl("https://user:secret@h.example.com:8443/a?b#c").display).toBe(
      "https://h.example.com:8443/a?b",
    );
  });
});

describe("what is not an absolute http(s) URL", () => {
  test.each([
    ["", "one without a scheme"],
    ["hooks.example.com/scriptix", "one without a scheme"],
    ["/scriptix", "one without a scheme"],
    ["localhost:3000/hook", "one without a scheme"],
    ["ftp://h.example.com/", "one with the scheme ftp:"],
    ["ftp://h.example.com/https://h.example.com/", "one with the scheme ftp:"],
    ["S3://bucket/", "one with the scheme s3:"],
    ["h.example.com/https://h.example.com/", "one without a scheme"],
    ["mailto:someone@example.com", "one without a scheme"],
    ["https:///hook", "one without a host"],
    ["https://", "one without a host"],
    ["https:h.example.com", "one without a host"],
    ["HTTP:h.example.com", "one without a host"],
    ["https://h example.com/", "one with a host or port that no URL can have"],
    ["https://h.example.com:99999/", "one with a host or port that no URL can have"],
    ["https://256.1.1.1/", "one with a host or port that no URL can have"],
    ["https://h.example.com:0/", "one with port 0"],
  ])("%j is refused", (raw, got) => {
    expect(() => parseCallbackUrl(raw)).toThrow(
      expect.objectContaining({ name: "UsageError", code: "ERR_CALLBACK_URL", message: expect.stringContaining(got) }),
    );
  });

  it("is not echoed, since it may hold secrets", () => {
    const parse = () => parseCallbackUrl("https://user:hunter2@h example.com/?token=hunter2");
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(expect.not.objectContaining({ message: expect.stringContaining("hunter2") }));
  });
});
