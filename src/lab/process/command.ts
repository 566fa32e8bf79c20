import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { systemClock } from "../../clock/system-clock.js";
import type { Ending } from "./ending.js";
import { guard } from "./guard.js";
import { living, signal, type Family } from "./family.js";
import { LastOutput } from "./last-output.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandOptions {
  /** For the shell. */
  readonly command: string;
  readonly env: Environment;
  /** For what has to do with the command but is not part of it. @default env */
  readonly plainEnv?: Environment;
  readonly cwd?: string;
  /** Called with each line that it prints. */
  readonly printed?: (line: string) => void;
  /** Files that a process of it may leave behind, by its id; they are removed once all have ended. */
  readonly leftBy?: (pid: number) => readonly string[];
  /** What else is to be removed should the harness be killed. */
  readonly leftovers?: readonly string[];
}

export interface RunningCommand {
  readonly output: LastOutput;
  /** null where it was not even started. */
  readonly family: Family | null;
  /** How it ended; null while it, or any process of it, is alive. */
  ending(): Ending | null;
  /** Resolves when the command has ended and its output was read; processes of it may still be alive. */
  readonly ended: Promise<Ending>;
  /** SIGTERM to all of them, SIGKILL after a grace or at once; resolves when none is left. */
  stop(how?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** Long enough to finish a request and write state down, short enough for who waits for the prompt. */
const graceMs = 2000;

const pollMs = 10;

/** A process that was killed but is not gone, in a system call that cannot be interrupted, is not waited for. */
const killedWithinMs = 2000;

/** For the last of its output; whoever got away with the pipe may keep it open for good. */
const drainMs = 250;

/** Starts a command through the shell, with a process group and a guard of its own. */
export function runCommand(options: CommandOptions): RunningCommand {
  const mark = { name: "WEBHOOK_CONFORMANCE_EXEC", value: randomUUID() };
  const child = spawn("sh", ["-c", options.command], {
    detached: true,
    // A standard input that stays open: programs that watch files take its end for the order to quit.
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      // Python keeps back what it prints into a pipe, and loses it when it is killed.
      PYTHONUNBUFFERED: "1",
      ...options.env,
      [mark.name]: mark.value,
    },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  child.stdin.on("error", () => {});
  const output = new LastOutput(options.printed);
  output.read(child.stdout);
  output.read(child.stderr);
  const read = once(child, "close").catch(() => {});

  const { pid } = child;
  const family = pid === undefined ? null : { leader: pid, mark: `${mark.name}=${mark.value}` };
  const callOff =
    pid === undefined
      ? null
      : guard(pid, [...(options.leftovers ?? []), ...(options.leftBy?.(pid) ?? [])], {
          ...(options.plainEnv ?? options.env),
        });

  let known: Ending | null = null;
  const ended = new Promise<Ending>((resolve) => {
    const end = (ending: Ending): void => {
      known ??= ending;
      void atMost(drainMs, read).then(() => resolve(ending));
    };
    child.once("error", (error) => end({ kind: "not-started", reason: error.message }));
    child.once("exit", (code, name) =>
      end(code === null ? { kind: "signal", name: name ?? "a signal" } : { kind: "exit", code }),
    );
  });

  const isGone = (): boolean => known !== null && (family === null || living(family).length === 0);
  const goneWithin = async (ms: number): Promise<boolean> => {
    const until = systemClock.now() + ms;
    while (!isGone()) {
      if (systemClock.now() >= until) return false;
      await systemClock.sleep(pollMs);
    }
    return true;
  };

  async function end(how: "SIGTERM" | "SIGKILL"): Promise<void> {
    const pids = new Set(family === null ? [] : [family.leader, ...living(family)]);
    if (family !== null && !isGone()) {
      signal(family, how);
      // It may just have been stopped to be woken, and would take SIGTERM only then.
      signal(family, "SIGCONT");
      if (!(await goneWithin(how === "SIGKILL" ? 0 : graceMs))) {
        signal(family, "SIGKILL");
        await goneWithin(killedWithinMs);
      }
    }
    const files = [...pids].flatMap((each) => options.leftBy?.(each) ?? []);
    await Promise.all(files.map((path) => rm(path, { force: true })));
    await atMost(drainMs, read);
    for (const stream of child.stdio) stream?.destroy();
    output.flush();
    await callOff?.();
  }

  let stopping: Promise<void> | null = null;
  return {
    output,
    family,
    ended,
    ending: () => (isGone() ? known : null),
    stop: (how = "SIGTERM") => (stopping ??= end(how)),
  };
}

/** Waits for a promise that never rejects, but not for long, and leaves no timer behind. */
export async function atMost(ms: number, promise: Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => {
    const patience = systemClock.timer(ms, resolve);
    void promise.then(() => {
      patience.cancel();
      resolve();
    });
  });
}
