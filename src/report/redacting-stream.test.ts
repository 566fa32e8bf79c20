import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./redact.js";

const secret = "s3cret-Kéy";
const redactor = createRedactor([{ kind: "header", name: "X-Api-Key", value: secret }]);

const pieces = fc.oneof(
  fc.constantFrom(
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(`user:${secret}`).toString("base64"),
    Array.from(secret, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    "\\",
    "s3cret-",
    "x".repeat(700),
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

test("in pieces of any size, the answers together are what redacting the whole gives", () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 900 })),
      (parts, sizes) => {
        const whole = parts.join("");
        const stream = redactor.createRedactingStream();
        let result = "";
        for (let position = 0; position < whole.length;) {
          const size = sizes.next().value as number;
          result += stream.write(whole.slice(position, position + size));
          position += size;
        }
        expect(result + stream.end()).toBe(redactor.redactText(whole));
      },
    ),
    { numRuns: 300 },
  );
});

test("no piece of a secret is given out while the rest may follow", () => {
  const stream = redactor.createRedactingStream();
  const bytes = Buffer.from(`${"x".repeat(3000)}${secret}${"y".repeat(3000)}`);
  let result = "";
  for (const byte of bytes) {
    result += stream.write(Uint8Array.of(byte));
    expect(result).not.toContain("s3");
  }
  expect(result + stream.end()).toBe(`${"x".repeat(3000)}[redacted]${"y".repeat(3000)}`);
});

test("a finished line is given out at once", () => {
  const stream = redactor.createRedactingStream();
  expect(stream.write(`key ${secret}\nkey s3cr`)).toBe("key [redacted]\n");
  expect(stream.end({ cut: true })).toBe("key [redacted]");
});

test("what is held back stays bounded", () => {
  const stream = redactor.createRedactingStream();
  let given = 0;
  for (let chunk = 0; chunk < 200; chunk++) given += stream.write("\\".repeat(1000)).length;
  expect(given).toBeGreaterThan(190_000);
});
