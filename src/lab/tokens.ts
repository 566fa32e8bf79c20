import type { Contract } from "../contract/contract.js";
import { listed } from "../in-words.js";
import { defaults } from "../defaults.js";
import { cutTo } from "../cut.js";
import { UsageError } from "../errors.js";
import { closest } from "../input/closest.js";
import { showControlCharacters } from "../report/control-character.js";
import type { Token } from "./scenario.js";
import { words, type Word } from "./words.js";

/** What stands for one attempt, or several of the same: `503`, `503*3`; `503*` is as often as others leave room for. */
export interface Piece {
  readonly text: string;
  /** Where it stands, for messages. */
  readonly where: () => string;
  /** What there is where it is empty. */
  readonly empty: string;
}

export interface Reading {
  readonly vocabulary: readonly Word[];
  /** What one token is for: an `attempt`. */
  readonly unit: string;
  /** How many there can be. */
  readonly most: number;
  readonly contract: Contract;
  /** Of the error. */
  readonly code: string;
}

/** How a scenario is read: as many words as the contract has attempts. */
export const readingFor = (contract: Contract): Reading => ({
  vocabulary: words,
  unit: "attempt",
  most: contract.retry.delaysMs.length + 1,
  contract,
  code: "ERR_SCENARIO",
});

/**
 * Reads a script: words separated by commas, one an attempt.
 * @param where what the script is, for messages: `scenario`.
 * @throws UsageError `ERR_SCENARIO` in one sentence that points at the word.
 */
export function parseTokens(script: string, where: string, contract: Contract = defaults.contract): readonly Token[] {
  return readPieces(
    piecesOf(script, (_, offset) => `${where}, column ${offset + 1}`),
    readingFor(contract),
  );
}

/** @param where tells where a piece stands, by its number and its offset in the script, both from 0. */
export function piecesOf(script: string, where: (index: number, offset: number) => string): readonly Piece[] {
  let start = 0;
  return script.split(",").map((text, index, all) => {
    const offset = start + (text.trim() === "" ? 0 : text.search(/\S/));
    start += text.length + 1;
    return { text: text.trim(), where: () => where(index, offset), empty: emptyText(index, all.length) };
  });
}

function emptyText(index: number, count: number): string {
  if (count === 1) return "an empty script";
  if (index === 0) return "nothing before the first comma";
  return index === count - 1 ? "nothing after the last comma" : "nothing between two commas";
}

/** @throws UsageError in one sentence that points at the piece. */
export function readPieces(
  pieces: readonly Piece[],
  { vocabulary, unit, most, code, contract }: Reading,
): readonly Token[] {
  const tokens: Token[] = [];
  const left = leftFor(pieces, most);
  for (const { text, where, empty } of pieces) {
    const unusable = (expected: string, got: string): UsageError =>
      new UsageError(code, `${where()}: expected ${expected}, as ${unit} ${tokens.length + 1}, got ${got}`);
    const [word, times] = repetition(text, left);
    if (word === "") throw unusable(anyOf(vocabulary), text === "" ? empty : quoted(text));
    const token = readWord(word, vocabulary, contract);
    if (typeof token === "string") throw unusable(token, quoted(word) + suggested(word, vocabulary, contract));
    if (times === null) throw unusable(`a word, or one with a count such as ${word}*3`, quoted(text));
    if (tokens.length + times > most) {
      const count = tokens.length + times;
      throw new UsageError(code, `${where()}: expected at most ${most} ${unit}s, got ${count} with ${quoted(text)}`);
    }
    for (let count = 0; count < times; count += 1) tokens.push(token);
  }
  return tokens;
}

/** How many attempts the pieces with a star and no count share: what the others leave, the first of them. */
function leftFor(pieces: readonly Piece[], most: number): number {
  const others = pieces.map(({ text }) => (text.endsWith("*") ? 0 : (repetition(text, 0)[1] ?? 0)));
  return Math.max(0, most - others.reduce((sum, times) => sum + times, 0));
}

/** The word, and how often it stands there; null for what is no such count. */
function repetition(text: string, left: number): readonly [word: string, times: number | null] {
  const star = text.indexOf("*");
  if (star < 0) return [text, 1];
  const count = text.slice(star + 1).trim();
  if (count === "") return [text.slice(0, star).trim(), left];
  return [text.slice(0, star).trim(), /^[1-9]\d*$/.test(count) ? Number(count) : null];
}

/** What a word says, or what was expected in its place. */
function readWord(text: string, vocabulary: readonly Word[], contract: Contract): Token | string {
  const word = wordAt(text, vocabulary);
  if (word === undefined) return anyOf(vocabulary);
  const play = word.play(text, contract);
  return play === null ? word.expected : { ...play, text };
}

/** `pass, drop or cut`. */
const anyOf = (vocabulary: readonly Word[]): string =>
  listed(
    vocabulary.map(({ written }) => written),
    "or",
  );

/** The word that a text begins with, rightly spelt or not. */
export const wordAt = (text: string, vocabulary: readonly Word[]): Word | undefined =>
  vocabulary.find(({ begins }) => begins.test(text));

/** The word that was probably meant, with what follows it where that fits; or that words need commas. */
function suggested(text: string, vocabulary: readonly Word[], contract: Contract): string {
  if (/[\s;|]/.test(text)) return "; words are separated by commas";
  if (wordAt(text, vocabulary) !== undefined) return "";
  const [name = ""] = text.split(":", 1);
  const named = vocabulary.filter((word) => word.name !== "");
  const near = closest(
    name,
    named.map((word) => word.name),
  );
  const word = named.find((each) => each.name === near);
  if (word === undefined) return "";
  const whole = word.name + text.slice(name.length);
  return `; did you mean ${word.play(whole, contract) === null ? word.written : whole}?`;
}

const mostShown = 40;

/** A word as it came, fit to be printed. */
export function quoted(text: string): string {
  return showControlCharacters(JSON.stringify(cutTo(mostShown, text)));
}
