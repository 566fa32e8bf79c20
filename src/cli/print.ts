import { reasonOf } from "../input/text-file.js";
import { exitCodes } from "../runner/verdict.js";
import { defaults } from "../defaults.js";

/** Prints to stdout, line break included. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Prints to stderr, line break included. */
export function printAside(text: string): void {
  process.stderr.write(text.endsWith("\n") ? text : `${text}\n`);
}

/**
 * A reader that leaves early, as `| head` does, or a disk that is full is no reason to end without the reports: what is
 * printed from then on is dropped. It is no success either: nobody has seen it.
 *
 * A stdout that was closed (`>&-`) cannot be told: Node opens /dev/null in its place just as the parents do that ask for
 * no output (`stdio: "ignore"`, Python's DEVNULL), whose exit code must stay true.
 */
export function surviveBrokenPipes(): void {
  let lost = false;
  process.on("exit", (code) => {
    if (lost && code === exitCodes.passed) process.exitCode = exitCodes.inconclusive;
  });
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (stream === process.stderr || lost) return;
      lost = true;
      const why = error.code === "EPIPE" ? "its reader has left" : reasonOf(error);
      process.stderr.write(`error: not all of the output could be written: ${why}\n`);
    });
  }
}

/** https://no-color.org, and what most tools make of FORCE_COLOR. */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (isSet(NO_COLOR)) return false;
  if (isSet(FORCE_COLOR)) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY && TERM !== "dumb";
}

/** What is read afterwards, and not watched: a file, a pipe, the output of a job in CI. */
export const isLog = (stream: NodeJS.WriteStream): boolean => !stream.isTTY || isSet(process.env["CI"]);

/** A terminal on which a line can be written over. */
export function canRedraw(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, CI, TERM } = process.env;
  return stream.isTTY && TERM !== "dumb" && !isSet(NO_COLOR) && !isSet(CI);
}

/** Columns for text: those of the terminal, within what is good to read. */
export function textWidth(): number {
  const { columns } = process.stdout as { readonly columns?: number };
  return Math.min(Math.max(columns ?? defaults.width, 40), defaults.width);
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== "";
