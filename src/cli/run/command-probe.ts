import { word } from "../../report/shell-word.js";
import { ProbeError, type EffectsProbe, type Seen } from "../../runner/effects-probe.js";
import { seenIn } from "../../runner/probe-answer.js";
import { outputOf } from "../shell-command.js";
import { partsIn, placedIn, subjectOf } from "../../contract/subject.js";
import type { Contract, SubjectPart } from "../../contract/contract.js";

const defaultTimeoutMs = 10_000;

/**
 * Asks a shell command how often a session was processed: it prints an integer, or JSON with `processed`. The session
 * id stands in its environment as SESSION_ID, and quoted in the place of `{sessionId}`; so does the document's, as
 * DOCUMENT_ID and `{documentId}`.
 * @param timeoutMs after which it is killed with whatever it has started.
 */
export function commandProbe(command: string, contract: Contract, timeoutMs = defaultTimeoutMs): EffectsProbe {
  async function look(sessionId: string, signal: AbortSignal): Promise<Seen> {
    signal.throwIfAborted();
    const line = placedIn(command, contract, sessionId, (part) => word([part]));
    const subject = subjectOf(contract, sessionId);
    const env = { SESSION_ID: subject.sessionId, DOCUMENT_ID: subject.documentId };
    try {
      return seenIn(await outputOf({ line, env, timeoutMs, signal }));
    } catch (cause) {
      signal.throwIfAborted();
      throw new ProbeError(`the probe command failed: ${(cause as Error).message}`, { cause });
    }
  }
  return {
    name: "the probe command",
    tellsApart: partsAskedBy(command, contract),
    look,
    count: async (sessionId, signal) => (await look(sessionId, signal)).processed,
  };
}

/** What a command tells apart that is given it all in its environment; one that names none of it may read either. */
function partsAskedBy(command: string, { subject }: Contract): readonly SubjectPart[] {
  if (command.includes("DOCUMENT_ID")) return subject.parts;
  const asked = partsIn(command);
  if (asked.length > 0) return asked;
  return command.includes("SESSION_ID") ? ["sessionId"] : subject.parts;
}
