import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { UsageError } from "../errors.js";

/** Of whatever a user names: a file, a pipe, a device. More is no document, and would only fill the memory. */
const longestTextBytes = 32 * 1024 * 1024;
const limit = `${longestTextBytes / 1024 / 1024} MB`;

/** How long a pipe may keep us waiting: for somebody to write to it, and for all that is written. */
const patienceMs = { writer: 1000, text: 60_000 };
const napMs = 10;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  EACCES: "it may not be read",
  EISDIR: "it is a directory",
  ENOTDIR: "there is none",
  ENXIO: "it is a socket",
  ELOOP: "its links go round in a circle",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
  EIO: "the disk reports an error",
  ERR_INVALID_ARG_VALUE: "its name holds a character that no name of a file has",
  EFBIG: `it is larger than ${limit}`,
  EPIPE: "it is a pipe that nobody writes to",
  ETIMEDOUT: `it is a pipe that has no end after ${patienceMs.text / 1000} s`,
  EILSEQ: "it is no text in UTF-8 or UTF-16",
};

/**
 * The text of a file, a pipe or a device, without a byte order mark; in UTF-8, or in UTF-16 where a mark says so.
 * @param what the file, as an option or a kind of file names it: `scenario storm.yaml`.
 * @throws UsageError `ERR_FILE`, within a second unless somebody is writing to a pipe.
 */
export function readText(what: string, file: string): string {
  try {
    return textOf(readBounded(file));
  } catch (error) {
    throw new UsageError("ERR_FILE", `${what}: expected a readable file, but ${reasonOf(error)}`);
  }
}

/** Why the file system said no, in words. */
export function reasonOf(error: unknown): string {
  const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}

/** Without blocking, since opening or reading a pipe may never return. */
function readBounded(file: string): Buffer {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const isPipe = fstatSync(descriptor).isFIFO();
    const chunks: Buffer[] = [];
    let [total, waitedMs, hasWriter] = [0, 0, false];
    while (total <= longestTextBytes) {
      const chunk = Buffer.allocUnsafe(256 * 1024);
      const bytes = readNow(descriptor, chunk);
      if (bytes !== null && bytes > 0) {
        chunks.push(chunk.subarray(0, bytes));
        total += bytes;
        continue;
      }
      // The end of a pipe looks like one that nobody has opened yet.
      const isOver = bytes === 0 && (!isPipe || hasWriter || total > 0);
      if (isOver) return Buffer.concat(chunks);
      hasWriter ||= bytes === null;
      if (!hasWriter && waitedMs >= patienceMs.writer) throw failed("EPIPE");
      if (waitedMs >= patienceMs.text) throw failed("ETIMEDOUT");
      waitedMs += napMs;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, napMs);
    }
    throw failed("EFBIG");
  } finally {
    closeSync(descriptor);
  }
}

/** Null where nothing is there yet. */
function readNow(descriptor: number, chunk: Buffer): number | null {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw error;
  }
}

function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw failed("EILSEQ");
  }
  // UTF-16 without a mark, or what is no text at all.
  if (text.includes("\0")) throw failed("EILSEQ");
  return text;
}

const failed = (code: string): Error => Object.assign(new Error(code), { code });
