import type { Clock } from "../clock/clock.js";
import { systemClock } from "../clock/system-clock.js";
import type { Contract } from "../contract/contract.js";
import type { Step } from "../receivers/script.js";
import {
  createScriptedReceiver,
  type ScriptedReceiver,
  type ScriptedReceiverOptions,
} from "../receivers/scripted-receiver.js";
import { contractCalled } from "../sender/contract-called.js";
import { piecesOf, readPieces, type Piece } from "./tokens.js";
import { receiverWords } from "./words.js";

/** What a scripted receiver answers, and where it listens. */
export interface ReceiverFromWordsOptions extends Omit<ScriptedReceiverOptions, "script" | "clock" | "contract"> {
  /** One step an attempt, counted per session id, or per document of one: words as of `repro`, such as `"503,timeout,200"`, or steps as data. */
  readonly script: string | readonly Step[];
  /** Of its stalls; a virtual one is the sender's too. @default systemClock */
  readonly clock?: Clock;
  /** The callback that it meets, or its id: `batch`, `document` or `signed`. @default "batch" */
  readonly contract?: Contract | string;
}

/** Nobody writes more, and a count such as `503*1000` stays within bounds. */
const mostWords = 1000;

/**
 * Starts a receiver on loopback that meets each attempt as its script says, and keeps a journal of what arrived. Close it.
 * @throws UsageError `ERR_SCRIPT` that points at the word; `ERR_CONTRACT` for a contract that there is not.
 */
export async function receiverFromWords({
  script,
  clock = systemClock,
  contract: given,
  ...rest
}: ReceiverFromWordsOptions): Promise<ScriptedReceiver> {
  const contract = typeof given === "object" ? given : contractCalled(given);
  const steps = typeof script === "string" ? stepsFrom(columnsOf(script), contract) : script;
  return createScriptedReceiver({ ...rest, contract, script: steps, clock });
}

const columnsOf = (script: string): readonly Piece[] => piecesOf(script, (_, offset) => `script, column ${offset + 1}`);

/** The steps that pieces of a script stand for, a word each. @throws UsageError `ERR_SCRIPT` that points at the word. */
export function stepsFrom(pieces: readonly Piece[], contract: Contract): readonly Step[] {
  const reading = { vocabulary: receiverWords, unit: "word", most: mostWords, code: "ERR_SCRIPT", contract };
  return readPieces(pieces, reading).flatMap((token) => (token.kind === "receiver" ? [token.step] : []));
}
