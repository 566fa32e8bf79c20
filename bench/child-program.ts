import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts a compiled program of this folder in a process of its own and waits for the one message that it sends. */
export async function startProgram(
  program: string,
  parameters: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly message: unknown; readonly ended: Promise<unknown> }> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [...parameters]);
  const ended = once(child, "exit");
  const message = await Promise.race([
    once(child, "message").then(([first]: unknown[]) => first),
    ended.then(([code]) => {
      throw new Error(`${program} ended with ${String(code)} before it said anything`);
    }),
  ]);
  return { child, message, ended };
}
