import { word } from "../../report/shell-word.js";
import { ProbeError, type EffectsProbe, type Seen } from "../../runner/effects-probe.js";
import { seenIn } from "../../runner/probe-answer.js";
import { outputOf } from "../shell-command.js";

const placeholder = "{sessionId}";
const defaultTimeoutMs = 10_000;

/**
 * Asks a shell command how often a session was processed: it prints an integer, or JSON with `processed`. The session
 * id stands in its environment as SESSION_ID, and quoted in the place of `{sessionId}`.
 * @param timeoutMs after which it is killed with whatever it has started.
 */
export function commandProbe(command: string, timeoutMs = defaultTimeoutMs): EffectsProbe {
  async function look(sessionId: string, signal: AbortSignal): Promise<Seen> {
    signal.throwIfAborted();
    const line = command.replaceAll(placeholder, () => word([sessionId]));
    try {
      return seenIn(await outputOf({ line, env: { SESSION_ID: sessionId }, timeoutMs, signal }));
    } catch (cause) {
      signal.throwIfAborted();
      throw new ProbeError(`the probe command failed: ${(cause as Error).message}`, { cause });
    }
  }
  return {
    name: "the probe command",
    look,
    count: async (sessionId, signal) => (await look(sessionId, signal)).processed,
  };
}
