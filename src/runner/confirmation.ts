import type { LikelyCause } from "../report/model.js";
import type { CheckEnd } from "./check-record.js";
import type { Check } from "./check.js";
import type { Ended } from "./effects-judged.js";
import { blamedFor, causeOfIll, failedOver, illOver } from "./ill-health.js";
import type { NotRun } from "./interruption.js";
import {
  causeOfDeath,
  endedAfter,
  isAfterSpecial,
  lateMs,
  mayBeDeathByOthers,
  isDeathByThis,
  type Death,
  type Vitals,
} from "./vitals.js";
import { hung, metNoAnswer, metNobody, metUnavailable, sentOnlyDocumented } from "./run-check.js";

/**
 * Whether the documented callback is still acknowledged. `hung`: no answer came at all; `rate-limited` and `unknown`
 * say nothing about the receiver's health.
 */
export type ControlResult = boolean | "hung" | "rate-limited" | "unknown";

export interface ConfirmationOptions {
  readonly run: (check: Check, confirming: boolean, stop: AbortSignal) => Promise<CheckEnd>;
  /** Sends a documented callback. */
  readonly control: (stop: AbortSignal) => Promise<ControlResult>;
  /** Gives a receiver that was taken down the time to be started again. */
  readonly rest: (stop: AbortSignal) => Promise<void>;
  /** What a check has seen took the real schedule: it stands, and is not played a second time. */
  readonly stands?: (check: Check) => boolean;
  /** Waits, unless the run is stopped. */
  readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  /** Whether anybody listens; where nobody does, what was sent before. */
  readonly vitals: Pick<Vitals, "death" | "deaths"> & Partial<Pick<Vitals, "acquits">>;
  /** Slows the run down, in case of a limit that does not say that it is one; returns the undoing. */
  readonly ease: () => () => void;
}

/** Looks at the effects of what was sent, and says how the checks that answer for theirs end by that. */
export type Settle = (ends: readonly Ended[], stop: AbortSignal) => Promise<readonly Ended[]>;

/** Runs a check alone, to the end that its effects show. */
export const runAndSettle =
  ({ run, settle }: Pick<ConfirmationOptions, "run"> & { readonly settle: Settle }): ConfirmationOptions["run"] =>
  async (check, confirming, stop) => {
    const end = await run(check, confirming, stop);
    if (check.judgesEffects !== true) return end;
    const [[, settled] = [check, end]] = await settle([[check, end]], stop);
    return settled;
  };

/** Where a check stands in a run. */
export interface Place {
  /** Suites that could disturb others form stages of their own. */
  readonly stage: number;
  readonly stop: AbortSignal;
}

/** Confirms failures, and knows since when the receiver is too unwell to be judged. */
export interface Confirmation {
  /** How a check ends that cannot be judged any more; null where it can be. */
  beyondJudging(check: Check, stage: number): CheckEnd | null;
  /** Something was sent since the receiver was last seen to be sound. */
  disturbed(): void;
  /**
   * Makes sure of a first run that failed: it counts once it has failed again, alone.
   * @param suspects the ids of what may have taken the receiver down, should it be down now.
   * @param wasCrowded a slow receiver may have been kept busy by the checks beside this one.
   */
  confirm(check: Check, first: CheckEnd, place: Place, suspects: string, wasCrowded?: boolean): Promise<CheckEnd>;
  /**
   * Runs a check with none beside it, between two controls where it stalls or floods; a failure is confirmed.
   * @param finish is told of the end after the second control, which may show that the receiver has ended over it.
   * @param first plays it the first time. @default as it is repeated
   */
  alone(check: Check, place: Place, finish: (end: CheckEnd) => void, first?: ConfirmationOptions["run"]): Promise<void>;
  /**
   * How a check ends that has ended otherwise before, where nobody listens now and nothing but what it sent comes into
   * question: what was answered well, or expected no answer, may have been the end of the process. Null where it stands.
   */
  culprit(check: Check, end: CheckEnd): CheckEnd | null;
  /**
   * Plays a check alone that a process may have ended over which was started again: how it ends where the process ends over
   * it twice more, and not over documented callbacks in between. `gone` where nobody is there to show it, `by-itself` where
   * the process ends whatever it is sent.
   */
  again(check: Check, stop: AbortSignal): Promise<CheckEnd | "gone" | "by-itself" | null>;
}

