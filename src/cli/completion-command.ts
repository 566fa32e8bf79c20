import { basename } from "node:path";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import { exitCodes } from "../runner/verdict.js";
import type { Given } from "./command.js";
import { completionScripts } from "./completion-scripts.js";
import { print } from "./print.js";

type Shell = keyof typeof completionScripts;

const shells = Object.keys(completionScripts) as readonly Shell[];

/** `completion`: the script for a shell, by default the user's; what it asks is answered by `completionsFor`. */
export async function completionCommand({ argument }: Given): Promise<number> {
  const own = basename(process.env["SHELL"] ?? "");
  const shell = shells.find((name) => name === (argument ?? own));
  if (argument !== undefined && shell === undefined) {
    const got = `${JSON.stringify(argument)}${suggestion(argument, shells)}`;
    throw new UsageError("ERR_COMPLETION", `completion: expected ${shells.join(" or ")}, got ${got}`);
  }
  print(completionScripts[shell ?? "bash"]);
  return exitCodes.passed;
}
