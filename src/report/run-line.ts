import { headerOption, optionWord } from "./command-words.js";
import { word } from "./shell-word.js";

export interface RunLine {
  /** The callback URL; null for the embedded receiver. */
  readonly url: string | null;
  readonly local: boolean;
  /** Names of the headers that are sent; their values are read from the environment. */
  readonly headers: readonly string[];
  /** Those of them that are credentials, where that is not all. */
  readonly credentialHeaders: readonly string[] | null;
  /** Further options and their values, in turn. */
  readonly options: readonly string[];
  readonly check: string;
  readonly seed: string;
  /** The level that has to be gated for the exit code to tell. */
  readonly failOn: string;
}

/** One line for a POSIX shell that runs one check again: exit code 1 says that it fails still, 0 that it does not. */
export function runLine(line: RunLine): string {
  const words = [
    "webhook-conformance run",
    line.url === null ? "--embedded" : word([line.url]),
    ...(line.local ? ["--local"] : []),
    ...line.headers.map(headerOption),
    ...(line.credentialHeaders ?? []).map((name) => `--credential-header ${word([name])}`),
    ...line.options.map(optionWord),
    `--check ${line.check}`,
    `--seed ${word([line.seed])}`,
    ...(line.failOn === "required" ? [] : [`--fail-on ${line.failOn}`]),
  ];
  return words.join(" ");
}
