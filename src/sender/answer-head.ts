import type { Header } from "./attempt.js";
import type { Oddity } from "./oddities.js";

/** An answer that no client could read, or that has no end: `INVALID_HTTP` or `HEADERS_OVERFLOW`. */
export class AnswerError extends Error {
  readonly code: "INVALID_HTTP" | "HEADERS_OVERFLOW";

  constructor(code: AnswerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export interface StatusLine {
  /** HTTP/1.x: the x. */
  readonly minor: number;
  readonly status: number;
  readonly statusText: string;
}

/** How the end of a body is found (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

const invalid = (message: string): AnswerError => new AnswerError("INVALID_HTTP", message);

/** As the grammar has it, and so nearly every status line. */
const strictStatusLine = /^HTTP\/1\.(\d) ([1-9]\d\d) ([\t\x20-\x7e\x80-\xff]*)$/;
/** Words between any white space (RFC 9112 §4). */
const tolerantStatusLine = /^HTTP\/1\.(\d)[ \t\v\f]+([1-9]\d\d)(?:[ \t\v\f]+(.*))?$/s;

/** @throws AnswerError for what is no status line of HTTP/1.x: a class of 0 is none (RFC 9110 §15). */
export function parseStatusLine(line: string, tell: (oddity: Oddity) => void): StatusLine {
  const strict = strictStatusLine.exec(line);
  if (strict !== null && Number(strict[1]) <= 1) {
    return { minor: Number(strict[1]), status: Number(strict[2]), statusText: strict[3]! };
  }
  const text = withoutControlCharacters(line.replace(/[ \t\v\f]+$/, ""), tell);
  const match = tolerantStatusLine.exec(text);
  if (match === null) {
    if (!line.startsWith("HTTP/")) throw invalid("it does not begin with HTTP/");
    if (!/^HTTP\/1\.\d(?!\d)/.test(line) || /^HTTP\/1\.\d[ \t]+0\d\d(?!\d)/.test(line))
      throw invalid("its status line is none of HTTP/1.1");
    throw invalid("its status is no number of three digits");
  }
  const [, minor, status, statusText = ""] = match;
  if (line === `HTTP/1.${minor} ${status}`) tell("no-space-after-status");
  else if (!/^HTTP\/1\.\d \d{3} /.test(line)) tell("stray-white-space");
  if (Number(minor) > 1) tell("unknown-version");
  return { minor: Number(minor), status: Number(status), statusText };
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** CTL but HTAB; CR and LF never come so far. */
const controlCharacter = /[^\P{Cc}\t\x80-\x9f]/u;

/** NUL is replaced, the others are kept (RFC 9110 §5.5): what is printed of them is for whoever prints. */
function withoutControlCharacters(text: string, tell: (oddity: Oddity) => void): string {
  if (!controlCharacter.test(text)) return text;
  tell("control-character");
  return text.replaceAll("\0", " ");
}

/** @throws AnswerError for what is no header line. */
export function parseHeaderLine(line: string, tell: (oddity: Oddity) => void): Header {
  const colon = line.indexOf(":");
  if (colon === -1) throw invalid("one of its header lines has no colon");
  let end = colon;
  while (isWhite(line.charCodeAt(end - 1))) end -= 1;
  const name = line.slice(0, end);
  if (!token.test(name)) throw invalid("the name of one of its headers is none");
  if (end < colon) tell("space-before-colon");
  return [name, withoutControlCharacters(trimmed(line, colon + 1), tell)];
}

/** White space around a value is no part of it (RFC 9110 §5.5). By hand: a regular expression is quadratic here. */
export function trimmed(text: string, from = 0): string {
  let start = from;
  let end = text.length;
  while (start < end && isWhite(text.charCodeAt(start))) start += 1;
  while (end > start && isWhite(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isWhite = (code: number): boolean => code === 0x20 || code === 0x09;

/** @throws AnswerError for lengths that are none or contradict each other. */
export function framingOf(headers: readonly Header[], minor: number, tell: (oddity: Oddity) => void): Framing {
  const lengths = listed(headers, "content-length");
  const codings = listed(headers, "transfer-encoding").filter((coding) => coding !== "");
  if (codings.length > 0) {
    const chunks = codings.filter((coding) => coding.toLowerCase() === "chunked").length;
    if (chunks > 1) tell("repeated-chunked");
    if (chunks < codings.length) tell("unasked-coding");
    if (minor === 0) tell("coding-in-http-1.0");
    // RFC 9112 §6.3: the coding overrides the length.
    if (lengths.length > 0) tell("length-beside-coding");
    return codings.at(-1)?.toLowerCase() === "chunked" ? { kind: "chunked" } : { kind: "until-close" };
  }
  if (lengths.length === 0) return { kind: "until-close" };
  if (lengths.some((length) => !/^\d+$/.test(length))) throw invalid("its Content-Length is no number");
  if (lengths.length > 1) {
    const [first, ...others] = lengths.map((length) => length.replace(/^0+(?=\d)/, ""));
    if (others.some((length) => length !== first)) throw invalid("its headers contradict each other: two lengths");
    tell("repeated-content-length");
  }
  return { kind: "length", bytes: Number(lengths[0]) };
}

/** Whether the connection may carry another exchange (RFC 9112 §9.3), which it may not where its framing is doubtful (§6.1). */
export function keepsAlive(minor: number, headers: readonly Header[], oddities: readonly Oddity[]): boolean {
  if (oddities.includes("length-beside-coding") || oddities.includes("coding-in-http-1.0")) return false;
  const options = listed(headers, "connection");
  const has = (wanted: string): boolean => options.some((option) => option.toLowerCase() === wanted);
  return !has("close") && (minor >= 1 || has("keep-alive"));
}

const none: readonly string[] = [];

/** The members of a list header, over all its lines. */
function listed(headers: readonly Header[], wanted: string): readonly string[] {
  let members: string[] | null = null;
  for (const [name, value] of headers) {
    // Lengths first: this is asked of each header of each answer.
    if (name.length === wanted.length && name.toLowerCase() === wanted) {
      members ??= [];
      if (value.includes(",")) members.push(...value.split(",").map((member) => trimmed(member)));
      else members.push(value);
    }
  }
  return members ?? none;
}
