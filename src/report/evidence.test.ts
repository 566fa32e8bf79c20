import { expect, test } from "vitest";
import { cutMark } from "../cut.js";
import { bytesToText, capText } from "./evidence.js";

test("a text that fits is unchanged", () => {
  expect(capText("hello", 5)).toBe("hello");
});

test("a long text is cut, with a mark that says how much is shown", () => {
  const capped = capText("x".repeat(65_536), 12_345);
  expect(capped).toBe(`${"x".repeat(12_345)}… [cut: 12,345 of 65,536 bytes shown]`);
  expect(cutMark.exec(capped)?.slice(1)).toEqual(["12,345", "65,536"]);
});

test("a character is never cut in half", () => {
  expect(capText("aé😀", 6)).toBe("aé… [cut: 3 of 7 bytes shown]");
  expect(capText("😀", 0)).toBe("… [cut: 0 of 4 bytes shown]");
});

test("bytes that are not UTF-8 are shown as U+FFFD", () => {
  expect(bytesToText(Buffer.from([0x68, 0x69, 0xff, 0xc3, 0xa9]))).toBe("hi\ufffdé");
});
