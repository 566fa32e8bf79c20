import yargs, { type Argv } from "yargs";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { exitCodes } from "../runner/verdict.js";
import type { Given } from "./command.js";
import { harness } from "../package-facts.js";

const shells: readonly string[] = ["bash", "zsh"];

/** `completion`: yargs knows the scripts of the shells; what they ask is answered by `completionsFor`. */
export async function completionCommand({ argument: shell }: Given): Promise<number> {
  if (shell !== undefined && !shells.includes(shell)) {
    const got = `${JSON.stringify(shell)}${suggestion(shell, shells)}`;
    throw new UsageError("ERR_COMPLETION", `completion: expected ${shells.join(" or ")}, got ${got}`);
  }
  // It knows the shell by this alone.
  if (shell !== undefined) process.env["SHELL"] = shell;
  const parser = yargs([]) as Argv & { showCompletionScript(name: string, command: string): void };
  parser.showCompletionScript(harness.name, "completion");
  return exitCodes.passed;
}
