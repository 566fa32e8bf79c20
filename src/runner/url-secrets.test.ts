import { describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import {
  nearMissesInUrl,
  pairsOf,
  secretsInPath,
  urlSecretsIn,
  withoutSecrets,
  withWrongSecrets,
} from "./url-secrets.js";

const path = "/hook/t0ken?a=1&my%20key=abc123&b&my+key=x&my%20key=d=e#f";
const declared = [{ name: "my key", value: "abc123" }];

describe("a parameter of the query that is declared a secret", () => {
  it("is found by its decoded name, each time, as it stands there", () => {
    expect(urlSecretsIn({ path }, ["my key", "a"])).toEqual([
      { name: "my key", value: "abc123" },
      { name: "my key", value: "d=e#f" },
      { name: "a", value: "1" },
    ]);
    expect(urlSecretsIn({ path: "/hook?line=a%0Ab\nc" }, ["line"])).toEqual([{ name: "line", value: "a%0Ab\nc" }]);
  });

  it.each(["b", "c", "A", "my+key2"])("has to be there with a value: %s", (name) => {
    expect(() => urlSecretsIn({ path }, [name])).toThrow(
      new UsageError(
        "ERR_CREDENTIAL_QUERY",
        `--credential-query: expected the name of a parameter of the callback URL's query that has a value, got "${name}"`,
      ),
    );
  });

  it("is taken out, and all else stays as it stands", () => {
    expect(withoutSecrets(path, declared)).toBe("/hook/t0ken?a=1&b&my+key=x");
    expect(withoutSecrets("/hook?my%20key=1", declared)).toBe("/hook");
    expect(withoutSecrets("/hook?a=b?c", declared)).toBe("/hook?a=b?c");
  });

  it("is given wrong, in the same form", () => {
    const wrong = withWrongSecrets(path, declared, "0123");
    expect(wrong).toMatch(/^\/hook\/t0ken\?a=1&my%20key=[a-f]{3}\d{3}&b&my\+key=x&my%20key=[a-f]=[a-f]#[a-f]$/);
    expect(wrong).not.toContain("abc123");
    expect(withWrongSecrets("/hook?k=1&k", [{ name: "k", value: "1" }], "0")).toBe("/hook?k=2&k=x");
  });

  it("is given almost right, encoded, where it has such a variant", () => {
    const variants = (value: string): unknown =>
      nearMissesInUrl.map(({ label, of }) => [label, of(`/hook?k=${value}&z=1`, [{ name: "k", value }])]);
    expect(variants("a%2FB")).toEqual([
      ["with empty the secret in the URL", "/hook?k=&z=1"],
      ["with the word undefined as the secret in the URL", "/hook?k=undefined&z=1"],
      ["with the secret in the URL less their last character", "/hook?k=a%2F&z=1"],
      ["with the secret in the URL less their first character", "/hook?k=%2FB&z=1"],
      ["with the secret in the URL and something behind them", "/hook?k=a%2FBxx&z=1"],
      ["with the secret in the URL in other letter case", "/hook?k=A%2Fb&z=1"],
    ]);
    const digits = { name: "k", value: "123" };
    expect(nearMissesInUrl.at(-1)?.of("/hook?k=123", [digits])).toBeNull();
    expect(nearMissesInUrl.at(-1)?.of("/hook?k=123&l=abc", [digits, { name: "l", value: "abc" }])).toBeNull();
  });
});

describe("a part of the path that is declared a secret", () => {
  it("is found as it is, or encoded as it stands there", () => {
    expect(secretsInPath({ path: "/a/t0ken/x%20y?q" }, ["t0ken", "x y"])).toEqual([
      { kind: "path", value: "t0ken" },
      { kind: "path", value: "x%20y" },
    ]);
  });

  it("has to stand in the path, and is not told where it does not", () => {
    for (const part of ["other", "secret"]) {
      expect(() => secretsInPath({ path: "/hook?secret" }, [part])).toThrow(
        new UsageError(
          "ERR_CREDENTIAL_PATH",
          "--credential-path: expected a part of the callback URL's path, such as a segment, got what does not stand in it",
        ),
      );
    }
  });
});

it("parameters are told as they stand, with all that is behind the first sign", () => {
  expect(pairsOf("/hook?a=b=c&d&=e?f\ng")).toEqual([
    { name: "a", value: "b=c" },
    { name: "d", value: "" },
    { name: "", value: "e?f\ng" },
  ]);
  expect(pairsOf("/hook")).toEqual([{ name: "", value: "" }]);
});
