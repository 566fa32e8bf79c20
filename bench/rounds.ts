import { systemClock } from "../src/clock/system-clock.js";

/** Plays one round and tells its figure. */
export type Contender = () => Promise<number>;

/**
 * Plays the contenders in turn, after one round each to warm up, and tells their figures round by round. Every other
 * round goes the other way, so that nobody always follows the same one.
 */
export async function playRounds<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Contender>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const figures = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (const name of names) await contenders[name]();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await contenders[name]());
  }
  return figures;
}

/** Milliseconds that the work takes. */
export async function timeMs(work: () => unknown): Promise<number> {
  const startedAt = systemClock.now();
  await work();
  return systemClock.now() - startedAt;
}

/** How many a second, where so many took the time of the work. */
export async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  return (count / (await timeMs(work))) * 1000;
}

/** Calls `work` with 0, 1, … `count - 1`, at most `width` of them under way at once. */
export async function sideBySide(count: number, width: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
