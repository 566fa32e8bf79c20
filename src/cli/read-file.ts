import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../errors.js";

/** Whatever is read here is written by people. */
const longestFileBytes = 10 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  EACCES: "it may not be read",
  EISDIR: "it is a directory",
  EFBIG: "it is a device, or larger than 10 MB",
};

/** @throws UsageError `ERR_FILE` that names the option and the file. */
export function readTextFile(option: string, file: string): string {
  try {
    if (statSync(file).isCharacterDevice() || statSync(file).size > longestFileBytes) {
      throw Object.assign(new Error("no file to read"), { code: "EFBIG" });
    }
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError("ERR_FILE", `--${option} ${file}: expected a readable file, but ${reasonOf(error)}`);
  }
}

/** @throws UsageError `ERR_JSON` with the line where it breaks, as far as it can be told; no part of the text. */
export function parseJson(option: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    // What the parser says may quote the file, which may hold a secret.
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = position === undefined ? "" : ` (see line ${text.slice(0, Number(position)).split("\n").length})`;
    throw new UsageError("ERR_JSON", `--${option} ${file}: expected JSON, got something else${line}`);
  }
}

/** Why the file system said no, in words. */
export function reasonOf(error: unknown): string {
  const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}
