import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { UsageError } from "../../errors.js";
import { showControlCharacters } from "../../report/control-character.js";
import { listeners } from "./listeners.js";
import { linkTarget, readText } from "./proc.js";

/** @throws UsageError `ERR_TIME_TRAVEL` when the clock of whatever listens on the port cannot be moved. */
export function assertFollowsTime(port: number, pids: readonly number[]): void {
  const servers = new Set(
    listeners(pids)
      .filter((listener) => listener.port === port)
      .map(({ pid }) => pid),
  );
  if (servers.size === 0) {
    throw cannotMove(
      `what listens on port ${port} is not a process of the command's own (a container?), so its clock cannot be moved`,
    );
  }
  for (const pid of servers) {
    const name = showControlCharacters(basename(linkTarget(`/proc/${pid}/exe`)));
    if (isGo(`/proc/${pid}/exe`)) {
      throw cannotMove(`${name} is a Go program, which reads the clock without libc, so its clock cannot be moved`);
    }
    if (!movesWithLibfaketime(pid)) {
      throw cannotMove(
        `libfaketime is not loaded in ${name}, which is linked statically, against another libc, or runs with other rights, so its clock cannot be moved`,
      );
    }
  }
}

/** Whether it asks libfaketime for the time, as whatever uses libc does that was started with it; Go asks the kernel itself. */
export const movesWithLibfaketime = (pid: number): boolean => readText(`/proc/${pid}/maps`).includes("/libfaketime");

/** Less does not tell: a server may keep the line with the date for a while. In milliseconds. */
const tellingMs = 60_000;

/**
 * Looks at the Date header of an answer, which shows whether the process's clock follows after all: that of a runtime
 * that asks the kernel for the time itself does not.
 * @param now what the process's clock should show, in milliseconds since the Unix epoch.
 * @param movedMs by how much it was moved, in milliseconds. Where it was not, nothing shows.
 * @throws UsageError `ERR_TIME_TRAVEL` where it does not.
 */
export function assertDateFollows(dateHeader: string, now: number, movedMs: number): void {
  const shown = parseTime(dateHeader);
  if (shown === null || movedMs < tellingMs || Math.abs(shown - now) <= movedMs / 2) return;
  throw cannotMove(
    `an answer is dated ${isoTime(shown)} where the scenario has ${isoTime(now)}, so the clock does not follow`,
  );
}

const cannotMove = (because: string): UsageError =>
  new UsageError("ERR_TIME_TRAVEL", `--time-travel: ${because}; leave it out to play the scenario without`);

/** Go's linker leaves this in each program, stripped or not; `debug/buildinfo` looks for it too. */
const goMark = "\xff Go buildinf:";

/** Whether it was written in Go: also what cgo links dynamically, and so loads libfaketime, asks the kernel for the time itself. */
function isGo(executable: string): boolean {
  try {
    return readFileSync(executable).includes(goMark, 0, "latin1");
  } catch {
    return false;
  }
}
