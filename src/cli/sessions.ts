import { UsageError } from "../errors.js";
import { suppliedSessions, type SessionSource } from "../runner/session-ids.js";
import { assertSessionId } from "../sender/callback.js";
import { Interrupted } from "./failure.js";
import { readTextFile } from "./read-file.js";
import { outputOf } from "./shell-command.js";

/** A command may print the ids of all that staging has. */
const mostBytes = 64 * 1024 * 1024;

/** Ids out of the file that was given, one a line; null where none was. @throws UsageError `ERR_SESSIONS`, `ERR_SESSION_ID`. */
export function sessionsIn(options: {
  readonly "session-ids": string | undefined;
  readonly "session-command"?: string | undefined;
}): SessionSource | null {
  const file = options["session-ids"];
  if (file === undefined) return null;
  if (options["session-command"] !== undefined) {
    throw new UsageError("ERR_SESSIONS", "--session-ids and --session-command: expected one of them, got both");
  }
  return suppliedSessions(linesOf(readTextFile("session-ids", file), `--session-ids ${file}`));
}

/** Ids that a command prints, one a line. @throws UsageError `ERR_SESSIONS`, with what the command said on stderr. */
export async function sessionsToldBy(command: string, signal: AbortSignal): Promise<SessionSource> {
  try {
    return suppliedSessions(linesOf(await outputOf({ line: command, mostBytes, signal }), "--session-command"));
  } catch (error) {
    if (signal.aborted) throw new Interrupted();
    if (error instanceof UsageError) throw error;
    throw new UsageError("ERR_SESSIONS", `--session-command: expected it to succeed, but ${(error as Error).message}`);
  }
}

function linesOf(text: string, option: string): readonly string[] {
  const ids = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (ids.length === 0) throw new UsageError("ERR_SESSIONS", `${option}: expected session ids, one a line, got none`);
  ids.forEach((id, index) => assertSessionId(id, `${option}, id ${index + 1}`));
  return ids;
}
