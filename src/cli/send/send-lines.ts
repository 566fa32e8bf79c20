import type { Contract } from "../../contract/contract.js";
import { counted } from "../../in-words.js";
import { formatOffset } from "../../report/virtual-time.js";
import type { Attempt } from "../../sender/attempt.js";
import type { DeliveryEvent } from "../../sender/delivery.js";
import { Unredacted } from "../../unredacted.js";

/** What a delivery tells, a line each, for a person who watches it. */
export const sendLine = (event: DeliveryEvent, contract: Contract, skipsWaits: boolean): Unredacted<string> =>
  new Unredacted(lineOf(event, contract, skipsWaits));

function lineOf(event: DeliveryEvent, { retry }: Contract, skipsWaits: boolean): string {
  const attempts = retry.delaysMs.length + 1;
  switch (event.kind) {
    case "attempt-started":
      return `${formatOffset(event.offsetMs)}  attempt ${event.number} of ${attempts}`;
    case "attempt-ended":
      return `          ${outcomeText(event.attempt)}`;
    case "retry-due": {
      const skipped = skipsWaits ? ", which is skipped" : "";
      return `          attempt ${event.number} is due at ${formatOffset(event.dueOffsetMs)}, after a delay of ${minutes(event.delayMs)}${skipped}`;
    }
    case "acknowledged":
      return `acknowledged by attempt ${event.attempt.number}`;
    case "abandoned":
      return `abandoned for good after ${event.attempts} failed attempts`;
  }
}

/** How an attempt ended, in words, with its wall time. */
function outcomeText({ outcome, response, timings }: Attempt): string {
  const answer = response === null ? "" : `${response.status} ${response.statusText}`.trim();
  const took = `after ${Math.round(timings.headersMs ?? timings.endMs)} ms`;
  if (outcome.kind === "acknowledged") {
    const late = response?.bodyEnd === "complete" ? "" : `; its body did not end rightly (${response?.bodyEnd})`;
    return `acknowledged: ${answer} ${took}${late}`;
  }
  return `failed ${took}: ${outcome.message}`;
}

const minutes = (ms: number): string => counted(ms / 60_000, "minute");
