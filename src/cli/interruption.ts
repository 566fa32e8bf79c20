import { exitCodes } from "../runner/verdict.js";
import { printAside } from "./print.js";

/** SIGQUIT too: what runs in a group of its own would outlive a process that it ends. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Runs `work` with a signal that the first of these aborts, so that it can end in order. The second one ends the process at
 * once.
 * @param announcement printed at the first one.
 */
export async function interruptible<T>(
  announcement: string | null,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    if (announcement !== null) printAside(announcement);
    controller.abort();
  };
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.removeListener(name, interrupt);
  }
}
