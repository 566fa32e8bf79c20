import type { Contract } from "../contract/contract.js";
import { durationPattern, parseDurationMs } from "../input/duration.js";
import type { Step } from "../receivers/script.js";
import type { Token } from "./scenario.js";

type WithoutText<T> = T extends unknown ? Omit<T, "text"> : never;

/** What a word stands for. */
type Play = WithoutText<Token>;

/** A word of a scenario. The help, the schema and the error messages read from it. */
export interface Word {
  /** What stands before the colon; empty for a status. */
  readonly name: string;
  /** How it is written, with an example of what has to follow it. */
  readonly written: string;
  /** What is expected where it is followed by something else. */
  readonly expected: string;
  /** Whether it happens to the attempt on its way, or is what a receiver does. */
  readonly side: "way" | "receiver";
  readonly meaning: string;
  /** What tells it from the other words, whatever follows. */
  readonly begins: RegExp;
  /** Source of a regular expression for all of its spellings. */
  readonly pattern: string;
  /** Null where the text is none of its spellings. */
  readonly play: (text: string, contract: Contract) => Play | null;
}

export const longestDuration = "24h";

/** A time, or one about the deadline: `25s`, `deadline`, `deadline-1ms`. */
const timePattern = `(deadline([+-]${durationPattern.slice(1, -1)})?|${durationPattern.slice(1, -1)})`;

/** Null for what is no time of at least a millisecond. */
function parseTimeMs(text: string, { response: { deadlineMs } }: Contract): number | null {
  const [, sign, by] = /^deadline(?:([+-])(.*))?$/.exec(text) ?? [];
  if (text === "deadline") return deadlineMs;
  if (by === undefined) return parseDelayMs(text);
  const ms = parseDelayMs(by);
  if (ms === null || (sign === "-" && ms >= deadlineMs)) return null;
  return deadlineMs + (sign === "-" ? -ms : ms);
}

/** Whole milliseconds, rounded up as a clock does; null for no duration, or one that no timer reaches. */
export function parseDelayMs(text: string): number | null {
  const ms = parseDurationMs(text);
  // To the microsecond first: 0.07 minutes are 4200.000000000001 ms.
  const whole = ms === null ? null : Math.max(1, Math.ceil(Math.round(ms * 1000) / 1000));
  return whole === null || whole > (parseDurationMs(longestDuration) ?? 0) ? null : whole;
}

type About = Pick<Word, "side" | "name" | "meaning">;

const beginsWith = (name: string): RegExp => new RegExp(`^${name}(?=:|$)`);

function plain(about: About, play: Play): Word {
  const { name } = about;
  return {
    ...about,
    written: name,
    expected: `${name} with nothing after it`,
    begins: beginsWith(name),
    pattern: name,
    play: (text) => (text === name ? play : null),
  };
}

function timed(about: About, example: string, play: (ms: number) => Play): Word {
  const { name } = about;
  return {
    ...about,
    written: `${name}:${example}`,
    expected: `${name} with a duration of at most ${longestDuration}, such as ${name}:${example}`,
    begins: beginsWith(name),
    pattern: `${name}:${timePattern}`,
    play(text, contract) {
      const ms = parseTimeMs(text.slice(name.length + 1), contract);
      return ms === null ? null : play(ms);
    },
  };
}

/** Alone for no time at all. */
function optionallyTimed(about: About, example: string, play: (ms: number) => Play): Word {
  const { name } = about;
  const word = timed(about, example, play);
  return {
    ...word,
    expected: `${name}, or ${word.expected}`,
    pattern: `${name}(:${timePattern})?`,
    play: (text, contract) => (text === name ? play(0) : word.play(text, contract)),
  };
}

