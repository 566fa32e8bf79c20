import { showControlCharacters } from "./control-character.js";
import type { Redactor } from "./redact.js";

/** One line, as it may be printed: without secrets, and with nothing in it that a terminal obeys. */
export const redactLine = (text: string, redactor: Redactor): string =>
  showControlCharacters(redactor.redactText(text));

/** Lines that belong together, likewise. */
export const redactLines = (lines: readonly string[], redactor: Redactor): readonly string[] =>
  lines.map((line) => redactLine(line, redactor));
