import { exec } from "node:child_process";
import { UsageError } from "../../errors.js";
import { suppliedSessions, type SessionSource } from "../../runner/session-ids.js";
import { Interrupted } from "../failure.js";
import { readTextFile } from "../read-file.js";

/** Ids out of the file that was given, one a line; null where none was. @throws UsageError `ERR_SESSIONS`. */
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
  return suppliedSessions(linesOf(await outputOf(command, signal), "--session-command"));
}

function linesOf(text: string, option: string): readonly string[] {
  const ids = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const illegal = ids.findIndex((id) => !/^[\x20-\x7e]+$/.test(id));
  const expected = `${option}: expected session ids of visible ASCII characters, one a line`;
  if (illegal >= 0) throw new UsageError("ERR_SESSIONS", `${expected}, got another character in id ${illegal + 1}`);
  if (ids.length === 0) throw new UsageError("ERR_SESSIONS", `${expected}, got none`);
  return ids;
}

function outputOf(command: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    exec(command, { signal, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (signal.aborted) reject(new Interrupted());
      else
        reject(
          new UsageError("ERR_SESSIONS", `--session-command: expected it to succeed, ${howItEnded(error, stderr)}`),
        );
    });
  });
}

function howItEnded(
  error: { readonly code?: number | string | null; readonly signal?: string | null },
  stderr: string,
): string {
  const how =
    typeof error.code === "number" ? `exit code ${error.code}` : (error.signal ?? error.code ?? "no exit code");
  const said = stderr.trim().slice(0, 500);
  return said === "" ? `got ${how} and nothing on stderr` : `got ${how}: ${said}`;
}
