import { machine } from "node:os";
import { entries, linkTarget, readText } from "./proc.js";

/**
 * What tells that the processes have come to rest: null while any of their threads runs, else a mark that is another
 * one as soon as any of them has run again.
 */
export function atRest(pids: readonly number[]): string | null {
  let mark = "";
  for (const thread of threadsOf(pids)) {
    const status = readText(`${thread}/status`);
    if (/^State:\t[RDT]/m.test(status)) return null;
    mark += `${thread} ${switchesOf(status)}\n`;
  }
  return mark;
}

/** System calls by number: those that wait, and which of their arguments points to how long. */
const timeouts: Readonly<Record<string, Readonly<Record<string, number | "always">>>> = {
  x86_64: { "202": 3, "35": "always", "230": "always" },
  aarch64: { "98": 3, "101": "always", "115": "always" },
};

/**
 * The threads that sleep, or wait for another one, until some time is up: futex with a timeout, nanosleep,
 * clock_nanosleep. Such a wait goes by the kernel's clock and is not ended by moving the process's own. Ask before a
 * thread is stopped: afterwards it is in restart_syscall, whatever it waits for.
 * @returns a mark for each, which is another one as soon as the thread has run again.
 */
export function timedWaits(pids: readonly number[]): readonly string[] {
  const calls = timeouts[machine()] ?? {};
  return threadsOf(pids).flatMap((thread) => {
    const [call = "", ...parameters] = readText(`${thread}/syscall`).split(" ");
    const timeout = calls[call];
    const waits = timeout === "always" || (timeout !== undefined && parameters[timeout] !== "0x0");
    return waits ? [`${thread} ${switchesOf(readText(`${thread}/status`))}`] : [];
  });
}

/**
 * Whether the kernel holds timers for them (timerfd_create(2)), which go by its clock as well, as Netty and Boost.Asio
 * have them. Those of signals, as of alarm(2), show nowhere.
 */
export const haveTimers = (pids: readonly number[]): boolean =>
  pids.some((pid) =>
    entries(`/proc/${pid}/fd`).some(
      (fd) =>
        linkTarget(`/proc/${pid}/fd/${fd}`) === "anon_inode:[timerfd]" &&
        // One that is not set has nothing left.
        /^it_value: \((?!0, 0\))/m.test(readText(`/proc/${pid}/fdinfo/${fd}`)),
    ),
  );

const switchesOf = (status: string): string => /^voluntary_ctxt_switches:\t(\d+)/m.exec(status)?.[1] ?? "";

function threadsOf(pids: readonly number[]): string[] {
  return pids.flatMap((pid) => entries(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`));
}
