import { spawn, type ChildProcess } from "node:child_process";
import { systemClock } from "../clock/system-clock.js";
import { cutTo } from "../report/cut.js";

export interface ShellCommand {
  /** For the shell. */
  readonly line: string;
  /** Beside the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds of wall time after which it is killed with whatever it has started. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Of each of its outputs: a number, a short JSON object, a few lines of complaint. */
const mostOutputBytes = 64 * 1024;

/**
 * Runs a command of the user's and resolves to what it has printed.
 * @throws Error that says in a few words how it ended, with the first line of what it said on stderr.
 */
export function outputOf({ line, env, timeoutMs, signal }: ShellCommand): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, {
      shell: true,
      // The leader of a group of its own, so that all that the shell starts can be killed with it.
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    // A second signal ends the harness at once, and the command with it.
    const orphan = (): void => killGroup(child);
    process.once("exit", orphan);
    const give = (end: () => void): void => {
      timer.cancel();
      process.removeListener("exit", orphan);
      signal.removeEventListener("abort", abort);
      end();
    };
    const kill = (reason: string): void =>
      give(() => {
        killGroup(child);
        reject(new Error(reason));
      });
    const abort = (): void => kill("interrupted");
    const timer = systemClock.timer(timeoutMs, () => kill(`it was killed after ${timeoutMs / 1000} seconds`));
    signal.addEventListener("abort", abort);
    const printed = collect(child.stdout, () => kill(`it printed more than ${mostOutputBytes} bytes`));
    const said = collect(child.stderr, () => kill(`it printed more than ${mostOutputBytes} bytes on stderr`));
    child.once("error", (error) => give(() => reject(error)));
    child.once("close", (code, killedBy) =>
      give(() => (code === 0 ? resolve(printed()) : reject(new Error(howItEnded(code, killedBy, said()))))),
    );
  });
}

function collect(stream: NodeJS.ReadableStream, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostOutputBytes) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

function howItEnded(code: number | null, killedBy: NodeJS.Signals | null, stderr: string): string {
  const how = code === null ? `it was ended by ${killedBy ?? "a signal"}` : `it ended with exit code ${code}`;
  const [line = ""] = stderr.trim().split("\n");
  return line === "" ? `${how} and said nothing on stderr` : `${how}: ${cutTo(200, line)}`;
}

/** Whoever has left the group may still hold a pipe, and is not waited for. */
function killGroup(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
