import { expect, test } from "vitest";
import { showControlCharacters, showsAsItself } from "./control-character.js";

test.each([
  ["\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
  ["a\r\nb\tc\0", "a\\r\\nb\\tc\\x00"],
  ["\u009b2J", "\\x9b2J"],
  ["evil\u202etxt", "evil\\u202etxt"],
  ["\u2028\ufeff\u{e0041}", "\\u2028\\ufeff\\u{e0041}"],
  ["\ud83d", "\\ud83d"],
])("%j is shown as %s", (text, shown) => {
  expect(showsAsItself(text)).toBe(false);
  expect(showControlCharacters(text)).toBe(shown);
});

test("readable text of any language is unchanged", () => {
  expect(showControlCharacters("Grüße, 世界 😀 \\ %")).toBe("Grüße, 世界 😀 \\ %");
});
