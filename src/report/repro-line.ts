import { headerOption, optionWord } from "./command-words.js";
import { word } from "./shell-word.js";

export interface ReproLine {
  /** As `repro` reads it: `lost-ack,pass`. */
  readonly script: string;
  /** The callback URL. */
  readonly url: string;
  /** Names of the headers that are sent; their values are read from the environment. */
  readonly headers: readonly string[];
  /** Further options and their values, in turn, as `run` was given them. */
  readonly options: readonly string[];
}

const known = new Set([
  "--contract",
  "--method",
  "--connect-to",
  "--ca",
  "--proxy",
  "--probe-url",
  "--probe-command",
  "--advance-command",
  "--settle",
  "--secret",
]);

/**
 * One line for a POSIX shell that plays a retry on the receiver: exit code 1 says that it fails still, 0 that it does
 * not. Null where `repro` could not tell that, or not reach the receiver as `run` does.
 */
export function reproLine({ script, url, headers, options }: ReproLine): string | null {
  const names = options.filter((_, index) => index % 2 === 0);
  // Without effects an acknowledgement alone is no evidence, and the scenario stays inconclusive.
  const seesEffects = names.includes("--probe-url") || names.includes("--probe-command");
  if (!seesEffects || !names.every((name) => known.has(name))) return null;
  return [
    `webhook-conformance repro ${word([script])}`,
    `--url ${word([url])}`,
    ...headers.map(headerOption),
    ...options.map(optionWord),
  ].join(" ");
}
