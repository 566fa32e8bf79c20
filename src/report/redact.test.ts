import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createRedactor } from "./redact.js";

const charactersOf = (list: string) => fc.constantFrom(...Array.from(list));

const header = (value: string, name = "X-Api-Key") => ({ kind: "header", name, value }) as const;
const redactorFor = (value: string) => createRedactor([header(value)]);

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
const eachByte = (text: string, write: (byte: number) => string): string =>
  Array.from(Buffer.from(text), write).join("");
const eachUnit = (text: string, write: (unit: string) => string): string => text.split("").map(write).join("");
const eachPoint = (text: string, write: (code: number) => string): string =>
  Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join("");
const htmlNames: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const spellings: Record<string, (secret: string) => string> = {
  "as it is": (secret) => secret,
  "percent-encoded where needed": encodeURIComponent,
  "percent-encoded, lower case": (secret) => eachByte(secret, (byte) => `%${hex(byte, 2)}`),
  "percent-encoded, upper case": (secret) => eachByte(secret, (byte) => `%${hex(byte, 2).toUpperCase()}`),
  "form-encoded": (secret) => new URLSearchParams([["", secret]]).toString().slice(1),
  "a JSON string": (secret) => JSON.stringify(secret).slice(1, -1),
  "a JSON string with its slashes escaped": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  "a JSON string, all escaped": (secret) => eachUnit(secret, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
  "HTML, where needed": (secret) => secret.replace(/[&<>"']/g, (character) => htmlNames[character] ?? ""),
  "HTML, decimal": (secret) => eachPoint(secret, (code) => `&#${code};`),
  "HTML, hexadecimal": (secret) => eachPoint(secret, (code) => `&#x${hex(code, 2)};`),
  "hexadecimal with colons": (secret) => (Buffer.from(secret).toString("hex").match(/../g) ?? []).join(":"),
  "hexadecimal with spaces": (secret) => (Buffer.from(secret).toString("hex").match(/../g) ?? []).join(" "),
  "hexadecimal of UTF-16": (secret) => Buffer.from(secret, "utf16le").toString("hex"),
  "base64 of UTF-16": (secret) => Buffer.from(secret, "utf16le").toString("base64"),
  "in upper case": (secret) => secret.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
  "quoted-printable": (secret) => eachByte(secret, (byte) => `=${hex(byte, 2).toUpperCase()}`),
  "quoted-printable, with soft line breaks": (secret) =>
    eachByte(secret, (byte) => `=${hex(byte, 2).toUpperCase()}=\r\n`).slice(0, -3),
  octal: (secret) => eachByte(secret, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
  "with a zero-width space after each letter": (secret) => Array.from(secret).join("\u200b"),
  "with a soft hyphen after each letter": (secret) => Array.from(secret).join("\u00ad"),
  "coloured letter by letter": (secret) => Array.from(secret).join("\u001b[1;31m"),
  hexadecimal: (secret) => Buffer.from(secret).toString("hex"),
  "hexadecimal, upper case": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
};

const secrets = fc
  .oneof(
    fc.string({ unit: charactersOf("abcXYZ019-_.~ +/=%&\\\"'<>:;,$^*()[]{}|?#@!"), minLength: 6, maxLength: 40 }),
    fc.string({ unit: "binary", minLength: 6, maxLength: 20 }),
    fc.base64String({ minLength: 8, maxLength: 60 }),
  )
  .filter((secret) => secret.trim().length >= 6 && !/[\r\n\0]/.test(secret))
  .map((secret) => secret.trim());

/** Capital Greek: nothing that a generated secret starts or ends with. */
const surroundings = fc.string({ unit: charactersOf("ΑΒΓ ΔΕ\n") }).map((text) => `Ω${text}Ω`);

for (const [name, spell] of Object.entries(spellings)) {
  test(`a secret is replaced: ${name}`, () => {
    fc.assert(
      fc.property(secrets, surroundings, surroundings, (secret, before, after) => {
        const text = before + spell(secret) + after;
        expect(redactorFor(secret).redactText(text)).toBe(`${before}[redacted]${after}`);
      }),
    );
  });
}

test("a secret is replaced behind two layers of escapes, each written in any mixture", () => {
  const layer = fc.constantFrom<(unit: string) => string>(
    (unit) => eachByte(unit, (byte) => `%${hex(byte, 2)}`),
    (unit) => eachUnit(unit, (half) => `\\u${hex(half.charCodeAt(0), 4)}`),
    (unit) => `&#${unit.codePointAt(0)};`,
  );
  /** `%`, `\` and `&` are always escaped, as any encoder does; the others as the dice fall. */
  const escape = (text: string, write: (unit: string) => string, dice: boolean[]): string =>
    Array.from(text, (character, index) =>
      /[%\\&]/.test(character) || dice[index % dice.length] ? write(character) : character,
    ).join("");
  const dice = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(secrets, layer, layer, dice, dice, (secret, inner, outer, innerDice, outerDice) => {
      const spelled = escape(escape(secret, inner, innerDice), outer, outerDice);
      expect(redactorFor(secret).redactText(`Ω${spelled}Ω`)).toBe("Ω[redacted]Ω");
    }),
  );
});

test("a secret is replaced inside base64, at every alignment, in both alphabets, with its shared characters", () => {
  const bytes = fc.uint8Array({ maxLength: 20 });
  fc.assert(
    fc.property(secrets, bytes, bytes, fc.constantFrom("base64", "base64url"), (secret, before, after, alphabet) => {
      const whole = Buffer.concat([before, Buffer.from(secret), after]);
      const text = whole.toString(alphabet);
      const result = redactorFor(secret).redactText(`Ω${text}Ω`);
      const [left = "", right = ""] = result.slice(1, -1).split("[redacted]");
      // What is left on either side holds bits of the surroundings only.
      expect(left).toBe(text.slice(0, Math.floor((before.length * 8) / 6)));
      const tail = Math.ceil(((before.length + Buffer.byteLength(secret)) * 8) / 6);
      expect(right).toBe(after.length === 0 ? "" : text.slice(tail));
    }),
  );
});

test("text without secrets is unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      fc.pre(!/Zq7|5a71|WnE3/i.test(text));
      const redactor = redactorFor("Zq7-Zq7-Zq7");
      expect(redactor.redactText(text)).toBe(text);
    }),
  );
});

