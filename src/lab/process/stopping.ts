import { signalled, statOf } from "./family.js";

/** A process stops within microseconds of the signal, unless it hangs in the kernel. */
const mostLooksForStop = 2000;

/** Returns when all of them stand still. */
export function stop(pids: readonly number[]): void {
  for (const pid of pids) signalled(pid, "SIGSTOP");
  for (const pid of pids) {
    for (let looks = 0; looks < mostLooksForStop; looks += 1) {
      const state = statOf(pid)?.state;
      if (state === undefined || state === "T" || state === "Z") break;
    }
  }
}

export function goOn(pids: readonly number[]): void {
  for (const pid of pids) signalled(pid, "SIGCONT");
}
