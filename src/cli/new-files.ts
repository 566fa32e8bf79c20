import { closeSync, existsSync, lstatSync, mkdirSync, openSync, rmdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "../errors.js";
import { unwritable } from "./output-files.js";
import { writeAsGiven } from "./way-out.js";

export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** @throws UsageError `ERR_EXISTS` that names those of the files that are there. */
export function assertNoneExists(paths: readonly string[]): void {
  const there = paths.filter(exists);
  if (there.length === 0) return;
  const are = there.length === 1 ? "is there" : "are there";
  throw new UsageError(
    "ERR_EXISTS",
    `expected to write new files, but ${there.join(", ")} ${are}; nothing was written`,
  );
}

/**
 * Writes all of these files or none, and never over another one; makes the directories that they are in.
 * @throws UsageError `ERR_EXISTS`, or `ERR_OUTPUT` that names the option.
 */
export function writeNewFiles(option: string, files: readonly NewFile[]): void {
  assertNoneExists(files.map(({ path }) => path));
  const undo: (() => void)[] = [];
  for (const { path, text } of files) {
    try {
      for (const directory of missing(dirname(resolve(path)))) {
        mkdirSync(directory);
        undo.push(() => rmdirSync(directory));
      }
      const file = openSync(path, "wx");
      undo.push(() => rmSync(path));
      try {
        writeAsGiven(file, text);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw unwritable(option, path, error);
    }
  }
}

/** A link that leads nowhere is there too; whatever else cannot be seen cannot be written either. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Directories that are not there yet, outermost first. */
function missing(directory: string): readonly string[] {
  return existsSync(directory) ? [] : [...missing(dirname(directory)), directory];
}
