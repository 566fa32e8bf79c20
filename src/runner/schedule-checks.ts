import type { Check } from "./check.js";
import { hung, metUnavailable, sentOnlyDocumented, type CheckRun } from "./run-check.js";

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
  readonly finish: (check: Check, end: CheckRun) => void;
  /** Slows the run down, in case of a limit that does not say that it is one; returns the undoing. */
  readonly ease: () => () => void;
}

/**
 * Runs checks in an order that keeps verdicts true: polite ones side by side, what measures time alone, what stalls or
 * floods last, each followed by a control. Failures are confirmed alone, once those beside them have ended.
 */
export async function scheduleChecks(options: ScheduleChecksOptions): Promise<void> {
  const { stages, concurrency, finish } = options;
  let unhealthy: string | null = null;

  const confirm = async (check: Check, first: CheckRun): Promise<CheckRun> => {
    if (first.outcome !== "failed" || check.builds === "judges-baseline") return first;
    if (options.stop.aborted) return unconfirmed(first);
    if (check.builds === "on-baseline") {
      if (sentOnlyDocumented(first.record)) {
        // A receiver that no longer answers is not asked again and again.
        if (unhealthy !== null) return unconfirmed(first);
      } else {
        const controlled = unhealthy === null ? await options.control() : false;
        if (controlled === "hung") unhealthy = check.id;
        const excuse = excuses(controlled);
        if (excuse !== null) return { ...first, outcome: "not-run", ...excuse };
      }
    }
    if (check.level === "hardening" && hung(first.record)) return first;
    const undo = metUnavailable(first.record) ? options.ease() : null;
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
        const notes = [...(second.record?.notes ?? []), note];
        return { ...second, record: second.record && { ...second.record, notes } };
      }
      case "skipped":
      case "not-run":
      case "error":
        // Where it could not be repeated at all, the first run stands; else what kept the second from judging.
        return options.stop.aborted || second.reasonCode === "sessions-used-up" ? unconfirmed(first) : second;
    }
  };

  /** Ends a check that cannot be judged any more; whoever asks for it does not run it. */
  const isUnhealthy = (check: Check): boolean => {
    if (unhealthy === null) return false;
    finish(check, {
      outcome: "not-run",
      reasonCode: "receiver-unhealthy",
      reason: `the documented callback was no longer acknowledged after ${unhealthy}`,
      durationMs: 0,
      record: null,
    });
    return true;
  };

  for (const checks of stages) {
    const paced = (pace: Check["pace"]): readonly Check[] =>
      checks.filter((check) => (check.pace ?? "side-by-side") === pace && !isUnhealthy(check));

    const failed: [Check, CheckRun][] = [];
    await sideBySide(paced("side-by-side"), concurrency, async (check) => {
      const end = await options.run(check, false);
      if (end.outcome === "failed") failed.push([check, end]);
      else finish(check, end);
    });
    const order = (check: Check): number => checks.indexOf(check);
    for (const [check, end] of failed.sort(([a], [b]) => order(a) - order(b))) finish(check, await confirm(check, end));

    for (const check of paced("alone")) finish(check, await confirm(check, await options.run(check, false)));

    for (const check of checks.filter(({ pace }) => pace === "rough")) {
      if (isUnhealthy(check)) continue;
      const end = await confirm(check, await options.run(check, false));
      finish(check, end);
      if (end.reasonCode === "receiver-unhealthy") unhealthy = check.id;
      const sent = end.outcome === "passed" || end.outcome === "failed";
      if (sent && !options.stop.aborted && excuses(await options.control())?.reasonCode === "receiver-unhealthy") {
        unhealthy = check.id;
      }
    }
  }
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

function unconfirmed(first: CheckRun): CheckRun {
  const notes = [...(first.record?.notes ?? []), "It could not be repeated to confirm it."];
  return { ...first, record: first.record && { ...first.record, notes } };
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
