import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { nearMisses, wrongValue } from "./credential-variants.js";

const missesOf = (value: string): Record<string, string | null> =>
  Object.fromEntries(
    nearMisses.map(({ label, of }) => [label.replace(/^with (the word )?/, "").replace("credentials ", ""), of(value)]),
  );

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
const unBasic = (value: string | null | undefined): string =>
  Buffer.from((value ?? "").replace(/^Basic +/i, ""), "base64").toString();

describe("near misses", () => {
  it("of a Bearer token vary the token and keep the scheme", () => {
    expect(missesOf("Bearer aBc-12")).toEqual({
      "empty credentials": "",
      "undefined as credentials": "Bearer undefined",
      "less their last character": "Bearer aBc-1",
      "less their first character": "Bearer Bc-12",
      "and something behind them": "Bearer aBc-12xx",
      "in other letter case": "Bearer AbC-12",
    });
  });

  it("of a plain key vary the whole of it", () => {
    expect(missesOf("s3cret")).toEqual({
      "empty credentials": "",
      "undefined as credentials": "undefined",
      "less their last character": "s3cre",
      "less their first character": "3cret",
      "and something behind them": "s3cretxx",
      "in other letter case": "S3CRET",
    });
  });

  it("of Basic credentials vary the password, so that they decode to something else", () => {
    const misses = Object.values(missesOf(basic("user:Pass"))).slice(1);
    expect(misses.map(unBasic)).toEqual(["user:undefined", "user:Pas", "user:ass", "user:Passxx", "user:pASS"]);
  });

  it("of Basic credentials whose password holds a colon vary all of the password", () => {
    expect(unBasic(missesOf(basic("user:a:b"))["less their first character"])).toBe("user::b");
  });

  it("of Basic credentials without a password have few", () => {
    const misses = missesOf(basic("user:"));
    expect(unBasic(misses["undefined as credentials"])).toBe("user:undefined");
    expect([misses["less their last character"], misses["in other letter case"]]).toEqual([null, null]);
  });

  it.each([
    ["basic  dXNlcjpQYXNz", "basic  dXNlcjp1bmRlZmluZWQ=", "basic  dXNlcjpQYXM="],
    ["XBasic dXNlcjpQYXNz", "XBasic undefined", "XBasic dXNlcjpQYXN"],
    ["Basic-x dXNlcjpQYXNz", "Basic-x undefined", "Basic-x dXNlcjpQYXN"],
    ["Basic bm9jb2xvbg==", "Basic undefined", "Basic bm9jb2xvbg="],
    ["Basic OnA=", "Basic OnVuZGVmaW5lZA==", "Basic Og=="],
    ["1st abc", "undefined", "1st ab"],
    ["a b c", "a undefined", "a b"],
    ["Bearer ", "undefined", "Bearer"],
  ])("of %j are told from it by what is its secret", (value, undefinedOne, shorter) => {
    expect(Object.values(missesOf(value)).slice(1, 3)).toEqual([undefinedOne, shorter]);
  });

  it("keep no white space at the end that was cut, which HTTP ignores", () => {
    const misses = missesOf("1 b 1");
    expect([misses["less their first character"], misses["less their last character"]]).toEqual(["b 1", "1 b"]);
  });

  it("of a value without letters have no other case", () => {
    expect(missesOf("Token 1234-5678")["in other letter case"]).toBeNull();
    expect(missesOf("1234-5678")["in other letter case"]).toBeNull();
  });

  it("of a UUID vary the whole of it", () => {
    const misses = missesOf("0f8fad5b-d9cb-469f-a165-70867728950e");
    expect(misses["in other letter case"]).toBe("0F8FAD5B-D9CB-469F-A165-70867728950E");
    expect(misses["less their last character"]).toBe("0f8fad5b-d9cb-469f-a165-70867728950");
  });

  it("of one character are the empty value, the word undefined and a longer one", () => {
    expect(missesOf("7")).toEqual({
      "empty credentials": "",
      "undefined as credentials": "undefined",
      "less their last character": "",
      "less their first character": "",
      "and something behind them": "7xx",
      "in other letter case": null,
    });
  });

  it("of the word undefined do not repeat it", () => {
    expect(missesOf("undefined")["undefined as credentials"]).toBeNull();
  });

  it("of an empty value do not repeat it either", () => {
    expect(missesOf("")).toMatchObject({ "empty credentials": null, "less their last character": null });
  });
});

