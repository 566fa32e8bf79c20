import { readFileSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isoTime, parseTime } from "../../clock/timestamps.js";
import { UsageError } from "../../errors.js";
import { showControlCharacters } from "../../report/control-character.js";
import { listeners } from "./listeners.js";
import { linkTarget, readText } from "./proc.js";

/** The kernel tells its sockets page by page, and may leave one out where others come and go meanwhile. */
const mostLooks = 5;

/** @throws UsageError `ERR_TIME_TRAVEL` when the clock of whatever listens on the port cannot be moved. */
export function assertFollowsTime(port: number, pids: readonly number[]): void {
  let servers: ReadonlySet<number> = new Set();
  for (let look = 0; servers.size === 0 && look < mostLooks; look += 1) {
    servers = new Set(listeners(pids).flatMap((listener) => (listener.port === port ? [listener.pid] : [])));
  }
  if (servers.size === 0) {
    throw cannotMove(
      `what listens on port ${port} is not a process of the command's own (a container?), so its clock cannot be moved`,
    );
  }
  for (const pid of servers) {
    const reason = whyNotMoved(pid);
    if (reason !== null) throw cannotMove(`${reason.text}, so its clock cannot be moved`);
  }
}

/** Null for a process whose clock moves, or that is gone. The text is a clause. */
export function whyNotMoved(pid: number): { readonly name: string; readonly text: string } | null {
  const name = showControlCharacters(basename(linkTarget(`/proc/${pid}/exe`)));
  if (name === "") return null;
  if (isGo(`/proc/${pid}/exe`)) {
    return { name, text: `${name} is a Go program, which reads the clock without libc` };
  }
  if (movesWithLibfaketime(pid)) {
    return readsItsClock(pid)
      ? null
      : { name, text: `${name} runs as a user who may not read the clock that is moved` };
  }
  const text = `libfaketime is not loaded in ${name}, which is linked statically, against another libc, or runs with other rights`;
  return { name, text };
}

/** Where it may not, libfaketime tells the system's time without a word. */
function readsItsClock(pid: number): boolean {
  const setting = "FAKETIME_TIMESTAMP_FILE=";
  const file = readText(`/proc/${pid}/environ`)
    .split("\0")
    .find((each) => each.startsWith(setting))
    ?.slice(setting.length);
  const uid = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? 0;
  if (file === undefined || uid === 0) return true;
  const mayAt = (path: string, bit: number): boolean => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || found.uid === uid || (found.mode & bit) !== 0;
  };
  const parents: string[] = [];
  for (let at = dirname(file); at !== dirname(at); at = dirname(at)) parents.push(at);
  return mayAt(file, 0o004) && parents.every((path) => mayAt(path, 0o001));
}

/** What libfaketime prints in programs that do not start with it: they hang, or fail. */
const troubles: readonly { readonly prints: RegExp; readonly clause: string }[] = [
  {
    prints: /^libfaketime: .*recursive calls to clock_gettime/,
    clause:
      "it does not start under libfaketime, which its allocator asks for the time too early (as jemalloc does, in Redis)",
  },
  {
    prints: /^libfaketime: In ft_shm_init\(\), .*Permission denied/,
    clause:
      "it does not start under libfaketime, since it becomes another user within one process (as with setpriv or gosu; su -c makes a process of its own)",
  },
];

/** Why a program does not start with its clock moved, by what it has printed; a clause, or null. */
export const whyNotStarted = (printed: readonly string[]): string | null =>
  troubles.find(({ prints }) => printed.some((line) => prints.test(line)))?.clause ?? null;

/** Whether it asks libfaketime for the time, as whatever uses libc does that was started with it; Go asks the kernel itself. */
const movesWithLibfaketime = (pid: number): boolean => readText(`/proc/${pid}/maps`).includes("/libfaketime");

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
