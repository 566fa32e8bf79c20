import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { parseTokens } from "./tokens.js";
import { counted, receiverWords, words } from "./words.js";

const parse = (script: string) => parseTokens(script, "scenario");

function mistake(script: string): string {
  try {
    parse(script);
  } catch (error) {
    return error instanceof UsageError ? `${error.code} ${error.message}` : String(error);
  }
  throw new Error(`no mistake in ${script}`);
}

describe("a word", () => {
  test.each([
    ["pass", { kind: "pass" }],
    ["drop", { kind: "drop" }],
    ["cut", { kind: "cut" }],
    ["lost-ack", { kind: "lost-ack" }],
    ["late-ack:25s", { kind: "late-ack", ms: 25_000 }],
    ["late-ack:19.999s", { kind: "late-ack", ms: 19_999 }],
    ["delayed:1.5m", { kind: "delayed", ms: 90_000 }],
    ["delayed:24h", { kind: "delayed", ms: 86_400_000 }],
    ["duplicate", { kind: "duplicate" }],
    ["restart", { kind: "restart" }],
    ["hang-up", { kind: "hang-up", ms: 0 }],
    ["hang-up:1s", { kind: "hang-up", ms: 1000 }],
    ["crash:300ms", { kind: "crash", ms: 300 }],
    ["other-instance", { kind: "other-instance" }],
    ["200", { kind: "receiver", step: { kind: "answer", status: 200 } }],
    ["599", { kind: "receiver", step: { kind: "answer", status: 599 } }],
    ["timeout", { kind: "receiver", step: { kind: "never" } }],
    ["reset", { kind: "receiver", step: { kind: "reset", at: "request" } }],
    ["close", { kind: "receiver", step: { kind: "close" } }],
    ["redirect", { kind: "receiver", step: { kind: "redirect", status: 307, location: "/elsewhere" } }],
    ["redirect:302", { kind: "receiver", step: { kind: "redirect", status: 302, location: "/elsewhere" } }],
    ["slow:19", { kind: "receiver", step: { kind: "stall", ms: 19_000, next: { kind: "answer", status: 200 } } }],
    ["dribble", { kind: "receiver", step: { kind: "dribble", part: "headers", bytes: 1, everyMs: 1000 } }],
    ["dribble:body", { kind: "receiver", step: { kind: "dribble", part: "body", bytes: 1, everyMs: 1000 } }],
    ["garbage", { kind: "receiver", step: { kind: "raw", bytes: "220 no HTTP\r\n" } }],
  ])("%s", (text, play) => {
    expect(parse(text)).toEqual([{ text, ...play }]);
  });

  test("has milliseconds that a clock can count, neither lost nor added by fractions", () => {
    const ms = (text: string): unknown => parse(`late-ack:${text}`).map((token) => "ms" in token && token.ms);
    expect([ms("0.07m"), ms("1.001s"), ms("0.29m"), ms("0.1ms"), ms("19.9995s")]).toEqual([
      [4200],
      [1001],
      [17_400],
      [1],
      [20_000],
    ]);
  });

  test("is documented once", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(words.every(({ meaning }) => meaning !== "")).toBe(true);
  });
});

describe("a script", () => {
  test("has one word an attempt, with or without spaces", () => {
    expect(parse(" 503 ,timeout,\n lost-ack,pass ").map(({ text }) => text)).toEqual([
      "503",
      "timeout",
      "lost-ack",
      "pass",
    ]);
  });

  test("has a word several times with a count", () => {
    expect(parse("503*3, lost-ack * 2").map(({ text }) => text)).toEqual(["503", "503", "503", "lost-ack", "lost-ack"]);
  });
});

const names = words.map(({ written }) => written);
const any = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