test("whatever stands around it, a secret does not survive", () => {
  fc.assert(
    fc.property(fc.string(), secrets, fc.string(), (before, secret, after) => {
      expect(redactorFor(secret).redactText(before + secret + after)).not.toContain(secret);
    }),
  );
});

test("secrets that overlap are replaced whole", () => {
  const redactor = createRedactor([header("abcdefgh"), header("efghijkl")]);
  expect(redactor.redactText("<abcdefghijkl>")).toBe("<[redacted]>");
});

test("the token behind a scheme is a secret of its own", () => {
  const redactor = redactorFor("Bearer abc.def-123");
  expect(redactor.redactText('{"token":"abc.def-123"}')).toBe('{"token":"[redacted]"}');
  expect(redactor.redactText("Bearer abc.def-123")).toBe("[redacted]");
});

test("user and password of Basic credentials are secrets of their own", () => {
  const redactor = redactorFor(`Basic ${Buffer.from("webhooks:p:ss wörd").toString("base64")}`);
  expect(redactor.redactText("login of webhooks with 'p:ss wörd' failed")).toBe(
    "login of [redacted] with '[redacted]' failed",
  );
});

test("the value of a cookie or of a credentials parameter is a secret of its own", () => {
  expect(redactorFor("sid=s3ss10n; theme=dark").redactText("no session s3ss10n")).toBe("no session [redacted]");
  expect(redactorFor('Token token="t0k3n-1", v=2').redactText("bad token t0k3n-1")).toBe("bad token [redacted]");
});

test("userinfo is found decoded, and inside Basic credentials", () => {
  const redactor = createRedactor([{ kind: "userinfo", value: "hooks:p%40ssword" }]);
  const basic = Buffer.from("hooks:p@ssword").toString("base64");
  expect(redactor.redactText(`Basic ${basic}`)).toBe("Basic [redacted]");
  expect(redactor.redactText("p@ssword, p%40ssword")).toBe("[redacted], [redacted]");
});

test("near-miss credentials are redacted whole", () => {
  const redactor = createRedactor([
    header("s3cret-key"),
    { kind: "token", value: "s3cret-ke" },
    { kind: "token", value: "S3CRET-KEY" },
  ]);
  expect(redactor.redactText("s3cret-ke S3CRET-KEY s3cret-keys")).toBe("[redacted] [redacted] [redacted]s");
});

test("a value of one byte a character is found where bytes that are not UTF-8 were decoded", () => {
  const redactor = redactorFor("schlüssel");
  expect(redactor.redactText(Buffer.from("<schlüssel>", "latin1").toString("utf8"))).toBe("<[redacted]>");
});

test("the header of a secret is redacted by name, in any letter case, however short its value", () => {
  const redactor = redactorFor("abc");
  expect(
    redactor.redactHeaders([
      ["x-api-key", "other"],
      ["X-API-KEY", ""],
      ["Server", "abc"],
    ]),
  ).toEqual([
    ["x-api-key", "[redacted]"],
    ["X-API-KEY", ""],
    ["Server", "abc"],
  ]);
});

test("a short secret is replaced in text only where it stands under its name", () => {
  const redactor = createRedactor([
    header("abc"),
    { kind: "userinfo", value: "u:p" },
    { kind: "query", name: "k.", value: "$1" },
  ]);
  expect(redactor.redactText('abc abcd {"x-api-key": "abc"} X-Api-Key: abcd\nX-Api-Key: abc')).toBe(
    'abc abcd {"x-api-key": "[redacted]"} X-Api-Key: abcd\nX-Api-Key: [redacted]',
  );
  expect(redactor.redactText("u:p http://u:p@h/?k.=$1&kx=$1")).toBe("u:p http://[redacted]@h/?k.=[redacted]&kx=$1");
});

