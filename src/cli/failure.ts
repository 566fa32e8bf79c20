import type { Redactor } from "../report/redact.js";
import { showControlCharacters } from "../report/control-character.js";
import { UsageError } from "../errors.js";
import { NotRun } from "../runner/interruption.js";
import { exitCodes } from "../runner/verdict.js";
import { ShortageError, shortageIn } from "../sender/shortage.js";
import { harness } from "../package-facts.js";
import { printAside } from "./print.js";

/** The user ended it: nothing went wrong. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Says in one sentence why it ended. @returns the exit code. */
export function explainFailure(error: unknown): number {
  if (error instanceof Interrupted) return exitCodes.interrupted;
  if (error instanceof UsageError) {
    printAside(`error: ${oneLine(error.message)}`);
    return exitCodes.usage;
  }
  if ((error as NodeJS.ErrnoException | null)?.syscall === "uv_cwd") {
    printAside("error: expected a working directory, but the one that this was started in is gone: change to another");
    return exitCodes.usage;
  }
  const shortage = wantIn(error);
  if (shortage !== null) {
    printAside(`error: nothing can be said about the receiver: ${oneLine(shortage.message)}`);
    return exitCodes.inconclusive;
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const how = isDebugged() ? "please report it with what stands below" : "please report it with what DEBUG=1 prints";
  const what = `${harness.name} ${harness.version}, node ${process.version}`;
  printAside(`error: a fault of the harness, not of the receiver (${what}): ${name}: ${oneLine(message)}; ${how}`);
  if (isDebugged() && stack !== undefined) printAside(stack.split("\n").map(showControlCharacters).join("\n"));
  return exitCodes.internal;
}

/** What was wanting on this side. */
function wantIn(error: unknown): Error | null {
  if (error instanceof ShortageError || (error instanceof NotRun && error.code === "machine-exhausted")) return error;
  return shortageIn(error);
}

/** Whether stack traces are asked for. */
export function isDebugged(): boolean {
  const { DEBUG } = process.env;
  return DEBUG !== undefined && DEBUG !== "";
}

/** Runs `work`; what it throws holds no secret. */
export async function withoutSecrets<T>(redactor: Redactor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof Interrupted) throw error;
    const message = redactor.redactText(error.message);
    if (error instanceof UsageError) throw new UsageError(error.code, message);
    const shortage = wantIn(error);
    if (shortage !== null) throw shortage;
    const safe = new Error(message);
    safe.name = error.name;
    safe.stack = redactor.redactText(error.stack ?? "");
    throw safe;
  }
}

/** What a user, a file or a receiver has said may stand in it. */
const oneLine = (text: string): string => showControlCharacters(text.replaceAll(/\s*\n\s*/g, " "));
