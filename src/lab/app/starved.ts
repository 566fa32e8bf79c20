import { entries, readText } from "../process/proc.js";

/** For how long the threads of this process have waited for a processor so far, in milliseconds (Linux; 0 elsewhere). */
export const starvedMs = (): number =>
  entries("/proc/self/task")
    .map((id) => Number(readText(`/proc/self/task/${id}/schedstat`).split(" ")[1] ?? 0) / 1e6)
    .reduce((sum, ms) => sum + ms, 0);
