import type { ReportCheck } from "../report/model.js";
import type { CheckEnd } from "./check-record.js";
import type { Check, Suite } from "./check.js";
import { createConfirmation, runAndSettle } from "./confirmation.js";
import type { Ended } from "./effects-judged.js";
import { skippedFor, type Collected, type Examination } from "./examination.js";

/** The checks of one receiver, asked for one at a time. */
export interface OneByOne {
  /** @param stop with a `NotRun` as its reason; what it stops may be asked for again. */
  examine(check: Check, stop: AbortSignal): Promise<ReportCheck>;
  /** Looks, at the end, at what became of whatever the checks had acknowledged. */
  collect(stop: AbortSignal): Promise<CollectedAtEnd>;
}

interface CollectedAtEnd extends Collected {
  /**
   * Checks that did not fail by themselves, and answer for what others lost or doubled, or were the end of the receiver.
   */
  readonly failed: readonly ReportCheck[];
}

/**
 * Runs checks when they are asked for, one at a time whatever is asked together, by the rules of a whole run: the
 * baseline comes first and once, failures are confirmed, and a receiver that went down is not asked again and again.
 */
export function oneByOne(examination: Examination, suites: readonly Suite[]): OneByOne {
  const confirmation = createConfirmation({ ...examination, run: runAndSettle(examination) });
  const collectors: Ended[] = [];
  const others: Ended[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function examine(check: Check, stop: AbortSignal): Promise<ReportCheck> {
    const skip = examination.preSkip(check);
    if (skip !== null) return examination.report(check, skippedFor(skip));
    if (check.builds !== "nothing") await examination.begin(stop);
    const stage = suites.findIndex(({ checks }) => checks.includes(check));
    let ended: CheckEnd | null = null;
    await confirmation.alone(check, { stage, stop }, (end) => (ended = end));
    if (ended === null) throw new Error(`${check.id} has come to no end`);
    (check.collects === undefined ? others : collectors).push([check, ended]);
    return examination.report(check, ended);
  }

  async function collect(stop: AbortSignal): Promise<CollectedAtEnd> {
    // Whoever does not judge the effects of what it sent has left them to be looked at.
    await examination.settle([], stop);
    const found = await examination.collect(collectors, stop);
    const failed = collectors
      .filter(([, { outcome }]) => outcome !== "failed")
      .map(([check, end]) => examination.report(check, examination.collected(check, end)))
      .filter(({ outcome }) => outcome === "failed");
    const culprits = others.flatMap(([check, end]) => {
      const culprit = confirmation.culprit(check, end);
      return culprit === null ? [] : [examination.report(check, culprit)];
    });
    return { ...found, failed: [...failed, ...culprits] };
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  }

  return {
    examine: (check, stop) => inTurn(() => examine(check, stop)),
    collect: (stop) => inTurn(() => collect(stop)),
  };
}
