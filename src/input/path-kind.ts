import { statSync, type Stats } from "node:fs";

/** Whether a path leads to a file. One that leads nowhere, or not for us, does not: whoever opens it says why. */
export const isFile = (path: string): boolean => statsOf(path)?.isFile() === true;

/** Whether a path leads to a directory; see `isFile`. */
export const isDirectory = (path: string): boolean => statsOf(path)?.isDirectory() === true;

/** Node throws for names that are too long, links that go round, directories that may not be entered. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
