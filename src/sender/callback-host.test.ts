import { describe, expect, it, test } from "vitest";
import { batch } from "../contract/batch.js";
import { classifyHost, withoutRootDot } from "./callback-host.js";
import { parseCallbackUrl } from "./callback-url.js";

const classify = (host: string) => classifyHost(parseCallbackUrl(`https://${host}/hook`), batch);

describe("an IP address", () => {
  test.each([
    ["8.8.8.8", "8.8.8.8"],
    ["127.0.0.1", "127.0.0.1"],
    ["127.0.0.1.", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["1.2.3", "1.2.0.3"],
    ["2130706433", "127.0.0.1"],
    ["0177.0.0.1", "127.0.0.1"],
    ["0x7f.1", "127.0.0.1"],
    ["0x7F000001", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["%31%32%37.0.0.1", "127.0.0.1"],
    ["１２７.０.０.１", "127.0.0.1"],
    ["[::1]", "::1"],
    ["[2001:0DB8:0:0::1]", "2001:db8::1"],
    ["[::ffff:10.0.0.1]", "10.0.0.1"],
    ["[::ffff:a00:1]", "10.0.0.1"],
  ])("is seen in %s", (host, address) => {
    expect(classify(host)).toEqual({ kind: "ip-address", address, written: host });
  });

  it("is shown as written, without port and userinfo", () => {
    expect(classify("user:p@ss@0x7f.1:8443")).toMatchObject({ written: "0x7f.1" });
    expect(classify("[::1]:8443")).toMatchObject({ written: "[::1]" });
    expect(classifyHost(parseCallbackUrl("http://0x7f.1:80/"), batch)).toMatchObject({ written: "0x7f.1" });
  });
});

describe("localhost", () => {
  test.each([
    ["localhost", "localhost"],
    ["LOCALHOST", "localhost"],
    ["localhost.", "localhost"],
    ["api.localhost", "localhost"],
    ["a.b.LocalHost.", "localhost"],
    ["localhost.localdomain", "localdomain"],
    ["server.localdomain", "localdomain"],
    ["localdomain", "localdomain"],
  ])("is seen in %s", (host, suffix) => {
    expect(classify(host)).toEqual({ kind: "localhost", suffix });
  });
});

describe("an internal domain", () => {
  test.each(["intra", "receiver.", "ip6-localhost", "com"])("is the single label %s", (host) => {
    expect(classify(host)).toEqual({ kind: "internal", because: "single-label" });
  });

  test.each([...batch.callbackUrl.internalSuffixes])("is any name under .%s", (suffix) => {
    const expected = { kind: "internal", because: "suffix", suffix };
    expect(classify(`hooks.${suffix}`)).toEqual(expected);
    expect(classify(`A.B.${suffix.toUpperCase()}.`)).toEqual(expected);
    expect(classify(suffix)).toEqual(expected);
    expect(classify(`hooks.not${suffix}.com`)).toMatchObject({ kind: "public-name" });
    expect(classify(`hooks.${suffix}.com`)).toMatchObject({ kind: "public-name" });
  });

  it("is recognised by a suffix that is not ASCII", () => {
    const contract = {
      ...batch,
      callbackUrl: { ...batch.callbackUrl, internalSuffixes: ["Büro"] },
    };
    const url = parseCallbackUrl("https://hooks.xn--bro-hoa/");
    expect(classifyHost(url, contract)).toEqual({ kind: "internal", because: "suffix", suffix: "Büro" });
  });
});

describe("a public name", () => {
  test.each([
    "hooks.example.com",
    "example.com.",
    "notlocalhost.com",
    "localhost.example.com",
    "mylocalhost.io",
    "bücher.de",
    "xn--bcher-kva.de",
    "app.home-arpa.net",
    "hooks.an-unknown-tld",
    "1.2.3.4.example.com",
  ])("is %s", (host) => {
    expect(classify(host).kind).toBe("public-name");
  });

  test.each([
    "my-app.vercel.app",
    "my-service-abc123.a.run.app",
    "fn.azurewebsites.net",
    "x.on.aws",
    "x.ngrok-free.app",
    "me.github.io",
    "vercel.app",
  ])("is %s, on public hosting", (host) => {
    expect(classify(host).kind).toBe("public-name");
  });
});

it("takes the root's dot off a name", () => {
  expect(withoutRootDot("example.com.")).toBe("example.com");
  expect(withoutRootDot("example.com")).toBe("example.com");
});
