import { expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { credentialCheck } from "./credential.js";

const check = credentialCheck({ header: "X-Api-Key", value: "s3cret-Value" });

test("accepts the value and nothing near it", () => {
  expect(check({ "x-api-key": "s3cret-Value" })).toBe(true);
  for (const near of ["", "undefined", "s3cret-Valu", "s3cret-Value1", "s3cret-value", "s3cret-Value, s3cret-Value"]) {
    expect(check({ "x-api-key": near })).toBe(false);
  }
  expect(check({})).toBe(false);
  expect(check({ "x-api-key": ["s3cret-Value", "s3cret-Value"] })).toBe(false);
});

test.each(["", "X Api", "X-Api-Key:"])("refuses the header name %j", (header) => {
  expect(() => credentialCheck({ header, value: "s3cret" })).toThrow(UsageError);
});

test.each(["", " s3cret", "s3cret\n", "s3c\u0000ret", "s3cret€"])(
  "refuses the value %j without repeating it",
  (value) => {
    const refused = (): unknown => credentialCheck({ header: "X-Api-Key", value });
    expect(refused).toThrow(UsageError);
    expect(refused).not.toThrow(/s3c/);
  },
);
