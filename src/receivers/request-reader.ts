import type { ArrivedHeader, ArrivedRequest } from "./journal.js";

/** What the bytes of a request say by themselves. */
export type ReadRequest = Pick<ArrivedRequest, "method" | "target" | "version" | "headers" | "body" | "raw">;

interface Head {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly ArrivedHeader[];
  /** Bytes up to and with the empty line. */
  readonly length: number;
}

interface Body {
  readonly body: Buffer;
  /** Bytes with the framing. */
  readonly length: number;
}

/**
 * Finds where each request ends in a stream of bytes (RFC 9112 §6). It records and does not judge: what breaks the
 * grammar is kept as it came.
 */
export class RequestReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** The next request cannot be whole with fewer bytes than this. */
  #needed = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The next whole request, or null until more bytes came. */
  next(): ReadRequest | null {
    if (this.#length === 0 || this.#length < this.#needed) return null;
    const bytes = this.rest;
    const head = readHead(bytes);
    const body = head && readBody(bytes.subarray(head.length), head.headers);
    if (!head || !body) return null;
    const length = head.length + body.length;
    this.#needed = length;
    if (bytes.length < length) return null;
    this.#chunks = bytes.length > length ? [bytes.subarray(length)] : [];
    this.#length -= length;
    this.#needed = 0;
    const { method, target, version, headers } = head;
    return { method, target, version, headers, body: body.body, raw: bytes.subarray(0, length) };
  }

  /** How many bytes belong to no whole request yet. */
  get length(): number {
    return this.#length;
  }

  /** Bytes that belong to no whole request yet. */
  get rest(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
    return this.#chunks[0] as Buffer;
  }
}

function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [requestLine = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const [method = "", target = "", version = ""] = requestLine.split(" ");
  return { method, target, version, headers: lines.map(readHeader), length: end + 4 };
}

function readHeader(line: string): ArrivedHeader {
  const colon = line.indexOf(":");
  if (colon < 0) return [line, ""];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")];
}

/** Null while its length is not known. */
function readBody(bytes: Buffer, headers: readonly ArrivedHeader[]): Body | null {
  const valueOf = (name: string): string | undefined => headers.find(([each]) => each.toLowerCase() === name)?.[1];
  if (/\bchunked$/i.test(valueOf("transfer-encoding") ?? "")) return readChunks(bytes);
  const length = Number(valueOf("content-length") ?? 0) || 0;
  return { body: bytes.subarray(0, length), length };
}

function readChunks(bytes: Buffer): Body | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    // What follows a semicolon is an extension (RFC 9112 §7.1.1).
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16) || 0;
    at = lineEnd + 2;
    if (size === 0) return readTrailers(bytes, at, chunks);
    if (bytes.length < at + size + 2) return null;
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
}

function readTrailers(bytes: Buffer, from: number, chunks: readonly Buffer[]): Body | null {
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    if (lineEnd === at) return { body: Buffer.concat(chunks), length: at + 2 };
    at = lineEnd + 2;
  }
}