describe("a mistake is told in one sentence that points at the word:", () => {
  test.each([
    ["503,timeout,tiemout", `column 13: expected ${any}, as attempt 3, got "tiemout"; did you mean timeout?`],
    ["503*3, tiemout", `column 8: expected ${any}, as attempt 4, got "tiemout"; did you mean timeout?`],
    ["latee-ack:3s", `column 1: expected ${any}, as attempt 1, got "latee-ack:3s"; did you mean late-ack:3s?`],
    ["lateack", `column 1: expected ${any}, as attempt 1, got "lateack"; did you mean late-ack:25s?`],
    ["PASS", `column 1: expected ${any}, as attempt 1, got "PASS"; did you mean pass?`],
    ["xyzzy", `column 1: expected ${any}, as attempt 1, got "xyzzy"`],
    ["pass timeout", `column 1: expected ${any}, as attempt 1, got "pass timeout"; words are separated by commas`],
    ["", `column 1: expected ${any}, as attempt 1, got an empty script`],
    ["  ", `column 1: expected ${any}, as attempt 1, got an empty script`],
    [",503", `column 1: expected ${any}, as attempt 1, got nothing before the first comma`],
    ["503,,200", `column 5: expected ${any}, as attempt 2, got nothing between two commas`],
    ["503,", `column 5: expected ${any}, as attempt 2, got nothing after the last comma`],
    ["*3", `column 1: expected ${any}, as attempt 1, got "*3"`],
    [
      "pass,late-ack",
      'column 6: expected late-ack with a duration of at most 24h, such as late-ack:25s, as attempt 2, got "late-ack"',
    ],
    [
      "slow:soon",
      'column 1: expected slow with a duration of at most 24h, such as slow:19s, as attempt 1, got "slow:soon"',
    ],
    [
      "delayed:0s",
      'column 1: expected delayed with a duration of at most 24h, such as delayed:65s, as attempt 1, got "delayed:0s"',
    ],
    [
      "slow:25h",
      'column 1: expected slow with a duration of at most 24h, such as slow:19s, as attempt 1, got "slow:25h"',
    ],
    ["drop:5s", 'column 1: expected drop with nothing after it, as attempt 1, got "drop:5s"'],
    ["redirect:503", 'column 1: expected redirect or redirect:302, as attempt 1, got "redirect:503"'],
    ["dribble:headers", 'column 1: expected dribble or dribble:body, as attempt 1, got "dribble:headers"'],
    ["199", 'column 1: expected a status from 200 to 599, as attempt 1, got "199"'],
    ["600", 'column 1: expected a status from 200 to 599, as attempt 1, got "600"'],
    ["5xx", 'column 1: expected a status from 200 to 599, as attempt 1, got "5xx"'],
    ["503*0", 'column 1: expected a word, or one with a count such as 503*3, as attempt 1, got "503*0"'],
    ["503*x", 'column 1: expected a word, or one with a count such as 503*3, as attempt 1, got "503*x"'],
    ["503,503,503,503,503,503,200", 'column 25: expected at most 6 attempts, got 7 with "200"'],
    ["503,503*999999999", 'column 5: expected at most 6 attempts, got 1000000000 with "503*999999999"'],
    ["\u202e", `column 1: expected ${any}, as attempt 1, got "\\u202e"`],
  ])("%j", (script, told) => {
    expect(mistake(script)).toBe(`ERR_SCENARIO scenario, ${told}`);
  });

  test("a long word is cut", () => {
    expect(mistake("x".repeat(10_000)).length).toBeLessThan(400);
  });
});

const durations = fc
  .tuple(fc.integer({ min: 1, max: 1440 }), fc.constantFrom("", "ms", "s", "m"))
  .map(([count, unit]) => `${count}${unit}`);

const anyWord = fc.oneof(
  fc.constantFrom("pass", "drop", "cut", "lost-ack", "duplicate", "restart"),
  fc.constantFrom("timeout", "reset", "close", "redirect", "dribble", "dribble:body", "garbage"),
  fc.integer({ min: 200, max: 599 }).map(String),
  fc.integer({ min: 300, max: 399 }).map((status) => `redirect:${status}`),
  fc.tuple(fc.constantFrom("late-ack", "delayed", "slow"), durations).map((parts) => parts.join(":")),
);

test("any list of words is read as it is written", () => {
  fc.assert(
    fc.property(fc.array(anyWord, { minLength: 1, maxLength: 6 }), fc.constantFrom(",", ", ", " ,"), (list, comma) => {
      expect(parse(list.join(comma)).map(({ text }) => text)).toEqual(list);
    }),
  );
});

test("any word is known by one pattern, which knows nothing else", () => {
  const knows = (text: string): boolean[] =>
    words.map(({ pattern }) => new RegExp(`^${counted(pattern)}$`).test(text)).filter(Boolean);
  fc.assert(
    fc.property(anyWord, (word) => {
      expect(knows(word)).toEqual([true]);
    }),
  );
  for (const text of ["tiemout", "", "199", "late-ack", "slow:", "drop:5s", "redirect:200"])
    expect(knows(text)).toEqual([]);
});

test("a scripted receiver is told what receivers do, and not what happens on the way", () => {
  expect(receiverWords.map(({ name }) => name)).toEqual(expect.arrayContaining(["", "timeout", "garbage"]));
  expect(receiverWords.map(({ name }) => name)).not.toContain("lost-ack");
});
