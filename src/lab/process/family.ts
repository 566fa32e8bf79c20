import { platform } from "node:os";
// A process group can be signalled in no other way.
import { kill } from "node:process";
import { entries, readText } from "./proc.js";

/** A process with all that it has started, wherever that has gone since. */
export interface Family {
  /** Leads a session and a process group of its own. */
  readonly leader: number;
  /** `NAME=value`, in the environment of the leader and so of all that it starts. */
  readonly mark: string;
}

/** Elsewhere there is no /proc: only the process group is known. */
const hasProc = platform() === "linux";

/**
 * Those alive: in the leader's process group or session, or, where they have left both (`setsid`), with the mark in
 * their environment. Ended ones that nobody waits for, as in a container without an init, do not count.
 */
export function living(family: Family): number[] {
  if (!hasProc) return signalled(-family.leader, 0) ? [family.leader] : [];
  return entries("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && belongs(pid, family));
}

/** PF_EXITING of Linux's sched.h: set before a process lets go of its sockets, so whoever saw them close sees this. */
const exiting = 0x4;

/** Whether one of them is about to end, or has ended and was not yet taken note of (Linux; elsewhere none is seen to). */
export function isDying(family: Family): boolean {
  if (!hasProc) return false;
  if (statOf(family.leader)?.state === "Z") return true;
  return living(family).some((pid) => ((statOf(pid)?.flags ?? 0) & exiting) !== 0);
}

export function signal(family: Family, name: NodeJS.Signals): void {
  signalled(-family.leader, name);
  if (!hasProc) return;
  for (const pid of living(family)) if (statOf(pid)?.group !== family.leader) signalled(pid, name);
}

function belongs(pid: number, { leader, mark }: Family): boolean {
  const stat = statOf(pid);
  if (stat === null || stat.state === "Z" || stat.state === "X") return false;
  return stat.group === leader || stat.session === leader || environmentOf(pid).includes(mark);
}

interface Stat {
  readonly state: string;
  readonly group: number;
  readonly session: number;
  readonly flags: number;
}

/** @returns null for a process that is no more. */
export function statOf(pid: number): Stat | null {
  const text = readText(`/proc/${pid}/stat`);
  // The name before it stands in parentheses and may hold any character (proc(5)).
  const [state, , group, session, , , flags] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return state === undefined || state === ""
    ? null
    : { state, group: Number(group), session: Number(session), flags: Number(flags) };
}

const environmentOf = (pid: number): readonly string[] => readText(`/proc/${pid}/environ`).split("\0");

/** @returns whether there was somebody to take the signal. */
export function signalled(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return kill(pid, name);
  } catch {
    return false;
  }
}
