import type { CheckEnd } from "./check-record.js";
import type { Check } from "./check.js";
import { createConfirmation, runAndSettle, type ConfirmationOptions, type Place, type Settle } from "./confirmation.js";
import type { Ended } from "./effects-judged.js";
import type { Lanes } from "./lanes.js";

export interface ScheduleChecksOptions extends ConfirmationOptions {
  /** Each starts when the one before it has ended. */
  readonly stages: readonly (readonly Check[])[];
  /** How many go side by side; it may change while they do. */
  readonly lanes: Pick<Lanes, "width">;
  readonly settle?: Settle;
  readonly stop: AbortSignal;
  /** Told what is waited for, in a few words. */
  readonly stage?: (says: string) => void;
  /** Told of each check, and once more of one that turns out afterwards to have been the end of the receiver. */
  readonly finish: (check: Check, end: CheckEnd) => void;
  /** The receiver takes so long for one callback that several at once may take a whole deadline. */
  readonly isSlow?: boolean;
  /** Whatever lets minutes pass ages all that the receiver remembers, so it runs with nothing beside it. */
  readonly agesReceiver?: boolean;
}

/**
 * Runs checks in an order that keeps verdicts true: polite ones side by side, what measures time alone, what stalls or
 * floods last, each between two controls. Failures are confirmed alone, once those beside them have ended.
 */
export async function scheduleChecks(options: ScheduleChecksOptions): Promise<void> {
  const { stages, lanes, stop, run, settle = async (ends) => ends } = options;
  const confirmation = createConfirmation({ ...options, run: runAndSettle({ run, settle }) });
  const ended = new Map<Check, CheckEnd>();
  const finish = (check: Check, end: CheckEnd): void => {
    ended.set(check, end);
    options.finish(check, end);
  };

  for (const [stage, checks] of stages.entries()) {
    const place: Place = { stage, stop };
    const paceOf = (check: Check): Check["pace"] =>
      check.pace ?? (options.agesReceiver === true && check.spansMinutes === true ? "alone" : "side-by-side");
    const paced = (pace: Check["pace"]): readonly Check[] => checks.filter((check) => paceOf(check) === pace);

    const failed: Ended[] = [];
    const unsettled: Ended[] = [];
    await sideBySide(paced("side-by-side"), lanes, async (check) => {
      const beyond = confirmation.beyondJudging(check, stage);
      if (beyond !== null) return finish(check, beyond);
      confirmation.disturbed();
      const end = await run(check, false, stop);
      if (end.outcome === "failed") failed.push([check, end]);
      else if (check.judgesEffects === true) unsettled.push([check, end]);
      else finish(check, end);
    });
    if (unsettled.length > 0) options.stage?.("looking for the effects of what was sent");
    for (const [check, end] of await settle(unsettled, stop)) {
      if (end.outcome === "failed") failed.push([check, end]);
      else finish(check, end);
    }
    const order = ([check]: Ended): number => checks.indexOf(check);
    failed.sort((a, b) => order(a) - order(b));
    const suspects = failed.map(([{ id }]) => id).join(", ");
    if (failed.length > 0) options.stage?.(`${failed.length} failed once, confirming alone`);
    for (const [check, end] of failed) {
      confirmation.disturbed();
      finish(check, await confirmation.confirm(check, end, place, suspects, options.isSlow));
    }

    for (const check of [...paced("alone"), ...paced("rough")]) {
      await confirmation.alone(check, place, (end) => finish(check, end));
    }
    await settle([], stop);
  }
  // What came after it has shown that the receiver has ended over it.
  for (const [check, end] of ended) {
    const culprit = confirmation.culprit(check, end);
    if (culprit !== null) options.finish(check, culprit);
  }
}

function sideBySide<T>(
  items: readonly T[],
  lanes: Pick<Lanes, "width">,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  let underWay = 0;
  return new Promise((done, failed) => {
    const fill = (): void => {
      while (underWay < lanes.width && queue.length > 0) {
        underWay += 1;
        work(queue.shift() as T).then(() => {
          underWay -= 1;
          fill();
        }, failed);
      }
      if (underWay === 0) done();
    };
    fill();
  });
}