test("userinfo and secret query parameters of a URL are redacted by their place", () => {
  const redactor = createRedactor([{ kind: "query", name: "api key", value: "v1" }]);
  expect(redactor.redactUrl("https://me:pw@h.example/a@b?x=1&api%20key=v2&y=#z")).toBe(
    "https://[redacted]@h.example/a@b?x=1&api%20key=[redacted]&y=#z",
  );
});

test("the start of a secret at the end of a text that was cut is replaced", () => {
  const redactor = redactorFor("s3cret/key");
  expect(redactor.redactText("value s3cr", { cut: true })).toBe("value [redacted]");
  expect(redactor.redactText("value s3", { cut: true })).toBe("value [redacted]");
  expect(redactor.redactText("value s", { cut: true })).toBe("value s");
  expect(redactor.redactText("value s3cr")).toBe("value s3cr");
  expect(redactor.redactText("value s3cret\\u00", { cut: true })).toBe("value [redacted]");
  expect(redactor.redactText("value s3cret%2", { cut: true })).toBe("value [redacted]");
  const basic = Buffer.from("user:s3cret/key").toString("base64");
  expect(redactor.redactText(basic.slice(0, -4), { cut: true })).toBe("dXNlcj[redacted]");
});

test("a text that was cut with an ellipsis may end inside a secret there, wherever the ellipsis stands", () => {
  const redactor = redactorFor("s3cret/key");
  expect(redactor.redactText('it says "key s3cr…" and is HTML')).toBe('it says "key [redacted]…" and is HTML');
  expect(redactor.redactText("s3cret/k… [cut: 8 of 90 bytes shown]")).toBe("[redacted]… [cut: 8 of 90 bytes shown]");
});

test("a secret in UTF-16 is found after its bytes were shown or written as JSON", () => {
  const redactor = redactorFor("s3cret-key");
  const bytes = Buffer.from("<s3cret-key>", "utf16le");
  const shown = bytes.toString().replaceAll("\0", "\\x00");
  expect(redactor.redactText(shown)).toBe("<[redacted]>\\x00");
  expect(redactor.redactText(JSON.stringify(bytes.toString()))).toBe('"<[redacted]>\\u0000"');
});

test("a secret is found behind many layers of the same escape, encoded twice, and turned round", () => {
  const secret = 'aB3+/dE6"gH9&kL2<nP5';
  const redactor = redactorFor(secret);
  const twice = (write: (text: string) => string, times: number): string =>
    times === 0 ? secret : write(twice(write, times - 1));
  for (const written of [
    twice(encodeURIComponent, 4),
    twice((text) => JSON.stringify(text).slice(1, -1), 4),
    twice((text) => Buffer.from(text).toString("base64"), 2),
    [...secret].toReversed().join(""),
  ]) {
    expect(redactor.redactText(`<${written}>`)).toMatch(/^<\[redacted\]\w{0,4}=*>$/);
  }
});

test("the start of a secret before the stars or dots that mask the rest is replaced", () => {
  const redactor = redactorFor("sk-12345678-abcdef");
  expect(redactor.redactText("no such key: sk-1234****")).toBe("no such key: [redacted]****");
  expect(redactor.redactText("no such key: sk-12345678... (401)")).toBe("no such key: [redacted]... (401)");
});

test("a secret that lines were broken in is found, in a text and in one that stands in JSON", () => {
  const secret = "a-l0ng-s3cret-".repeat(9);
  const redactor = redactorFor(secret);
  const mail = Buffer.from(secret).toString("base64").replaceAll(/.{76}/g, "$&\r\n");
  const wrapped = secret.replaceAll(/.{20}/g, "$&\n    ");
  for (const broken of [mail, wrapped]) {
    expect(redactor.redactText(`it is <${broken}>`)).toBe("it is <[redacted]>");
    expect(redactor.redactText(JSON.stringify(`it is <${broken}>`))).toBe('"it is <[redacted]>"');
  }
});

test("no secrets, nothing to replace", () => {
  expect(createRedactor([]).redactText("anything", { cut: true })).toBe("anything");
});

describe("a secret that is laid on several headers", () => {
  const { redactHeaders } = createRedactor([{ kind: "token", value: "s3cret-t0ken" }]);
  const valuesOf = (...values: readonly string[]): readonly string[] =>
    redactHeaders(values.map((value, index) => [`X-${index}`, value])).map(([, value]) => value);

  it("is taken out of each", () => {
    expect(valuesOf("a s3cr", "et-t0ken b")).toEqual(["a [redacted]", "[redacted] b"]);
    expect(valuesOf("s3", "cret-", "t0ken", "else")).toEqual(["[redacted]", "[redacted]", "[redacted]", "else"]);
    const encoded = Buffer.from("s3cret-t0ken").toString("base64");
    expect(valuesOf("é", encoded.slice(0, 7), encoded.slice(7))).toEqual(["é", "[redacted]", "[redacted]"]);
  });

  it("is found beside one that stands in one of them", () => {
    expect(valuesOf("s3cret-t0ken s3c", "ret-t0ken s3cret-t0ken")).toEqual([
      "[redacted] [redacted]",
      "[redacted] [redacted]",
    ]);
    expect(valuesOf("s3cret", "none")).toEqual(["s3cret", "none"]);
  });
});
