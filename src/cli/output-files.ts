import { accessSync, constants, existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.js";
import { reasonOf } from "./read-file.js";
import { writeText } from "./way-out.js";

/**
 * Writes a file so that whoever reads it finds the old one or the whole new one.
 * @param write `writeAsGiven` for a document of the user's own.
 * @throws UsageError `ERR_OUTPUT`.
 */
export function writeFileAtomically(option: string, file: string, text: string, write = writeText): void {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    write(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // There is none where its directory is none any more; the reason is told below.
    }
    throw unwritable(option, file, error);
  }
}

/** Finds out whether a file could be written, before there is anything to write. @throws UsageError `ERR_OUTPUT`. */
export function assertWritable(option: string, file: string): void {
  try {
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw Object.assign(new Error(), { code: "EISDIR" });
    }
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw unwritable(option, file, error);
  }
}

/** Makes a directory ready for these files, and takes old ones of these names out of it. @throws UsageError. */
export function prepareDirectory(option: string, directory: string, files: readonly string[]): void {
  try {
    makeDirectory(directory);
  } catch (error) {
    throw unwritable(option, directory, error);
  }
  for (const file of files) assertWritable(option, join(directory, file));
  for (const file of files) rmSync(join(directory, file), { force: true });
}

/** Node's own recursive mode never ends where a parent cannot be made, as under /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectory(dirname(resolve(directory)));
  try {
    mkdirSync(directory);
  } catch (error) {
    // A link that leads nowhere, or round in a circle, is there; where it leads to is not.
    if (lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink() === true) statSync(directory);
    throw error;
  }
}

/** Where it means something else than of a file that is read. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its directory does not exist",
  ENOTDIR: "a part of it is a file",
  EACCES: "it may not be written",
  EEXIST: "it is a file",
  EFBIG: "it is larger than files may be here",
};

export function unwritable(option: string, path: string, error: unknown): UsageError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const why = reasons[code] ?? reasonOf(error);
  return new UsageError("ERR_OUTPUT", `--${option} ${path}: expected a path that can be written, but ${why}`);
}