export function createConfirmation(options: ConfirmationOptions): Confirmation {
  let unhealthy: Unhealthy | null = null;
  /** Nothing was sent since a control was acknowledged; at first since the baseline was. */
  let isSound = true;

  /** One that fails is repeated after a rest; a hang is not asked for twice. */
  const control = async (stop: AbortSignal): Promise<ControlResult> => {
    let controlled = await options.control(stop);
    if (controlled === false && !stop.aborted) {
      await options.rest(stop);
      controlled = await options.control(stop);
    }
    isSound = controlled === true;
    return controlled;
  };

  /** @param culprit what was sent to a sound receiver before. @default not known */
  const goesDown = (after: string, stage: number, culprit: Ended | null = null): void => {
    const { death } = options.vitals;
    const cause = death !== null || culprit === null ? null : causeOfIll(culprit[0].id, culprit[1]);
    unhealthy = { after, stage, death, cause };
  };
  const unhealthyNow = (): Unhealthy | null => unhealthy;

  /** What comes back by itself may have been away for a reason of its own. */
  const staysIll = async (stop: AbortSignal): Promise<boolean> => {
    await options.pause(patienceMs, stop);
    return !stop.aborted && isUnhealthy(await control(stop));
  };

  const confirmation: Confirmation = {
    beyondJudging(check, stage) {
      if (unhealthy === null || (check.judgesHealth === true && unhealthy.stage === stage)) return null;
      return {
        outcome: "not-run",
        ...(unhealthy.death === null ? noLongerAcknowledged(unhealthy) : gone(unhealthy.death)),
        durationMs: 0,
        record: null,
      };
    },

    disturbed() {
      isSound = false;
    },

    async confirm(check, first, { stage, stop }, suspects, wasCrowded = false) {
      if (first.outcome !== "failed" || check.builds === "judges-baseline") return first;
      if (stop.aborted) return cutShort(first, stop);
      if (check.builds === "on-baseline") {
        const death = options.vitals.death;
        if (death !== null && mayBeDeathByOthers(death, check.id) && metNoAnswer(first.record)) {
          if (unhealthy === null && isUnhealthy(await control(stop))) goesDown(suspects, stage);
          const beyond = confirmation.beyondJudging(check, stage);
          if (beyond !== null) return { ...first, outcome: beyond.outcome, ...gone(death) };
        }
        if (sentOnlyDocumented(first.record)) {
          // One that was taken down gets its time to be started again; one that stays down is not asked again and again.
          const isDown = unhealthy === null && metNobody(first.record) && isUnhealthy(await control(stop));
          if (isDown) goesDown(suspects, stage);
          if (unhealthy !== null) return unconfirmed(first);
        } else {
          // What was sent alone to a sound receiver has taken it down itself.
          const isCulprit =
            isSound || check.judgesHealth === true || (death !== null && isDeathByThis(death, check.id));
          const excuse = excuses(unhealthy === null ? await control(stop) : false);
          if (excuse !== null) {
            const isDown = excuse.reasonCode === "receiver-unhealthy";
            if (isDown && unhealthy === null) goesDown(suspects, stage, isCulprit ? [check, first] : null);
            if (isDown && isCulprit) return blamed(withNote(first, downAfterwards), unhealthyNow());
            const nobody = isDown ? options.vitals.death : null;
            return { ...first, outcome: "not-run", ...(nobody === null ? excuse : gone(nobody)) };
          }
        }
      }
      if (options.stands?.(check) === true) return first;
      if (check.level === "hardening" && hung(first.record) && !wasCrowded) return first;
      const undo = check.floods !== true && metUnavailable(first.record) ? options.ease() : null;
      const second = await options.run(check, true, stop);
      if (second.outcome !== "passed") undo?.();
      switch (second.outcome) {
        case "failed":
          return second;
        case "passed":
          return withNote(second, undo === null ? passedAlone : passedSlowly);
        case "skipped":
        case "not-run":
        case "error":
          // Where it could not be repeated at all, the first run stands; else what kept the second from judging.
          if (stop.aborted) return cutShort(first, stop);
          return second.reasonCode === "sessions-used-up" ? unconfirmed(first) : second;
      }
    },

    async alone(check, place, finish, first = options.run) {
      const { stage, stop } = place;
      const isRough = check.pace === "rough";
      const controls = async (after: string, culprit: Ended | null = null): Promise<void> => {
        if (unhealthy !== null || stop.aborted || !isUnhealthy(await control(stop))) return;
        goesDown(after, stage, culprit);
      };
      if (isRough && !isSound) await controls("what was sent before it");
      const beyond = confirmation.beyondJudging(check, stage);
      if (beyond !== null) return finish(beyond);
      if (!isRough) isSound = false;
      const end = await confirmation.confirm(check, await first(check, false, stop), place, check.id);
      if (!isRough) return finish(end);
      isSound &&= end.outcome === "skipped";
      const wasWell = unhealthy === null;
      if (end.outcome === "passed" || end.outcome === "failed") await controls(check.id, [check, end]);
      const ill = wasWell ? unhealthyNow() : null;
      if (ill === null || end.outcome !== "passed") return finish(blamed(end, ill));
      if (ill.death !== null) return finish(diedOver(end, ill.death, rightAfterwards));
      if (ill.cause !== null && (await staysIll(stop))) return finish(illOver(end, ill.cause, rightAfterwards));
      unhealthy = { ...ill, cause: null };
      finish(end);
    },

    culprit(check, end) {
      const death = options.vitals.death;
      if (death === null || end.outcome === "failed" || !isDeathByThis(death, check.id)) return null;
      // One documented callback is like another: what came before them all is more to blame.
      if (!isAfterSpecial(death)) return null;
      return diedOver(end, death, "what was sent afterwards");
    },

    async again(check, stop) {
      /** The next that there is after so many. */
      const deathAfter = async (deathsBefore: number): Promise<Death | null> => {
        for (let pauses = 0; ; pauses += 1) {
          const death = options.vitals.deaths[deathsBefore];
          if (death !== undefined) return death;
          if (pauses === pausesForDeath || stop.aborted) return null;
          // One that is started again at once is gone for a moment only.
          await options.pause(lateMs / pausesForDeath, stop);
          await options.control(stop);
        }
      };
      const plays = async (): Promise<{ readonly end: CheckEnd; readonly death: Death | null }> => {
        const deathsBefore = options.vitals.deaths.length;
        return { end: await options.run(check, false, stop), death: await deathAfter(deathsBefore) };
      };
      if ((await control(stop)) !== true) return "gone";
      if ((await plays()).death === null) return null;
      if ((await control(stop)) !== true) return "gone";
      if ((await deathAfter(options.vitals.deaths.length)) !== null) return "by-itself";
      if ((await control(stop)) !== true) return "by-itself";
      const { end, death } = await plays();
      // Once, and not again: that was over what others had sent before.
      if (death === null) return null;
      if (!isDeathByThis(death, check.id)) return "by-itself";
      return diedOver(end, death, "a documented callback that was sent within a second");
    },
  };
  return confirmation;
}

