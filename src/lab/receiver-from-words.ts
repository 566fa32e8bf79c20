import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import { defaults } from "../defaults.js";
import type { Step } from "../receivers/script.js";
import {
  createScriptedReceiver,
  type ScriptedReceiver,
  type ScriptedReceiverOptions,
} from "../receivers/scripted-receiver.js";
import { piecesOf, readPieces } from "./tokens.js";
import { receiverWords } from "./words.js";

export interface ReceiverFromWordsOptions extends Omit<ScriptedReceiverOptions, "script" | "clock"> {
  /** One step an attempt, counted per session id: words as of `repro`, such as `"503,timeout,200"`, or steps as data. */
  readonly script: string | readonly Step[];
  /** Of its stalls; a virtual one is the sender's too. @default systemClock */
  readonly clock?: Clock;
}

/** Nobody writes more, and a count such as `503*1000` stays within bounds. */
const mostWords = 1000;

/**
 * Starts a receiver on loopback that meets each attempt as its script says, and keeps a journal of what arrived. Close it.
 * @throws UsageError `ERR_SCRIPT` that points at the word.
 */
export async function receiverFromWords({
  script,
  clock,
  ...rest
}: ReceiverFromWordsOptions): Promise<ScriptedReceiver> {
  const steps = typeof script === "string" ? stepsOf(script) : script;
  return createScriptedReceiver({ ...rest, script: steps, clock: clock ?? systemClock });
}

function stepsOf(script: string): readonly Step[] {
  const pieces = piecesOf(script, (_, offset) => `script, column ${offset + 1}`);
  const reading = {
    vocabulary: receiverWords,
    unit: "word",
    most: mostWords,
    code: "ERR_SCRIPT",
    contract: defaults.contract,
  };
  return readPieces(pieces, reading).flatMap((token) => (token.kind === "receiver" ? [token.step] : []));
}