/** Alone, or followed by something that makes it another. */
function varied(about: About, example: string, variant: string, play: (variant: string | undefined) => Play): Word {
  const { name } = about;
  const pattern = `${name}(:${variant})?`;
  const spelling = new RegExp(`^${pattern}$`);
  return {
    ...about,
    written: name,
    expected: `${name} or ${name}:${example}`,
    begins: beginsWith(name),
    pattern,
    play: (text) => (spelling.test(text) ? play(text.split(":")[1]) : null),
  };
}

const way = (name: string, meaning: string): About => ({ side: "way", name, meaning });
const receiver = (name: string, meaning: string): About => ({ side: "receiver", name, meaning });
const does = (step: Step): Play => ({ kind: "receiver", step });

/** At this pace nothing is done within the deadline. */
const byteASecond = { kind: "dribble", bytes: 1, everyMs: 1000 } as const;

/** Everything that can happen to an attempt. */
export const words: readonly Word[] = [
  plain(way("pass", "is delivered, with nothing in its way"), { kind: "pass" }),
  plain(way("drop", "is lost before it arrives"), { kind: "drop" }),
  plain(way("cut", "loses its connection in the middle of the body"), { kind: "cut" }),
  plain(way("lost-ack", "is delivered, but its answer is never seen"), { kind: "lost-ack" }),
  timed(way("late-ack", "is delivered at once, but its answer is seen only so late"), "25s", (ms) => ({
    kind: "late-ack",
    ms,
  })),
  timed(way("delayed", "is held up, and delivered only so late"), "65s", (ms) => ({ kind: "delayed", ms })),
  plain(way("duplicate", "is delivered twice at nearly the same time"), { kind: "duplicate" }),
  optionallyTimed(
    way("hang-up", "is delivered, and its sender is gone before the answer, at once or as late as in hang-up:1s"),
    "1s",
    (ms) => ({ kind: "hang-up", ms }),
  ),
  plain(way("restart", "is delivered when the receiver was started anew, at the end of the attempt before it"), {
    kind: "restart",
  }),
  timed(way("crash", "is delivered, and so much later the receiver is killed, and started again"), "300ms", (ms) => ({
    kind: "crash",
    ms,
  })),
  plain(way("other-instance", "is delivered to another instance of the receiver"), { kind: "other-instance" }),
  {
    ...receiver("", "is answered with it"),
    written: "a status such as 503",
    expected: "a status from 200 to 599",
    begins: /^\d/,
    pattern: String.raw`[2-5]\d\d`,
    play: (text) => (/^[2-5]\d\d$/.test(text) ? does({ kind: "answer", status: Number(text) }) : null),
  },
  plain(receiver("timeout", "is never answered"), does({ kind: "never" })),
  plain(receiver("reset", "is met with a reset of the connection"), does({ kind: "reset", at: "request" })),
  plain(receiver("close", "is met with the end of the connection, and no answer"), does({ kind: "close" })),
  varied(
    receiver("redirect", "is sent elsewhere, with 307 or as in redirect:302"),
    "302",
    String.raw`3\d\d`,
    (status) => does({ kind: "redirect", status: Number(status ?? 307), location: "/elsewhere" }),
  ),
  timed(receiver("slow", "is answered with 200, only so late"), "19s", (ms) =>
    does({ kind: "stall", ms, next: { kind: "answer", status: 200 } }),
  ),
  varied(
    receiver("dribble", "is answered with headers, or in dribble:body with a body, a byte a second without end"),
    "body",
    "body",
    (part) => does({ ...byteASecond, part: part === undefined ? "headers" : "body" }),
  ),
  plain(receiver("garbage", "is answered with what is no HTTP"), does({ kind: "raw", bytes: "220 no HTTP\r\n" })),
];

/** What a scripted receiver can be told. */
export const receiverWords: readonly Word[] = words.filter(({ side }) => side === "receiver");

/**
 * Source of a regular expression for a word, and for the word with a count: `503*3`, or `503*` for all that are left.
 * @internal
 */
export const counted = (pattern: string): string => String.raw`(${pattern})(\s*\*\s*([1-9]\d*)?)?`;