const pausesForDeath = 20;

/** A receiver that is started anew, or works its way through a flood, is given so long before a check fails over it. */
const patienceMs = 10_000;

const passedAlone = "It failed at first, and passed when it was repeated alone.";
const passedSlowly =
  "It met 503 at first, and passed when it was repeated more slowly: that may be a rate limit, so the run goes on slowly (see --max-rate).";
const rightAfterwards = "the documented callback right afterwards";
const downAfterwards = "The documented callback that was sent right afterwards was not acknowledged either.";

/** Since when the documented callback is no longer acknowledged. */
interface Unhealthy {
  /** What was sent before, for people: ids of checks. */
  readonly after: string;
  /** The stage in which it happened. */
  readonly stage: number;
  /** Where nobody listens any more. */
  readonly death: Death | null;
  /** Where somebody listens, and it is known what was sent to a sound receiver before; else null. */
  readonly cause: LikelyCause | null;
}

const noLongerAcknowledged = ({ after, cause }: Unhealthy): Pick<CheckEnd, "reasonCode" | "reason" | "cause"> => ({
  reasonCode: "receiver-unhealthy",
  reason: `the documented callback was no longer acknowledged after ${after}`,
  ...(cause !== null && { cause }),
});

const blamed = (end: CheckEnd, ill: Unhealthy | null): CheckEnd =>
  ill === null || ill.cause === null ? end : blamedFor(end, ill.cause);

const gone = (death: Death): Pick<CheckEnd, "reasonCode" | "reason"> => ({
  reasonCode: "receiver-unhealthy",
  reason: endedAfter(death),
});

/** What a check sent was the receiver's end, whatever was expected of its answer. */
const diedOver = (end: CheckEnd, death: Death, where: string): CheckEnd =>
  failedOver(end, {
    expected: "a receiver that goes on listening",
    actual: "no connection: its process has ended",
    where,
    fix: null,
    cause: causeOfDeath(death),
  });

const isUnhealthy = (controlled: ControlResult): boolean => excuses(controlled)?.reasonCode === "receiver-unhealthy";

/** A failure counts only once it is confirmed, so one that the end of the run came before does not. */
function cutShort(first: CheckEnd, { reason }: AbortSignal): CheckEnd {
  const { code, message } = reason as NotRun;
  const why = `it failed once, and was not repeated to confirm it: ${message}`;
  return { ...first, outcome: "not-run", reasonCode: code, reason: why };
}

/** What a control says against a failure that came just before it; null where the failure is the check's own. */
function excuses(controlled: ControlResult): Pick<CheckEnd, "reasonCode" | "reason"> | null {
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

const unconfirmed = (first: CheckEnd): CheckEnd => withNote(first, "It could not be repeated to confirm it.");

function withNote(end: CheckEnd, note: string): CheckEnd {
  return { ...end, record: end.record && { ...end.record, notes: [...end.record.notes, note] } };
}
