import type { Observable, Observer, Seen } from "./effects-probe.js";
import { NotRun } from "./interruption.js";

/** How many times the usual time to effect must have passed before nothing more is expected to happen. */
const settleFactor = 3;
/** What was a slow start at the baseline shows once so many sentinels were quicker, three in four of them. */
const leastSentinels = 3;
const mostOfThem = 0.75;
/** And at least so long: what takes no time where nothing else happens takes some beside other work. */
const leastRestMs = 50;

/** Where something is missing, nothing else may have shown for so long before it counts as lost: a retry takes its time. */
const leastQuietMs = 5000;

/** The same where a look before this one has shown that nothing is processed any more. */
const quietOnceStoppedMs = 2000;

/** Finer than what a receiver takes. */
const firstPollMs = 5;
const longestPollMs = 500;
/** What is read too long is waited for three times over at each look: by a quarter at most. */
const coarseness = 4;

/** How long until the next look, in milliseconds, where so many have passed without what is waited for. */
export const nextLookMs = (elapsedMs: number): number =>
  Math.min(Math.max(elapsedMs / coarseness, firstPollMs), longestPollMs);

/** Sessions that the probe is asked about at once; each question to a probe command is a process. */
const questionsAtOnce = 8;

/** Where one in ten is lost, all of three are lost in one of a thousand. */
const moreSentinels = 2;

/** A long queue is given so many times `--settle`, as long as it gets shorter. */
const mostSettles = 3;

/** What is seen of a run's effects, and what earlier looks have taught. */
export interface Watch {
  readonly observer: Observer;
  readonly calibration: Observable;
  /** Sends the documented callback for a fresh session and resolves to its id. */
  readonly sendSentinel: () => Promise<string>;
  /** `hasStopped`: the receiver no longer processes what it acknowledges, and is not waited for each time anew. */
  readonly state: {
    hasStopped: boolean;
    /** Sentinels that have not shown: where one of them does, it was a long queue. */
    unseen: readonly string[];
    /** The longest that a session took to show, in milliseconds since it was first looked for. */
    slowestMs: number;
    /** How long each sentinel took to show, in milliseconds since just before it was sent. */
    sentinelsMs: readonly number[];
    /** What was sent before, by the observer's clock, has settled: a sentinel sent then has shown, and time has passed since. */
    settledUpTo: number;
  };
}

/** Where nothing was looked at yet. */
export const nothingSeen = (): Watch["state"] => ({
  hasStopped: false,
  unseen: [],
  slowestMs: 0,
  sentinelsMs: [],
  settledUpTo: -Infinity,
});

export interface Settled {
  readonly seen: ReadonlyMap<string, Seen>;
  /** A sentinel was processed: what has no effect by now will have none. */
  readonly isSure: boolean;
}

/**
 * What can be seen of each session once it can no longer change: a sentinel that is sent now has been processed, and
 * three times the usual time to effect has passed: the baseline's, or what three in four sentinels of earlier looks took
 * where that is less, so that a slow start is not waited for at each look. A session that must show and does not is waited for until nothing new
 * has shown for a while, and as long as `--settle` says where no sentinel shows either. It takes one request, or three
 * where the first sentinel is lost, for three sessions as for a hundred and fifty; and none where the sentinel of a look
 * before this one was sent after them all, and they show.
 * @param awaited those of the sessions that must show.
 * @param lastSentAt when the last attempt for any of them had ended, by the observer's clock. @default just now
 * @throws NotRun `effects-not-settled` where the receiver was still working its way through a queue in the end.
 */
