import { basename } from "node:path";
import type { Capture } from "../capture/capture.js";
import { readCapture } from "../capture/read-capture.js";
import { additionsIn, straysFrom, strayText, unseenInOneCallback } from "../capture/strays.js";
import { assertVariable, secretsIn, templateOf } from "../capture/template.js";
import type { Contract } from "../contract/contract.js";
import { defaults } from "../defaults.js";
import type { Secret } from "../report/secret.js";
import type { CallbackTemplate } from "../sender/callback.js";
import { createSender, type SenderOptions } from "../sender/sender.js";
import { keepSecrets } from "./kept-secrets.js";

/** A captured callback that a run sends in place of the documented one. */
export interface CallbackFile {
  readonly template: CallbackTemplate;
  readonly secrets: readonly Secret[];
  /** What the report says of it, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * @param receiver what is configured for it, which may give headers whose values the capture does not hold.
 * @throws UsageError for a file that is no capture, or one that checks cannot vary.
 */
export function readCallbackFile(
  file: string,
  contract: Contract,
  receiver: Pick<SenderOptions, "url" | "headers" | "secret">,
): CallbackFile {
  const source = `--callback ${file}`;
  const capture = readCapture(file, source);
  const secrets = secretsIn(capture, contract);
  keepSecrets(secrets);
  const template = templateOf(capture, contract, source);
  assertVariable(capture, contract, source);
  const { missingHeaders } = createSender({ ...receiver, contract, template });
  return {
    template,
    secrets,
    notes: notesOn(basename(file), capture, contract, missingHeaders),
  };
}

/**
 * The contract that a captured callback keeps best: it names what each of its parts is about, and strays least.
 * @throws UsageError for a file that is no capture.
 */
export function contractOfCapture(file: string, contracts: readonly Contract[]): Contract {
  const capture = readCapture(file, `--callback ${file}`);
  const [best = defaults.contract] = contracts.toSorted(
    (one, other) => straysFrom(one, capture).length - straysFrom(other, capture).length,
  );
  return best;
}

function notesOn(name: string, capture: Capture, contract: Contract, missing: readonly string[]): readonly string[] {
  const additions = additionsIn(capture, contract);
  const strays = straysFrom(contract, capture);
  const judged = strays.length === 0 ? "It keeps to the contract." : "It strays from the contract, as noted below.";
  return [
    `The callback that was sent, and varied, is the captured one of ${name} (${capture.capturedAt}). ${judged} ${unseenInOneCallback}`,
    ...strays.map((stray) => `The captured callback strays from ${strayText(stray)}.`),
    ...(additions.length === 0
      ? []
      : [`Beside what is documented, the body of the captured callback has: ${additions.join(", ")}.`]),
    ...(capture.removed.body ? ["Values that were removed from the captured body were sent as [removed]."] : []),
    ...(missing.length === 0
      ? []
      : [
          `Headers whose values the capture does not hold were left out; what the receiver needs of them is given with -H: ${missing.join(", ")}.`,
        ]),
  ];
}
