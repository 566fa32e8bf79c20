import { showControlCharacters } from "../report/control-character.js";
import { UsageError } from "../errors.js";
import { exitCodes } from "../runner/verdict.js";
import { shortageIn } from "../sender/shortage.js";
import { printAside } from "./print.js";

/**
 * Writes what a judgement left to write, once it has been printed: a disk that is full takes no verdict back, and makes
 * none green.
 * @returns the exit code: 3 in place of 0 where something could not be written.
 */
export async function afterJudgement(exitCode: number, write: () => unknown): Promise<number> {
  try {
    await write();
    return exitCode;
  } catch (error) {
    const reason = error instanceof UsageError ? error : shortageIn(error);
    if (reason === null) throw error;
    const code = exitCode === exitCodes.passed ? exitCodes.inconclusive : exitCode;
    const instead = code === exitCode ? "" : `; exit code ${code} in place of ${exitCode}`;
    printAside(`error: judged, but not written: ${showControlCharacters(reason.message)}${instead}`);
    return code;
  }
}
