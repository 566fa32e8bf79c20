import { spawn, type ChildProcess } from "node:child_process";
import { systemClock } from "../clock/system-clock.js";
import { cutTo } from "../cut.js";
import { createRedactor } from "../report/redact.js";
import { secretsInCommand } from "../runner/command-secrets.js";
import { secretsIn } from "./told-secrets.js";

export interface ShellCommand {
  /** For the shell. */
  readonly line: string;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds of wall time after which it is killed with whatever it has started. @default it takes its time */
  readonly timeoutMs?: number;
  /** Of each of its outputs. @default those of a number, a short JSON object, a few lines of complaint */
  readonly mostBytes?: number;
  readonly signal: AbortSignal;
}

const fewBytes = 64 * 1024;

/** A second signal ends the harness at once, and these with it. */
const running = new Set<ChildProcess>();
const endRunning = (): void => running.forEach(killGroup);

/**
 * Runs a command of the user's and resolves to what it has printed.
 * @throws Error that says in a few words how it ended, with the first line of what it said on stderr.
 */
export function outputOf({ line, env = {}, timeoutMs, mostBytes = fewBytes, signal }: ShellCommand): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error("interrupted"));
      return;
    }
    const child = spawn(line, {
      shell: true,
      // The leader of a group of its own, so that all that the shell starts can be killed with it.
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    // One listener for all of them, however many there are.
    if (running.size === 0) process.on("exit", endRunning);
    running.add(child);
    const give = (end: () => void): void => {
      timer?.cancel();
      running.delete(child);
      if (running.size === 0) process.off("exit", endRunning);
      signal.removeEventListener("abort", abort);
      end();
    };
    const kill = (reason: string): void =>
      give(() => {
        killGroup(child);
        reject(new Error(reason));
      });
    const abort = (): void => kill("interrupted");
    const late = (): void => kill(`it was killed after ${(timeoutMs ?? 0) / 1000} seconds`);
    const timer = timeoutMs === undefined ? null : systemClock.timer(timeoutMs, late);
    signal.addEventListener("abort", abort);
    const printed = collect(child.stdout, mostBytes, () => kill(`it printed more than ${mostBytes} bytes`));
    const said = collect(child.stderr, mostBytes, () => kill(`it printed more than ${mostBytes} bytes on stderr`));
    child.once("error", (error) => give(() => reject(error)));
    child.once("close", (code, killedBy) =>
      give(() =>
        code === 0 ? resolve(printed()) : reject(new Error(howItEnded(code, killedBy, withoutSecrets(said(), line)))),
      ),
    );
  });
}

/** A command may repeat what it was called with, and print its environment. */
const withoutSecrets = (text: string, line: string): string =>
  createRedactor([...secretsInCommand(line, process.env), ...secretsIn(process.env)]).redactText(text);

function collect(stream: NodeJS.ReadableStream, most: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > most) tooMuch();
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
