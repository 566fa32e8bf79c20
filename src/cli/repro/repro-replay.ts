import { readCapture } from "../../capture/read-capture.js";
import { straysFrom, strayText } from "../../capture/strays.js";
import { secretsIn, templateOf } from "../../capture/template.js";
import type { Contract } from "../../contract/contract.js";
import type { Secret } from "../../report/secret.js";
import type { Header } from "../../sender/attempt.js";
import type { CallbackTemplate } from "../../sender/callback.js";
import { missingIn } from "../../sender/callback-template.js";
import { keepSecrets } from "../kept-secrets.js";

/** A captured callback to send again. */
export interface Replay {
  readonly template: CallbackTemplate;
  /** The session that it was about; null where it names none. */
  readonly sessionId: string | null;
  readonly secrets: readonly Secret[];
  /** Where it strays from the contract, and what of it cannot be sent, a line each. */
  readonly notes: readonly string[];
}

/** @throws UsageError for a file that is no capture, or of which only a part was kept. */
export function readReplay(file: string, headers: readonly Header[], contract: Contract): Replay {
  const source = `--replay ${file}`;
  const capture = readCapture(file, source);
  const secrets = secretsIn(capture, contract);
  keepSecrets(secrets);
  const template = templateOf(capture, contract, source);
  const missingHeaders = missingIn(template, contract, headers);
  return {
    template,
    sessionId: template.sessionIds[0] ?? null,
    secrets,
    notes: [
      `replays the callback that was captured at ${capture.capturedAt}`,
      ...straysFrom(contract, capture).map((stray) => `it strays from ${strayText(stray)}`),
      ...(missingHeaders.length === 0
        ? []
        : [`left out, since the capture does not hold their values (give them with -H): ${missingHeaders.join(", ")}`]),
    ],
  };
}
