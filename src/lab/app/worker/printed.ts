/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { StringDecoder } from "node:string_decoder";
import { cutTo } from "../../../cut.js";

type Tell = (line: string) => void;

/** No line of the app's may take the memory of the harness. */
const longestLine = 16 * 1024;

/** Takes what the app prints, by whatever way, line by line. @returns ends the lines that were begun. */
export function takePrinted(tell: Tell): () => void {
  const [out, err] = [new Lines(tell), new Lines(tell)];
  takeStream(process.stdout, out);
  takeStream(process.stderr, err);
  return takeWritten(tell, out, err);
}

/** Takes what is written to the descriptors of the process itself, past its streams. @returns as above. */
export function takeWritten(tell: Tell, out = new Lines(tell), err = new Lines(tell)): () => void {
  takeDescriptors(
    new Map([
      [1, out],
      [2, err],
    ]),
  );
  return () => {
    for (const lines of [out, err]) lines.flush();
  };
}

class Lines {
  readonly #tell: Tell;
  readonly #decoder = new StringDecoder();
  #begun = "";

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  take(chunk: string | Uint8Array, encoding?: BufferEncoding): void {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
    const lines = `${this.#begun}${this.#decoder.write(bytes)}`.split("\n");
    this.#begun = (lines.pop() ?? "").slice(0, longestLine + 1);
    for (const line of lines) this.#tell(cutTo(longestLine, line));
  }

  flush(): void {
    if (this.#begun !== "") this.take("\n");
  }
}

function takeStream(stream: NodeJS.WriteStream, lines: Lines): void {
  const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    const written = typeof encoding === "function" ? encoding : done;
    lines.take(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : undefined);
    if (typeof written === "function") process.nextTick(() => written() as unknown);
    return true;
  };
  stream.write = write;
}

/** Some loggers write to the descriptor itself. */
function takeDescriptors(descriptors: ReadonlyMap<number, Lines>): void {
  const { write, writeSync } = fs;
  const taken = (descriptor: number, data: unknown, rest: readonly unknown[]): number | null => {
    const lines = descriptors.get(descriptor);
    if (lines === undefined) return null;
    const bytes =
      typeof data === "string"
        ? Buffer.from(data, rest.find((each) => typeof each === "string") as BufferEncoding | undefined)
        : partOf(data as NodeJS.ArrayBufferView, rest);
    lines.take(bytes);
    return bytes.length;
  };
  const patched = fs as unknown as Record<"write" | "writeSync", unknown>;
  patched.writeSync = (descriptor: number, data: unknown, ...rest: unknown[]) =>
    taken(descriptor, data, rest) ?? (Reflect.apply(writeSync, fs, [descriptor, data, ...rest]) as number);
  patched.write = (descriptor: number, data: unknown, ...rest: unknown[]) => {
    const length = taken(descriptor, data, rest);
    if (length === null) return Reflect.apply(write, fs, [descriptor, data, ...rest]) as unknown;
    const done = rest.findLast((each) => typeof each === "function") as ((...args: unknown[]) => void) | undefined;
    process.nextTick(() => done?.(null, length, data));
    return undefined;
  };
  syncBuiltinESMExports();
}

/** What `fs.write` is told to write of a view: after it come offset and length, or an object with them. */
function partOf(view: NodeJS.ArrayBufferView, [from, count]: readonly unknown[]): Buffer {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const given = typeof from === "object" && from !== null ? from : { offset: from, length: count };
  const { offset, length } = given as { readonly offset?: unknown; readonly length?: unknown };
  const start = typeof offset === "number" ? offset : 0;
  return bytes.subarray(start, typeof length === "number" ? start + length : undefined);
}
