import { AdvanceError, type Advance } from "../runner/elapsed-time.js";
import { outputOf } from "./shell-command.js";

const placeholder = "{seconds}";

/** It may have every row of a large table to touch. */
const defaultTimeoutMs = 60_000;

/**
 * Moves whatever the receiver keeps time by, by a shell command: the seconds of one jump stand in its environment as
 * ADVANCE_SECONDS, and bare in the place of `{seconds}`.
 * @param timeoutMs after which it is killed with whatever it has started.
 */
export function advanceCommand(command: string, timeoutMs = defaultTimeoutMs): Advance {
  return async (ms, signal) => {
    signal?.throwIfAborted();
    // Delays are whole seconds where they are documented; what is not is told to the millisecond.
    const seconds = String(ms / 1000);
    const line = command.replaceAll(placeholder, seconds);
    const never = new AbortController().signal;
    try {
      await outputOf({ line, env: { ADVANCE_SECONDS: seconds }, timeoutMs, signal: signal ?? never });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new AdvanceError(`the advance command failed: ${(cause as Error).message}`, { cause });
    }
  };
}
