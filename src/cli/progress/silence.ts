import type { Clock } from "../../clock/clock.js";

/**
 * A log is read afterwards: that something goes on is all that it has to say meanwhile, and ever more seldom. Some CI
 * services end a job that is silent for ten minutes.
 */
const silenceMs = { first: 10_000, most: 9 * 60_000 } as const;

/**
 * Breaks the silence after ten seconds, and then ever more seldom.
 * @param say told whether it has to be said for the job to live on.
 * @returns what ends that.
 */
export function breakSilence(clock: Clock, say: (isNeeded: boolean) => void): () => void {
  let silence: number = silenceMs.first;
  let timer = clock.timer(silence, speak);
  function speak(): void {
    const isNeeded = silence === silenceMs.most;
    silence = Math.min(silence * 2, silenceMs.most);
    timer = clock.timer(silence, speak);
    say(isNeeded);
  }
  return () => timer.cancel();
}
