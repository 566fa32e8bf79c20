import type { Contract } from "../contract/contract.js";
import type { Step } from "../receivers/script.js";
import { passes, type Expectation, type PlannedDelivery, type Token } from "./scenario.js";

/** What a good receiver makes of these deliveries, by the contract. */
export function expectationOf(deliveries: readonly PlannedDelivery[], contract: Contract): Expectation {
  const ends = deliveries.map(({ script }) => endOf(script, contract));
  return {
    deliveries: ends.map(({ outcome, attempts }) => ({ outcome, attempts })),
    processed: ends.map(({ processed }) => processed),
  };
}

type End = Expectation["deliveries"][number] & { readonly processed: number };

function endOf(script: readonly Token[], contract: Contract): End {
  const most = contract.retry.delaysMs.length + 1;
  const planned = Array.from({ length: most }, (_, index) => script[index] ?? passes);
  const last = planned.findIndex((token) => canAcknowledge(token, contract.response.deadlineMs));
  const made = last < 0 ? planned : planned.slice(0, last + 1);
  return {
    outcome: last < 0 ? "abandoned" : "acknowledged",
    attempts: made.length,
    processed: made.some(arrivesWhole) ? 1 : 0,
  };
}

/** Whether the sender sees a 2XX in time. What takes as long as the deadline is late (`response/within-20-seconds`). */
function canAcknowledge(token: Token, deadlineMs: number): boolean {
  switch (token.kind) {
    case "pass":
    case "duplicate":
    case "restart":
    case "other-instance":
      return true;
    case "drop":
    case "cut":
    case "lost-ack":
    case "hang-up":
    // Unless it answers before it is killed: see `judge`.
    case "crash":
      return false;
    case "late-ack":
    case "delayed":
      return token.ms < deadlineMs;
    case "receiver":
      return acknowledges(token.step, deadlineMs);
  }
}

/** The headers count; a body that is late or broken does not undo them (the decision `deadline-span`). */
function acknowledges(step: Step, withinMs: number): boolean {
  switch (step.kind) {
    case "answer":
      return step.status >= 200 && step.status < 300;
    case "stall":
      return step.ms < withinMs && acknowledges(step.next, withinMs - step.ms);
    case "interim":
      return acknowledges(step.next, withinMs);
    case "dribble":
      return step.part === "body" || step.everyMs * (step.times ?? Infinity) < withinMs;
    case "flood":
      return step.part === "body";
    case "reset":
      return step.at === "body";
    case "redirect":
    case "never":
    case "close":
    case "raw":
      return false;
  }
}

/** Milliseconds from the attempt's start; null for what never gets to the receiver. */
export function arrivesAfterMs(token: Token): number | null {
  switch (token.kind) {
    case "pass":
    case "cut":
    case "lost-ack":
    case "late-ack":
    case "duplicate":
    case "hang-up":
    case "restart":
    case "crash":
    case "other-instance":
      return 0;
    case "delayed":
      return token.ms;
    case "drop":
    case "receiver":
      return null;
  }
}

/** Whether the receiver gets all of the request, sooner or later. */
export const arrivesWhole = (token: Token): boolean => token.kind !== "cut" && arrivesAfterMs(token) !== null;
