import type { ReportCheck } from "../report/model.js";
import type { CheckEnd } from "./check-record.js";
import type { Check, Suite } from "./check.js";
import { createConfirmation } from "./confirmation.js";
import { skippedFor, type Examination } from "./examination.js";

export type ExamineCheck = (check: Check, stop: AbortSignal) => Promise<ReportCheck>;

/**
 * Runs checks when they are asked for, one at a time whatever is asked together, by the rules of a whole run: the
 * baseline comes first and once, failures are confirmed, and a receiver that went down is not asked again and again.
 * @param stop with a `NotRun` as its reason; what it stops may be asked for again.
 */
export function oneByOne(examination: Examination, suites: readonly Suite[]): ExamineCheck {
  const confirmation = createConfirmation(examination);
  let last: Promise<unknown> = Promise.resolve();

  async function examine(check: Check, stop: AbortSignal): Promise<ReportCheck> {
    const skip = examination.preSkip(check);
    if (skip !== null) return examination.report(check, skippedFor(skip));
    if (check.builds !== "nothing") await examination.begin(stop);
    const stage = suites.findIndex(({ checks }) => checks.includes(check));
    let ended: CheckEnd | null = null;
    await confirmation.alone(check, { stage, stop }, (end) => (ended = end));
    if (ended === null) throw new Error(`${check.id} has come to no end`);
    return examination.report(check, ended);
  }

  return (check, stop) => {
    const next = last.then(() => examine(check, stop));
    last = next.catch(() => {});
    return next;
  };
}
