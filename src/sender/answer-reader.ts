import {
  AnswerError,
  framingOf,
  keepsAlive,
  parseHeaderLine,
  parseStatusLine,
  trimmed,
  type StatusLine,
} from "./answer-head.js";
import type { Header } from "./attempt.js";
import type { Oddity } from "./oddities.js";

/**
 * More bytes than one answer can have whose headers and body are within their own caps, interim answers and the worst
 * of chunking included. It bounds what those caps do not see: 1XX without end, chunk extensions, trailers.
 */
const answerCapBytes = 1024 * 1024;
/** Of a status line and its headers; and of a chunk's size with its extensions. */
const headCapBytes = 64 * 1024;
const lineCapBytes = 16 * 1024;
const emptyLinesCap = 16;

export interface AnswerHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly Header[];
}

/** What is told of an answer while it is read, in this order. */
export interface AnswerListener {
  /** The status line of the final answer. */
  onStatus(): void;
  onHeaders(head: AnswerHead): void;
  onData(bytes: Buffer): void;
  onComplete(): void;
}

type Part =
  | "status-line"
  | "headers"
  | "length"
  | "until-close"
  | "chunk-size"
  | "chunk-data"
  | "chunk-end"
  | "trailers"
  | "done"
  /** Whatever comes after a 101 is another protocol. */
  | "switched";

const noOddities: readonly Oddity[] = [];

