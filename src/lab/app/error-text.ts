import { inspect } from "node:util";

/** A line of a stack that is in a file: not in Node itself, nor in a package. */
const ownLine = /^ +at (?:[^(\n]*\()?(?:file:\/\/)?\/(?!.*\/node_modules\/)(?:[^()]*\/)?(?<place>[^()/]+:\d+):\d+\)?$/m;

/** What an app threw, in one line, and where in its files that was. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error, { breakLength: Infinity });
  const place = ownLine.exec(error.stack ?? "")?.groups?.["place"];
  const [message = ""] = String(error).split("\n");
  return place === undefined ? message : `${message} (${place})`;
}
