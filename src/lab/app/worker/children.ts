import type { ChildProcess } from "node:child_process";
import childProcess from "node:child_process";
import { basename } from "node:path";
import { execPath } from "node:process";
import { entries, readText } from "../../process/proc.js";
import { atRest } from "../../process/threads.js";
import { wallNow } from "./real-time.js";

/** One that has rested for so long in all may well be there to stay, or owe nothing. In milliseconds. */
const patienceMs = 2000;

/** With one that has let that pass before. In milliseconds. */
const impatienceMs = 100;

/** One that is at work, as far as that can be seen (Linux), comes to an end. In milliseconds. */
const workPatienceMs = 10_000;

/** What has begun to come in may come in pieces. In milliseconds. */
const pieceMs = 5;

const looksEveryMs = 10;

/** Node's own: every child process that is not waited for is started by it. */
interface Spawning {
  spawn: (this: ChildProcess, ...args: unknown[]) => unknown;
}

/** Node's own; all that a socket writes goes through it. */
interface Writing {
  _writeGeneric: (...args: unknown[]) => unknown;
}

interface Child {
  readonly name: string;
  readonly pid: number;
  /** How much it has told so far: bytes and messages. */
  readonly told: () => number;
  /** While it was started, or asked something, and has not answered. */
  owes: Debt | null;
  heard: number;
  heardAtMs: number;
  isSilent: boolean;
  /** What told that it was at rest, at the last look. */
  look: { readonly mark: string | null; readonly atMs: number };
}

interface Debt {
  readonly what: "its end" | "an answer";
  readonly sinceMs: number;
  /** How much had been told by then. */
  readonly told: number;
  /** For how long it has been seen to rest since. */
  restedMs: number;
}

/**
 * Sees what child processes of the app are waited for: those that were started, until they end, and those that were asked
 * something, by a message or on their standard input, until they answer, or end where that input has.
 */
export class Children {
  readonly #children = new Set<Child>();

  /** @param tell called with each, at its start and at its end. */
  constructor(tell: (pid: number, isAlive: boolean) => void) {
    const children = this.#children;
    const prototype = childProcess.ChildProcess.prototype as unknown as Spawning;
    const { spawn } = prototype;
    prototype.spawn = function watched(...args) {
      const result = Reflect.apply(spawn, this, args);
      const { pid } = this;
      if (pid === undefined) return result;
      const child = follow(this, pid, nameOfSpawned(args[0]));
      children.add(child);
      tell(pid, true);
      this.once("exit", () => {
        children.delete(child);
        tell(pid, false);
      });
      return result;
    };
  }

  /** Who is waited for, by name; nobody where it is empty. */
  awaited(): readonly string[] {
    const now = wallNow();
    return [...this.#children].filter((child) => isAwaited(child, now)).map(({ name }) => `the process ${name}`);
  }
}

/** What a process is called in what is said of it: the program, or what a shell or Node itself is to run. */
export function nameOfProcess(file: string, args: readonly string[] = []): string {
  // What a shell is told to run is what matters.
  const program = args[1] === "-c" ? (args[2] ?? "") : file;
  const name = basename(program.split(" ", 1)[0] ?? "");
  const script = file === execPath ? args.slice(1).find((arg) => !arg.startsWith("-")) : undefined;
  return script === undefined ? name : `${name} ${basename(script)}`;
}

export function nameOfSpawned(options: unknown): string {
  const { file = "", args = [] } = options as { readonly file?: string; readonly args?: readonly string[] };
  return nameOfProcess(file, args);
}

function follow(process: ChildProcess, pid: number, name: string): Child {
  let messages = 0;
  const told = (): number =>
    messages + [process.stdout, process.stderr].reduce((sum, stream) => sum + bytesOf(stream), 0);
  const now = wallNow();
  const child: Child = {
    name,
    pid,
    told,
    owes: { what: "its end", sinceMs: now, told: 0, restedMs: 0 },
    heard: 0,
    heardAtMs: -Infinity,
    isSilent: false,
    look: { mark: null, atMs: now },
  };
  const owes = (what: "its end" | "an answer"): void =>
    void (child.owes = { what, sinceMs: wallNow(), told: told(), restedMs: 0 });
  const { stdin } = process;
  const emit = process.emit.bind(process) as (...args: unknown[]) => boolean;
  put(process, "emit", (event: string, ...args: unknown[]) => {
    if (event === "message") messages += 1;
    return emit(event, ...args);
  });
  // It has none where there is no channel.
  const send = (process as { readonly send?: (...args: unknown[]) => boolean }).send?.bind(process);
  if (send !== undefined) {
    put(process, "send", (...args: unknown[]) => {
      owes("an answer");
      return send(...args);
    });
  }
  if (stdin !== null) {
    const { _writeGeneric } = stdin as unknown as Writing;
    put(stdin, "_writeGeneric", (...args: unknown[]) => {
      owes("an answer");
      return Reflect.apply(_writeGeneric, stdin, args);
    });
    // Whatever it tells on the way, it works on what it was given to the end.
    stdin.once("finish", () => {
      if (!process.connected) owes("its end");
    });
  }
  return child;
}

const put = (object: object, name: string, value: unknown): void =>
  void Object.defineProperty(object, name, { value, configurable: true, writable: true });

const bytesOf = (stream: unknown): number => (stream as { readonly bytesRead?: number } | null)?.bytesRead ?? 0;

function isAwaited(child: Child, now: number): boolean {
  const told = child.told();
  if (told > child.heard) Object.assign(child, { heard: told, heardAtMs: now, isSilent: false });
  const { owes } = child;
  if (owes === null) return now - child.heardAtMs < pieceMs;
  if (owes.what === "an answer" && told > owes.told) {
    child.owes = null;
    return true;
  }
  lookAt(child, owes, now);
  const isDue = owes.restedMs < (child.isSilent ? impatienceMs : patienceMs);
  if (isDue && now - owes.sinceMs < workPatienceMs) return true;
  child.isSilent = owes.what === "an answer";
  child.owes = null;
  return false;
}

/** Sees whether it, and what it has started, rests and has not run since the last look (Linux; elsewhere it always seems to). */
function lookAt(child: Child, owes: Debt, now: number): void {
  const { mark: before, atMs } = child.look;
  if (now - atMs < looksEveryMs) return;
  const mark = atRest(treeOf(child.pid));
  child.look = { mark, atMs: now };
  if (mark === "" || (mark !== null && mark === before)) owes.restedMs += now - Math.max(atMs, owes.sinceMs);
}

/** A process with all that it has started and that are its children still; see proc_pid_task_tid_children(5). */
const treeOf = (pid: number): number[] => [
  pid,
  ...entries(`/proc/${pid}/task`)
    .flatMap((thread) => readText(`/proc/${pid}/task/${thread}/children`).split(" "))
    .map(Number)
    .filter((child) => child > 0)
    .flatMap(treeOf),
];