/** What the beginning of a line can be, where that shows before its end. */
const beginnings: Partial<Record<Part, RegExp>> = {
  "status-line": /^(?:\r|H|HT|HTT|HTTP|HTTP\/.*)$/s,
  "chunk-size": /^[0-9a-f]+[ \t]*(?:;.*|\r)?$/is,
  "chunk-end": /^\r$/,
};
/** RFC 9112 §7.1.1, white space included. */
const chunkExtensions =
  /^(?:[ \t]*;[ \t]*[!#$%&'*+.^_`|~\w-]+(?:[ \t]*=[ \t]*(?:[!#$%&'*+.^_`|~\w-]+|"(?:[^"\\]|\\.)*"))?)*$/s;
/** A header, or one that goes on. */
const trailerLine = /^(?:[!#$%&'*+.^_`|~\w-]+:|[ \t])/;

/** So much of a line shows its beginning. */
const beginningBytes = 32;

/**
 * Reads one answer, byte for byte as they come, and takes whatever RFC 9110 and 9112 let a user agent take; what was
 * odd about it is told in `oddities`. Interim answers are left out of account (decision `redirects`; RFC 9110 §15.2),
 * but a 101, which nobody asked for, ends it.
 *
 * It keeps at most one line and one head, and no more time than the bytes it was given.
 */
export class AnswerReader {
  /** Whether the connection may carry another exchange; it says something only once the answer is whole. */
  reusable = false;
  readonly #listener: AnswerListener;
  readonly #isHead: boolean;
  #part: Part = "status-line";
  #line: Buffer[] = [];
  #lineBytes = 0;
  #headBytes = 0;
  #answerBytes = 0;
  #emptyLines = 0;
  /** Bytes of the body or the chunk that are still to come. */
  #left = 0;
  #status: StatusLine | null = null;
  #headers: Header[] = [];
  #told = false;
  /** Made for the first of them: most answers have none. */
  #oddities: Set<Oddity> | null = null;
  readonly #tell = (oddity: Oddity): void => void (this.#oddities ??= new Set()).add(oddity);

  constructor(listener: AnswerListener, method: string) {
    this.#listener = listener;
    this.#isHead = method === "HEAD";
  }

  /** What was odd about the answer so far, each kind once. */
  get oddities(): readonly Oddity[] {
    return this.#oddities === null ? noOddities : [...this.#oddities];
  }

  /** @throws AnswerError for what no client can read. */
  read(bytes: Buffer): void {
    this.#answerBytes += bytes.length;
    let at = 0;
    while (at < bytes.length) at = this.#step(bytes, at);
    if (this.#answerBytes > answerCapBytes && !this.#isWhole()) throw overflow();
    this.#tellEnd();
  }

  /**
   * The peer has ended the connection.
   * @throws an error of code `CLOSED` when the answer is not whole.
   */
  end(): void {
    if (this.#part === "until-close") this.#part = "done";
    if (!this.#isWhole()) throw closedEarly();
    this.reusable = false;
    this.#tellEnd();
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#part) {
      case "done":
        this.#tell("bytes-after-end");
        this.reusable = false;
        return bytes.length;
      case "switched":
        return bytes.length;
      case "until-close":
        this.#listener.onData(bytes.subarray(at));
        return bytes.length;
      case "length":
      case "chunk-data": {
        const end = Math.min(at + this.#left, bytes.length);
        this.#left -= end - at;
        this.#listener.onData(bytes.subarray(at, end));
        if (this.#left === 0) this.#part = this.#part === "length" ? "done" : "chunk-end";
        return end;
      }
      default:
        return this.#stepLine(bytes, at);
    }
  }

  #stepLine(bytes: Buffer, at: number): number {
    const lineFeed = bytes.indexOf(0x0a, at);
    const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
    this.#measure(end - at);
    if (lineFeed === -1) {
      this.#line.push(bytes.subarray(at));
      if (this.#lineBytes <= beginningBytes || this.#line.length === 1) this.#checkBeginning();
      return end;
    }
    let line: string;
    if (this.#line.length === 0) line = bytes.toString("latin1", at, lineFeed);
    else {
      this.#line.push(bytes.subarray(at, lineFeed));
      line = Buffer.concat(this.#line).toString("latin1");
      this.#line = [];
    }
    this.#lineBytes = 0;
    if (line.endsWith("\r")) line = line.slice(0, -1);
    else this.#tell("bare-line-feed");
    if (line.includes("\r")) {
      this.#tell("bare-carriage-return");
      line = line.replaceAll("\r", " ");
    }
    this.#take(line);
    return end;
  }

  #measure(bytes: number): void {
    this.#lineBytes += bytes;
    if (this.#part === "status-line" || this.#part === "headers") {
      this.#headBytes += bytes;
      if (this.#headBytes > headCapBytes) throw overflow();
    } else if (this.#lineBytes > lineCapBytes) throw overflow();
  }

  /** What cannot become a line is refused at once, since nothing more may come. */
  #checkBeginning(): void {
    const beginning = beginnings[this.#part];
    const text = Buffer.concat(this.#line).toString("latin1", 0, beginningBytes);
    if (beginning === undefined || beginning.test(text)) return;
    throw new AnswerError(
      "INVALID_HTTP",
      this.#part === "status-line" ? "it does not begin with HTTP/" : "its chunks are malformed",
    );
  }

  #take(line: string): void {
    switch (this.#part) {
      case "status-line":
        this.#takeStatusLine(line);
        break;
      case "headers":
        if (line === "") this.#endHead();
        else this.#takeHeader(line);
        break;
      case "chunk-size":
        this.#takeChunkSize(line);
        break;
      case "chunk-end":
        if (line !== "") throw new AnswerError("INVALID_HTTP", "a chunk is longer than its size");
        this.#part = "chunk-size";
        break;
      case "trailers":
        if (line === "") this.#part = "done";
        else if (!trailerLine.test(line)) this.#tell("malformed-trailer");
        break;
      case "length":
      case "until-close":
      case "chunk-data":
      case "done":
      case "switched":
        break;
    }
  }

  #takeStatusLine(line: string): void {
    if (line === "") {
      this.#emptyLines += 1;
      this.#tell("empty-line-before");
      if (this.#emptyLines > emptyLinesCap) throw new AnswerError("INVALID_HTTP", "it is nothing but empty lines");
      return;
    }
    this.#status = parseStatusLine(line, this.#tell);
    this.#part = "headers";
    this.#headBytes = line.length;
    this.#headers = [];
    const { status } = this.#status;
    if (status < 200 && status !== 101) this.#status = null;
    else this.#listener.onStatus();
  }

  #takeHeader(line: string): void {
    const first = line.charCodeAt(0);
    if (first !== 0x20 && first !== 0x09) {
      this.#headers.push(parseHeaderLine(line, this.#tell));
      return;
    }
    const last = this.#headers.pop();
    if (last === undefined) {
      // RFC 9112 §2.2: a line with white space before it, right after the status line, is left out.
      this.#tell("stray-white-space");
      return;
    }
    this.#tell("folded-header");
    const [name, value] = parseHeaderLine(`${last[0]}:${line}`, this.#tell);
    this.#headers.push([name, trimmed(`${last[1]} ${value}`)]);
  }

  #takeChunkSize(line: string): void {
    const match = /^([0-9a-f]+)([ \t]*)(;.*)?$/is.exec(line);
    if (match === null) throw new AnswerError("INVALID_HTTP", "its chunks are malformed");
    if (match[2] !== "") this.#tell("stray-white-space");
    if (match[3] !== undefined && !chunkExtensions.test(match[3])) this.#tell("malformed-chunk-extension");
    this.#left = Number.parseInt(match[1]!, 16);
    this.#part = this.#left === 0 ? "trailers" : "chunk-data";
  }

  #endHead(): void {
    if (this.#status === null) {
      this.#part = "status-line";
      return;
    }
    const { minor, status, statusText } = this.#status;
    const headers = this.#headers;
    if (status === 101) this.#part = "switched";
    else if (this.#isHead || status === 204 || status === 304) this.#part = "done";
    else {
      const framing = framingOf(headers, minor, this.#tell);
      if (framing.kind === "chunked") this.#part = "chunk-size";
      else if (framing.kind === "until-close") this.#part = "until-close";
      else {
        this.#left = framing.bytes;
        this.#part = framing.bytes === 0 ? "done" : "length";
      }
    }
    this.reusable = this.#part !== "switched" && keepsAlive(minor, headers, this.oddities);
    this.#listener.onHeaders({ status, statusText, headers });
  }

  #isWhole(): boolean {
    return this.#part === "done" || this.#part === "switched";
  }

  /** After all bytes that came together, so that those behind the end are known of. */
  #tellEnd(): void {
    if (this.#told || !this.#isWhole()) return;
    this.#told = true;
    this.#listener.onComplete();
  }
}

const overflow = (): AnswerError => new AnswerError("HEADERS_OVERFLOW", "it has no end");

/** What a connection that the peer ended in good order, but too early, is told by. */
export function closedEarly(): Error {
  return Object.assign(new Error("closed early"), { code: "CLOSED" });
}
