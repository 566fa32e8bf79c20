import type { Clock } from "../clock/clock.js";
import type { Contract } from "../contract/contract.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import type { LabReceiver } from "./lab-receiver.js";
import { createStage } from "./stage.js";

/** What a scenario is played on where no receiver is given: it acknowledges whatever gets through to it. */
export async function startAcknowledgingReceiver(clock: Clock, contract: Contract): Promise<LabReceiver> {
  const stage = await createStage(clock, contract);
  return {
    kind: "embedded",
    title: "the embedded scripted receiver",
    url: parseCallbackUrl(`${stage.origin}/webhook`),
    sharesTime: true,
    probe: null,
    close: () => stage.close(),
  };
}
