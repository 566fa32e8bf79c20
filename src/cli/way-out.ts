import { appendFileSync, writeFileSync, writeSync } from "node:fs";

let withoutSecrets = (text: string): string => text;

/** From here on nothing leaves but through this: see `kept-secrets.ts`. */
export function guardTheWayOut(look: (text: string) => string): void {
  withoutSecrets = look;
}

/**
 * A text as it may leave this process. All that is printed, and all that is written of receivers and of runs, goes
 * through here: the linter refuses another way.
 */
export const leaving = (text: string): string => withoutSecrets(text);

/** @throws Error of the file system. */
export function writeText(file: string, text: string, options: { readonly flag?: "w" | "wx" } = {}): void {
  writeFileSync(file, leaving(text), options);
}

/** @throws Error of the file system. */
export function appendText(file: string, text: string): void {
  appendFileSync(file, leaving(text));
}

/** @param file as it was opened. @throws Error of the file system. */
export function writeLine(file: number, line: string): void {
  writeSync(file, `${leaving(line)}\n`);
}

/** A document of the user's own, which is read back as it was given: a config file, a list of known failures. */
export function writeAsGiven(file: string | number, text: string): void {
  writeFileSync(file, text);
}