export async function settle(
  watch: Watch,
  sessionIds: readonly string[],
  awaited: readonly string[] = [],
  lastSentAt = Infinity,
): Promise<Settled> {
  const { observer, calibration, sendSentinel, state } = watch;
  const { clock, settleMs, signal } = observer;
  const usualMs = Math.min(calibration.timeToEffectMs, mostOf(state.sentinelsMs));
  const restMs = Math.min(Math.max(settleFactor * usualMs, leastRestMs), settleMs);
  const quietMs = (): number =>
    Math.min(Math.max(restMs, state.hasStopped ? quietOnceStoppedMs : leastQuietMs, 2 * state.slowestMs), settleMs);
  if (lastSentAt <= state.settledUpTo) {
    const seen = await countsOf(observer, sessionIds);
    if (awaited.every((id) => (seen.get(id)?.processed ?? 0) > 0)) return { seen, isSure: true };
  }
  const sentinelAt = clock.now();
  const sentinels = [await sendSentinel()];
  const earlier = new Set(state.unseen);
  const missing = new Set([...awaited, ...earlier, ...sentinels]);
  const startedAt = clock.now();
  let changedAt = startedAt;
  const isSure = (): boolean => sentinels.some((id) => !missing.has(id));

  let sentinelMs: number | null = null;
  for (;;) {
    const shown = [...(await countsOf(observer, [...missing]))].filter(([, { processed }]) => processed > 0);
    for (const [id] of shown) missing.delete(id);
    const now = clock.now();
    if (shown.length > 0) {
      changedAt = now;
      state.hasStopped &&= !shown.some(([id]) => earlier.has(id));
      state.slowestMs = Math.max(state.slowestMs, now - startedAt);
      if (isSure()) sentinelMs ??= now - sentinelAt;
    }
    const left = [...missing].filter((id) => !earlier.has(id) && !sentinels.includes(id));
    if (left.length === 0 && isSure()) break;
    const isQuiet = now - changedAt >= quietMs();
    if (isQuiet && (isSure() || state.hasStopped || now - startedAt >= settleMs)) break;
    if (now - startedAt >= mostSettles * settleMs) throw stillWorking(left.length, settleMs);
    if (isQuiet && !isSure() && sentinels.length === 1) {
      for (let sent = 0; sent < moreSentinels; sent += 1) sentinels.push(await sendSentinel());
      for (const id of sentinels) missing.add(id);
    }
    await clock.sleep(nextLookMs(now - changedAt), signal);
  }
  state.hasStopped = !isSure();
  if (sentinelMs !== null) state.sentinelsMs = [...state.sentinelsMs, sentinelMs];
  state.unseen = [...earlier, ...sentinels].filter((id) => missing.has(id));
  await clock.sleep(restMs, signal);
  if (isSure()) state.settledUpTo = Math.max(state.settledUpTo, sentinelAt);
  return { seen: await countsOf(observer, sessionIds), isSure: isSure() };
}

/** The longest that three in four took, in milliseconds; without end where there are too few to tell. */
function mostOf(sentinelsMs: readonly number[]): number {
  if (sentinelsMs.length < leastSentinels) return Infinity;
  return sentinelsMs.toSorted((a, b) => a - b)[Math.ceil(mostOfThem * sentinelsMs.length) - 1] ?? Infinity;
}

/**
 * Gives sessions that did not show a last chance: what a receiver does once more in the background, or has in a long queue,
 * comes late. It waits until all of them show, or none has for as long as `--settle` says.
 */
export async function lookOnceMore({ observer }: Watch, sessionIds: readonly string[]): Promise<Settled["seen"]> {
  const { clock, settleMs, signal } = observer;
  const seen = new Map<string, Seen>();
  const startedAt = clock.now();
  let changedAt = startedAt;
  for (;;) {
    const missing = sessionIds.filter((id) => (seen.get(id)?.processed ?? 0) === 0);
    const counts = await countsOf(observer, missing);
    const now = clock.now();
    for (const [id, count] of counts) {
      seen.set(id, count);
      if (count.processed > 0) changedAt = now;
    }
    const isOver = now - changedAt >= settleMs || now - startedAt >= mostSettles * settleMs;
    if (isOver || [...counts.values()].every(({ processed }) => processed > 0)) return seen;
    await clock.sleep(nextLookMs(now - changedAt), signal);
  }
}

/** Asks about several sessions at once. */
async function countsOf(
  { probe, signal }: Pick<Observer, "probe" | "signal">,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  const counts = new Map<string, Seen>();
  const queue = [...sessionIds];
  const ask = async (): Promise<void> => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      counts.set(id, (await probe.look?.(id, signal)) ?? { processed: await probe.count(id, signal) });
    }
  };
  await Promise.all(Array.from({ length: questionsAtOnce }, ask));
  return counts;
}

const stillWorking = (left: number, settleMs: number): NotRun =>
  new NotRun(
    "effects-not-settled",
    `the receiver was still working its way through what it had acknowledged, with ${left} sessions to go; raise --settle, which is ${settleMs / 1000} seconds now`,
  );
