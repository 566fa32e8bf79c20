import type { Check } from "./check.js";
import type { NotRun } from "./interruption.js";
import { hung, metNobody, metUnavailable, sentOnlyDocumented, type CheckRun } from "./run-check.js";

/**
 * Whether the documented callback is still acknowledged. `hung`: no answer came at all; `rate-limited` and `unknown`
 * say nothing about the receiver's health.
 */
export type ControlResult = boolean | "hung" | "rate-limited" | "unknown";

export interface ScheduleChecksOptions {
  /** Each starts when the one before it has ended. */
  readonly stages: readonly (readonly Check[])[];
  readonly concurrency: number;
  readonly stop: AbortSignal;
  readonly run: (check: Check, confirming: boolean) => Promise<CheckRun>;
  /** Sends a documented callback. */
  readonly control: () => Promise<ControlResult>;
  /** Gives a receiver that was taken down the time to be started again. */
  readonly rest: () => Promise<void>;
  readonly finish: (check: Check, end: CheckRun) => void;
  /** The receiver takes so long for one callback that several at once may take a whole deadline. */
  readonly isSlow?: boolean;
  /** Slows the run down, in case of a limit that does not say that it is one; returns the undoing. */
  readonly ease: () => () => void;
}

/**
 * Runs checks in an order that keeps verdicts true: polite ones side by side, what measures time alone, what stalls or
 * floods last, each between two controls. Failures are confirmed alone, once those beside them have ended.
 */
export async function scheduleChecks(options: ScheduleChecksOptions): Promise<void> {
  const { stages, concurrency, finish } = options;
  let unhealthy: Unhealthy | null = null;
  /** Nothing was sent since a control was acknowledged; at first since the baseline was. */
  let isSound = true;

  /** One that fails is repeated after a rest; a hang is not asked for twice. */
  const control = async (): Promise<ControlResult> => {
    let controlled = await options.control();
    if (controlled === false && !options.stop.aborted) {
      await options.rest();
      controlled = await options.control();
    }
    isSound = controlled === true;
    return controlled;
  };

  /** @param suspects the ids of what may have taken the receiver down, should it be down now. */
  const confirm = async (check: Check, first: CheckRun, stage: number, suspects: string): Promise<CheckRun> => {
    if (first.outcome !== "failed" || check.builds === "judges-baseline") return first;
    if (options.stop.aborted) return cutShort(first, options.stop);
    if (check.builds === "on-baseline") {
      if (sentOnlyDocumented(first.record)) {
        // One that was taken down gets its time to be started again; one that stays down is not asked again and again.
        const isDown = unhealthy === null && metNobody(first.record) && isUnhealthy(await control());
        if (isDown) unhealthy = { after: suspects, stage };
        if (unhealthy !== null) return unconfirmed(first);
      } else {
        // What was sent alone to a sound receiver has taken it down itself.
        const isCulprit = isSound || check.judgesHealth === true;
        const excuse = excuses(unhealthy === null ? await control() : false);
        if (excuse !== null) {
          const isDown = excuse.reasonCode === "receiver-unhealthy";
          if (isDown) unhealthy ??= { after: suspects, stage };
          return isDown && isCulprit ? withNote(first, downAfterwards) : { ...first, outcome: "not-run", ...excuse };
        }
      }
    }
    // A slow receiver may have been kept busy by the checks beside this one.
    const wasCrowded = options.isSlow === true && (check.pace ?? "side-by-side") === "side-by-side";
    if (check.level === "hardening" && hung(first.record) && !wasCrowded) return first;
    const undo = check.floods !== true && metUnavailable(first.record) ? options.ease() : null;
    const second = await options.run(check, true);
    if (second.outcome !== "passed") undo?.();
    switch (second.outcome) {
      case "failed":
        return second;
      case "passed": {
        const note =
          undo === null
            ? "It failed at first, and passed when it was repeated alone."
            : "It met 503 at first, and passed when it was repeated more slowly: that may be a rate limit, so the run goes on slowly (see --max-rate).";
        return withNote(second, note);
      }
      case "skipped":
      case "not-run":
      case "error":
        // Where it could not be repeated at all, the first run stands; else what kept the second from judging.
        if (options.stop.aborted) return cutShort(first, options.stop);
        return second.reasonCode === "sessions-used-up" ? unconfirmed(first) : second;
    }
  };

  /** Ends a check that cannot be judged any more; whoever asks for it does not run it. */
  const isBeyondJudging = (check: Check, stage: number): boolean => {
    if (unhealthy === null || (check.judgesHealth === true && unhealthy.stage === stage)) return false;
    finish(check, {
      outcome: "not-run",
      reasonCode: "receiver-unhealthy",
      reason: `the documented callback was no longer acknowledged after ${unhealthy.after}`,
      durationMs: 0,
      record: null,
    });
    return true;
  };

  for (const [stage, checks] of stages.entries()) {
    const paced = (pace: Check["pace"]): readonly Check[] =>
      checks.filter((check) => (check.pace ?? "side-by-side") === pace && !isBeyondJudging(check, stage));

    const failed: [Check, CheckRun][] = [];
    await sideBySide(paced("side-by-side"), concurrency, async (check) => {
      isSound = false;
      const end = await options.run(check, false);
      if (end.outcome === "failed") failed.push([check, end]);
      else finish(check, end);
    });
    const order = ([check]: [Check, CheckRun]): number => checks.indexOf(check);
    failed.sort((a, b) => order(a) - order(b));
    const suspects = failed.map(([{ id }]) => id).join(", ");
    for (const [check, end] of failed) {
      isSound = false;
      finish(check, await confirm(check, end, stage, suspects));
    }

    for (const check of paced("alone")) {
      isSound = false;
      finish(check, await confirm(check, await options.run(check, false), stage, check.id));
    }

    for (const check of checks.filter(({ pace }) => pace === "rough")) {
      if (unhealthy === null && !isSound && !options.stop.aborted && isUnhealthy(await control())) {
        unhealthy = { after: "what was sent before it", stage };
      }
      if (isBeyondJudging(check, stage)) continue;
      const end = await confirm(check, await options.run(check, false), stage, check.id);
      finish(check, end);
      isSound &&= end.outcome === "skipped";
      if (end.outcome !== "passed" && end.outcome !== "failed") continue;
      if (unhealthy === null && !options.stop.aborted && isUnhealthy(await control())) {
        unhealthy = { after: check.id, stage };
      }
    }
  }
}

