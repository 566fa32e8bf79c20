import type { CheckEnd } from "./check-record.js";
import type { Check } from "./check.js";
import type { Aside } from "./check-turn.js";
import { createConfirmation, runAndSettle, type ConfirmationOptions, type Place, type Settle } from "./confirmation.js";
import type { Ended } from "./effects-judged.js";
import { createFloor } from "./floor.js";
import type { Lanes } from "./lanes.js";

export interface ScheduleChecksOptions extends Omit<ConfirmationOptions, "run"> {
  /** @param aside lets others go on while the check waits; left out where nothing may run beside it. */
  readonly run: (check: Check, confirming: boolean, stop: AbortSignal, aside?: Aside) => Promise<CheckEnd>;
  /** Each starts when the one before it has ended, but for checks that stand aside. */
  readonly stages: readonly (readonly Check[])[];
  /** How many go side by side; it may change while they do. */
  readonly lanes: Pick<Lanes, "width">;
  readonly settle?: Settle;
  readonly stop: AbortSignal;
  /** Told what is waited for, in a few words. */
  readonly stage: (says: string) => void;
  /** Told of each check, and once more of one that turns out afterwards to have been the end of the receiver. */
  readonly finish: (check: Check, end: CheckEnd) => void;
  /** The receiver takes so long for one callback that several at once may take a whole deadline. */
  readonly isSlow?: boolean;
  /** Whatever lets minutes pass ages all that the receiver remembers, so it runs with nothing beside it. */
  readonly agesReceiver?: boolean;
}

/**
 * Runs checks in an order that keeps verdicts true: polite ones side by side, what measures time alone, what stalls or
 * floods last, each between two controls. The effects of each of these two groups are looked at together, and failures
 * confirmed alone. A check that only waits stands aside meanwhile, into later stages if need be.
 */
export async function scheduleChecks(options: ScheduleChecksOptions): Promise<void> {
  const { stages, lanes, stop, run, settle = async (ends) => ends, agesReceiver = false } = options;
  const confirmation = createConfirmation({ ...options, run: runAndSettle({ run, settle }) });
  const ended = new Map<Check, CheckEnd>();
  const finish = (check: Check, end: CheckEnd): void => {
    ended.set(check, end);
    options.finish(check, end);
  };
  const floor = createFloor(lanes);
  const failed: (Place & { readonly first: Ended })[] = [];
  /** What was begun side by side, with the waits of those that stood aside. */
  const begun: Promise<void>[] = [];

  /** Resolves when the check has ended, or stands aside. */
  function sideBySide(check: Check, place: Place, ends: (end: CheckEnd) => void): Promise<void> {
    return new Promise((goOn, fault) => {
      const play = async (): Promise<void> => {
        let leave = await floor.beside();
        const aside: Aside = async (wait) => {
          leave();
          goOn();
          await wait();
          leave = await floor.beside(true);
        };
        try {
          const beyond = confirmation.beyondJudging(check, place.stage);
          if (beyond !== null) return finish(check, beyond);
          confirmation.disturbed();
          ends(await run(check, false, stop, agesReceiver ? undefined : aside));
        } finally {
          leave();
        }
      };
      const played = play();
      begun.push(played);
      played.then(goOn, fault);
    });
  }

  async function alone(work: () => Promise<void>): Promise<void> {
    const leave = await floor.alone();
    try {
      await work();
    } finally {
      leave();
    }
  }

  async function confirmFailed(inOrder: readonly Check[]): Promise<void> {
    const order = ({ first: [check] }: (typeof failed)[number]): number => inOrder.indexOf(check);
    const toConfirm = failed.splice(0).sort((a, b) => order(a) - order(b));
    const suspects = toConfirm.map(({ first: [{ id }] }) => id).join(", ");
    if (toConfirm.length > 0) options.stage(`${toConfirm.length} failed once, confirming alone`);
    for (const { first, ...place } of toConfirm) {
      const [check, end] = first;
      await alone(async () => {
        confirmation.disturbed();
        finish(check, await confirmation.confirm(check, end, place, suspects, options.isSlow));
      });
    }
  }

  for (const [stage, checks] of stages.entries()) {
    const place: Place = { stage, stop };
    const paceOf = (check: Check): Check["pace"] =>
      check.pace ?? (agesReceiver && check.spansMinutes === true ? "alone" : "side-by-side");
    const paced = (pace: Check["pace"]): readonly Check[] => checks.filter((check) => paceOf(check) === pace);
    const unsettled: Ended[] = [];

    const settleAndConfirm = async (): Promise<void> => {
      if (unsettled.length > 0) options.stage("looking for the effects of what was sent");
      for (const settled of await settle(unsettled.splice(0), stop)) {
        if (settled[1].outcome === "failed") failed.push({ ...place, first: settled });
        else finish(...settled);
      }
      await confirmFailed(checks);
    };
    const settleOrFinish = (check: Check, end: CheckEnd): void => {
      if (check.judgesEffects === true && end.outcome !== "failed") unsettled.push([check, end]);
      else finish(check, end);
    };

    const polite = paced("side-by-side");
    await Promise.all(
      polite.map((check) =>
        sideBySide(check, place, (end) => {
          if (end.outcome === "failed") failed.push({ ...place, first: [check, end] });
          else settleOrFinish(check, end);
        }),
      ),
    );
    // Where there was none, all was looked at when the stage before ended.
    await (polite.length > 0 ? settleAndConfirm() : confirmFailed(checks));
    for (const check of [...paced("alone"), ...paced("rough")]) {
      await alone(() => confirmation.alone(check, place, (end) => settleOrFinish(check, end), run));
    }
    await settleAndConfirm();
  }
  await Promise.all(begun);
  await confirmFailed([]);
  // What came after it has shown that the receiver has ended over it.
  for (const [check, end] of ended) {
    const culprit = confirmation.culprit(check, end);
    if (culprit !== null) options.finish(check, culprit);
  }
  // Over which of several a process has ended that was started again shows where each is played alone.
  const suspects = new Set(options.vitals.deaths.flatMap(({ after }) => after.map(({ check }) => check)));
  const suspected = [...ended].filter(
    ([check, { outcome }]) => outcome === "passed" && suspects.has(check.id) && options.stands?.(check) !== true,
  );
  if (suspected.length > 0) options.stage("its process has ended: looking over which check");
  const guilty = new Map<Check, CheckEnd>();
  for (const [check] of suspected) {
    const end = await confirmation.again(check, stop);
    if (end === "by-itself") return;
    if (end === "gone" || stop.aborted) break;
    if (end === null) options.vitals.acquits?.(check.id);
    else guilty.set(check, end);
  }
  for (const [check, end] of guilty) options.finish(check, end);
}
