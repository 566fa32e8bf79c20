import { describe, expect, it } from "vitest";
import { createRedactor } from "../report/redact.js";
import type { Header } from "../sender/attempt.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { secretsInUrl, secretsOf, signingSecrets } from "./secrets.js";

it("userinfo is secret, and parameters whose names say so", () => {
  expect(secretsInUrl("https://u:p@h.example.com/x@y?token=1&a=2", "/x@y?token=1&a=2&api%5Fkey=3")).toEqual([
    { kind: "userinfo", value: "u:p" },
    { kind: "query", name: "token", value: "1" },
    { kind: "query", name: "api%5Fkey", value: "3" },
  ]);
  expect(secretsInUrl("https://h/", "/?token=a#b\nc&sig=d")).toEqual([{ kind: "query", name: "token", value: "a" }]);
  for (const innocent of ["https://h.example.com/x@y", "https://h?u@x", "https://h#u@x", "https:u@x", "/a//u@x"]) {
    expect(secretsInUrl(innocent, "/x@y"), innocent).toEqual([]);
  }
});

it("of a target, these are secret: headers and credentials as they are read, what is almost them, and what is declared", () => {
  const key = Buffer.from("pässwort").toString("latin1");
  const secrets = secretsOf(
    {
      headers: [
        ["X-Api-Key", key],
        ["ACCEPT-Language", "german"],
        ["User-Agent", "harness"],
        ["X-User-Agent", "agent"],
        ["Cache-Control-Key", "1234"],
      ],
      credentials: [
        ["X-Api-Key", key],
        ["Accept", "application/json"],
      ],
      url: { raw: "https://u:p@h/hook?k=a%2Fbcde", path: "/hook?k=a%2Fbcde" },
      urlSecrets: [{ name: "k", value: "a%2Fbcde" }],
    },
    [{ kind: "token", value: "another" }],
  );
  expect(secrets).toEqual([
    { kind: "header", name: "X-Api-Key", value: "pässwort" },
    { kind: "header", name: "X-Api-Key", value: key },
    { kind: "header", name: "X-User-Agent", value: "agent" },
    { kind: "header", name: "Cache-Control-Key", value: "1234" },
    ...["pässwor", "ässwort", "pässwortxx", "PäSSWORT"].map((value) => ({ kind: "token", value })),
    ...["pÃ¤sswor", "Ã¤sswort", "pÃ¤sswortxx", "PÃ¤SSWORT"].map((value) => ({ kind: "token", value })),
    { kind: "userinfo", value: "u:p" },
    { kind: "query", name: "k", value: "a%2Fbcde" },
    ...["a/bcdexx", "A/BCDE"].map((value) => ({ kind: "token", value })),
    { kind: "token", value: "another" },
  ]);
  expect(secretsOf({ headers: [], credentials: [], url: { raw: "https://h/", path: "/" } })).toEqual([]);
});

it("what requests are signed with is secret, and most of it, but no word of a few characters", () => {
  expect(signingSecrets("abcdefg").map(({ kind, value }) => [kind, value])).toEqual([
    ["token", "abcdefg"],
    ["token", "abcdef"],
    ["token", "bcdefg"],
    ["token", "abcdefgxx"],
    ["token", "ABCDEFG"],
  ]);
  expect(signingSecrets("1234567").map(({ value }) => value)).toEqual(["1234567", "123456", "234567", "1234567xx"]);
  expect(signingSecrets("abc").map(({ value }) => value)).toEqual(["abc"]);
});

describe("what is no secret", () => {
  const redact = (headers: readonly Header[], text: string, query = ""): string => {
    const url = parseCallbackUrl(`http://127.0.0.1:1/hook${query}`);
    return createRedactor(secretsOf({ headers, credentials: headers, url })).redactText(text);
  };

  it.each([`Basic ${Buffer.from("user:password1").toString("base64")}`, "Bearer abcdefgh", "abcdefgh"])(
    "is the word undefined, though %s is varied with it",
    (value) => {
      const text = "with the word undefined as credentials";
      expect(redact([["Authorization", value]], text)).toBe(text);
    },
  );

  it("is the value of a header of content negotiation", () => {
    expect(
      redact(
        [
          ["Accept", "application/json"],
          ["User-Agent", "harness"],
        ],
        "application/json harness",
      ),
    ).toBe("application/json harness");
  });

  it("is a query parameter with an ordinary name", () => {
    expect(redact([], "tenant-seven monkey-island", "?tenant=tenant-seven&monkey=monkey-island")).toBe(
      "tenant-seven monkey-island",
    );
  });

  it("is a near miss too short to be told from a word", () => {
    expect(redact([["X-Api-Key", "secret"]], "secre ecret")).toBe("secre ecret");
  });
});