const downAfterwards = "The documented callback that was sent right afterwards was not acknowledged either.";

/** Since when the documented callback is no longer acknowledged. */
interface Unhealthy {
  /** What was sent before, for people: ids of checks. */
  readonly after: string;
  /** The stage in which it happened. */
  readonly stage: number;
}

const isUnhealthy = (controlled: ControlResult): boolean => excuses(controlled)?.reasonCode === "receiver-unhealthy";

/** A failure counts only once it is confirmed, so one that the end of the run came before does not. */
function cutShort(first: CheckRun, { reason }: AbortSignal): CheckRun {
  const { code, message } = reason as NotRun;
  const why = `it failed once, but ${message} before it could be repeated to confirm it`;
  return { ...first, outcome: "not-run", reasonCode: code, reason: why };
}

/** What a control says against a failure that came just before it; null where the failure is the check's own. */
function excuses(controlled: ControlResult): Pick<CheckRun, "reasonCode" | "reason"> | null {
  switch (controlled) {
    case true:
    case "unknown":
      return null;
    case false:
    case "hung":
      return {
        reasonCode: "receiver-unhealthy",
        reason: "it failed, but so did the documented callback that was sent as a control right afterwards",
      };
    case "rate-limited":
      return {
        reasonCode: "rate-limited",
        reason:
          "it failed, and the documented callback that was sent as a control met a rate limit that persists; pass a lower --max-rate, or raise the limit for the test",
      };
  }
}

const unconfirmed = (first: CheckRun): CheckRun => withNote(first, "It could not be repeated to confirm it.");

function withNote(end: CheckRun, note: string): CheckRun {
  return { ...end, record: end.record && { ...end.record, notes: [...end.record.notes, note] } };
}

async function sideBySide<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