/** Header values as they are sent: visible characters of one byte, spaces and tabs inside only. */
const token = fc
  .string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f && (code < 0x80 || code > 0x9f))
      .map((code) => String.fromCharCode(code)),
  })
  .map((text) => text.trim());
const values = fc.oneof(
  token,
  fc
    .tuple(fc.constantFrom("Bearer ", "Token ", "basic ", "ApiKey  "), token)
    .map(([scheme, text]) => `${scheme}${text}`.trim()),
  fc.tuple(fc.string(), fc.string()).map(([user, password]) => basic(`${user}:${password}`)),
  fc.uuid(),
  fc.base64String().map((text) => `Bearer ${text}`.trim()),
);

/** What HTTP ignores: outer white space, and the scheme's letter case (RFC 9110 §5.5, §11.1). */
const asHttpSeesIt = (value: string): string =>
  value
    .trim()
    .replace(/^([A-Za-z][\w-]*)( +)(?=\S)/, (_whole, scheme: string, gap: string) => scheme.toLowerCase() + gap);

/**
 * Whether two Basic values decode to the same user name and password, whatever their Base64 looks like. Without a colon
 * inside there is neither: whoever takes such a value compares its text.
 */
const sameBasic = (a: string, b: string): boolean =>
  /^basic /i.test(a) && /^basic /i.test(b) && unBasic(a).includes(":") && unBasic(a) === unBasic(b);

test("a near miss is never what HTTP would take for the value", () => {
  fc.assert(
    fc.property(values, (value) => {
      for (const { of } of nearMisses) {
        const miss = of(value);
        if (miss === null) continue;
        expect(asHttpSeesIt(miss)).not.toBe(asHttpSeesIt(value));
        expect(sameBasic(miss, value)).toBe(false);
      }
    }),
  );
});

describe("a wrong value", () => {
  const hex = "0123456789abcdef".repeat(4);
  const formOf = (text: string): string =>
    text
      .replaceAll(/[0-9]/g, "9")
      .replaceAll(/[a-f]/g, "a")
      .replaceAll(/[A-F]/g, "A")
      .replaceAll(/[g-z]/g, "z")
      .replaceAll(/[G-Z]/g, "Z");

  it("has the form of the right one, and differs in every character that has an alphabet", () => {
    const right = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const wrong = wrongValue(right, hex);
    expect(formOf(wrong)).toBe(formOf(right));
    expect([...wrong].filter((character, index) => character === right[index])).toEqual(["-", "-", "-", "-"]);
  });

  it("keeps the scheme", () => {
    expect(wrongValue("Bearer abc", hex)).toMatch(/^Bearer [a-f]{3}$/);
  });

  it("keeps the user name of Basic credentials", () => {
    expect(unBasic(wrongValue(basic("user:pass1"), hex))).toMatch(/^user:[g-z][a-f][g-z]{2}\d$/);
  });

  it.each([
    ["s3cret", "0123456789", "t5fvdz"],
    ["aA0gG", "f", "bB7wW"],
    ["09afAFgzGZ", "0", "10baBAhgHG"],
    ["09afAFgzGZ", "5", "65baBAmlML"],
    ["0000000000", "0123456789", "1234567891"],
    ["Token é-1", "1", "Token é-3"],
  ])("of %s with the digits %s is %s", (value, digits, wrong) => {
    expect(wrongValue(value, digits)).toBe(wrong);
  });

  it("differs where no character has an alphabet", () => {
    expect(wrongValue("--", hex)).toBe("--x");
    expect(wrongValue("", hex)).toBe("x");
  });

  it("follows from its randomness alone", () => {
    expect(wrongValue("s3cret", hex)).toBe(wrongValue("s3cret", hex));
    expect(wrongValue("s3cret", hex)).not.toBe(wrongValue("s3cret", "f".repeat(64)));
  });

  it("is never what HTTP would take for the right one", () => {
    fc.assert(
      fc.property(
        values,
        fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 1 }),
        (value, random) => {
          expect(asHttpSeesIt(wrongValue(value, random))).not.toBe(asHttpSeesIt(value));
          expect(sameBasic(wrongValue(value, random), value)).toBe(false);
        },
      ),
    );
  });
});
