import { exitCodes } from "../runner/judge.js";
import { harness } from "./package-facts.js";

/** What the exit codes mean for one command; the table is the same for all of them. */
export interface Exits {
  readonly passed: string;
  readonly failed: string;
  /** Where the command can end so. */
  readonly inconclusive?: string;
}

/** Arguments, and what they do; a line that begins with `$ ` is a whole command line of another program. */
export type Example = readonly [line: string, does: string];

/** The end of a command's help: yargs' own layout breaks examples that are to be copied. */
export function helpEnding(examples: readonly Example[], { passed, failed, inconclusive }: Exits): string {
  const meanings = {
    [exitCodes.passed]: passed,
    [exitCodes.failed]: failed,
    [exitCodes.usage]: "wrong usage or configuration, found before anything is sent",
    ...(inconclusive !== undefined && { [exitCodes.inconclusive]: inconclusive }),
    [exitCodes.internal]: "internal error of the harness",
    [exitCodes.interrupted]: "interrupted",
  };
  return [
    "Examples:",
    ...examples.flatMap(([line, does]) => [`  ${commandLine(line)}`, `      ${does}`]),
    "",
    "Exit codes:",
    ...Object.entries(meanings).map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`),
  ].join("\n");
}

const commandLine = (line: string): string =>
  line.startsWith("$ ") ? line.slice(2) : `${harness.name} ${line}`.trimEnd();
