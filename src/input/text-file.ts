import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../errors.js";

/** Whatever is read here is written by people. */
const longestFileBytes = 10 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  EACCES: "it may not be read",
  EISDIR: "it is a directory",
  ENOTDIR: "there is none",
  ELOOP: "its links go round in a circle",
  EFBIG: "it is a device, or larger than 10 MB",
};

/**
 * The text of a file, without a byte order mark.
 * @param what the file, as an option or a kind of file names it: `scenario storm.yaml`.
 * @throws UsageError `ERR_FILE`.
 */
export function readText(what: string, file: string): string {
  try {
    const stats = statSync(file);
    // A pipe, as a shell makes of `<(…)`, is fine.
    if (stats.isCharacterDevice() || stats.size > longestFileBytes) {
      throw Object.assign(new Error("no file to read"), { code: "EFBIG" });
    }
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new UsageError("ERR_FILE", `${what}: expected a readable file, but ${reasonOf(error)}`);
  }
}

/** Why the file system said no, in words. */
export function reasonOf(error: unknown): string {
  const { code = "UNKNOWN" } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}
