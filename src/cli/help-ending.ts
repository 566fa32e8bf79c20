import { exitCodes } from "../runner/verdict.js";
import { harness } from "../package-facts.js";

/** What the exit codes mean for one command; the table is the same for all of them. */
export interface Exits {
  readonly passed: string;
  readonly failed: string;
  /** Where the command can end so. */
  readonly inconclusive?: string;
}

/** Arguments, and what they do; a line that begins with `$ ` is a whole command line of another program. */
export type Example = readonly [line: string, does: string];

export interface Glossary {
  readonly title: string;
  readonly words: readonly (readonly [word: string, meaning: string])[];
}

interface Ending {
  readonly examples: readonly Example[];
  readonly exits: Exits;
  readonly glossary?: Glossary;
}

/** By their numbers. */
export const exitCodesOf = ({ passed, failed, inconclusive }: Exits): Readonly<Record<string, string>> => ({
  [exitCodes.passed]: passed,
  [exitCodes.failed]: failed,
  [exitCodes.usage]: "wrong usage or configuration, found before anything is sent",
  ...(inconclusive !== undefined && { [exitCodes.inconclusive]: inconclusive }),
  [exitCodes.internal]: "internal error of the harness",
  [exitCodes.interrupted]: "interrupted",
});

/** How many examples are enough where the help is to be short. */
const fewExamples = 2;

/**
 * The end of a command's help: yargs' own layout breaks examples that are to be copied.
 * @param rest how the whole of it is called for, where this is to be short.
 */
export function helpEnding({ examples, exits, glossary }: Ending, rest: string | null): string {
  const shown = rest === null ? examples : examples.slice(0, fewExamples);
  return [
    ...(glossary === undefined ? [] : [...glossaryLines(glossary), ""]),
    "Examples:",
    ...shown.flatMap(([line, does]) => [`  ${commandLine(line)}`, `      ${does}`]),
    "",
    "Exit codes:",
    ...Object.entries(exitCodesOf(exits)).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`),
    ...(rest === null ? [] : ["", `All options, by topic, and more examples: ${harness.name} ${rest}`]),
  ].join("\n");
}

const commandLine = (line: string): string =>
  line.startsWith("$ ") ? line.slice(2) : `${harness.name} ${line}`.trimEnd();

function glossaryLines({ title, words }: Glossary): readonly string[] {
  const width = Math.max(...words.map(([word]) => word.length));
  return [`${title}:`, ...words.map(([word, meaning]) => `  ${word.padEnd(width)}  ${meaning}`)];
}
