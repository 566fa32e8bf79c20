/* oxlint-disable unicorn/require-post-message-target-origin -- ports have no origin */
import { syncBuiltinESMExports } from "node:module";
import { basename } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import workerThreads, {
  MessageChannel,
  receiveMessageOnPort,
  type MessagePort,
  type WorkerOptions,
} from "node:worker_threads";
import { isFileOfTool } from "../../tools.js";
import { movedThreadFiles } from "../worker-file.js";
import { wallNow } from "./real-time.js";
import {
  blocking,
  mark,
  type FromThread,
  type ThreadNews,
  type ThreadStart,
  type ToThread,
} from "./thread-messages.js";

/** How long a thread is waited for that is at work, and so cannot answer. In milliseconds. */
const patienceMs = 10_000;

/** A compiler's thread is at work for as long after its start, or until it ends; one that is kept is idle from then on. */
const compilesForMs = 1000;

/** One that was woken goes on within microseconds, where a processor is free. In milliseconds. */
const wakesWithinMs = 1000;

export interface ThreadsOptions extends Pick<ThreadStart, "startedAt" | "pulse" | "jumps"> {
  readonly now: () => number;
  /** Does what is not the app's. */
  readonly apart: <T>(work: () => T) => T;
  /** Called when something comes up in one of them. */
  readonly stirred: () => void;
  readonly tell: (news: ThreadNews) => void;
}

interface Thread {
  readonly name: string;
  readonly port: MessagePort;
  readonly blocking: BigInt64Array;
  /** The last round that it has answered, and how. */
  round: number;
  nextDue: number | null;
  stirs: number;
  /** When it was seen to be at rest last, or started, on the wall's clock. */
  restedAtMs: number;
}

/**
 * The threads that the app starts: they live on its clock, each with timers of its own, and time stands still until all of
 * them are at rest.
 */
export class Threads {
  readonly #options: ThreadsOptions;
  readonly #threads = new Set<Thread>();
  /** Threads of compilers, with their start on the wall's clock; they do not live on the app's. */
  readonly #compilers = new Map<workerThreads.Worker, number>();
  #round = 0;
  /** Of the round before. */
  #stirs = -1;
  /** Something has come up in this thread since they were asked. */
  #isDisturbed = true;
  #isKnown = true;
  /** Who was blocked when some of them were woken, and how often each had gone on by then. */
  #woken: { readonly wakes: ReadonlyMap<Thread, bigint>; readonly count: number; readonly sinceMs: number } | null =
    null;

  constructor(options: ThreadsOptions) {
    this.#options = options;
    this.#takeWorkers();
    this.#watchNotify();
  }

  /** Whatever comes up in this thread may have something come up in them. */
  disturb(): void {
    this.#isKnown = false;
    this.#isDisturbed = true;
  }

  isEmpty(): boolean {
    return this.#threads.size === 0 && this.#compilers.size === 0;
  }

  /** Who is waited for, by name; nobody where all of them are at rest. */
  awaited(): readonly string[] {
    for (const [worker, startedAtMs] of this.#compilers) {
      if (wallNow() - startedAtMs > compilesForMs) this.#compilers.delete(worker);
    }
    if (this.#compilers.size > 0) return ["the thread of a compiler"];
    if (this.#isKnown || this.#threads.size === 0) return [];
    if (this.#isDisturbed) this.#ask();
    if (this.#isBeingWoken()) return ["a worker thread"];
    const busy = [...this.#threads].filter((thread) => !this.#isAtRest(thread));
    for (const thread of busy) if (wallNow() - thread.restedAtMs > patienceMs) this.#giveUp(thread);
    if (busy.length > 0) return busy.map(({ name }) => name);
    // One may have had something come up in another that had answered before, or here, and be blocked again already.
    const stirs = [...this.#threads].reduce((sum, thread) => sum + thread.stirs + wakesOf(thread), 0);
    const isSure = this.#threads.size === 1 && wakesOf([...this.#threads][0] as Thread) === 0;
    if (!isSure && stirs !== this.#stirs) {
      this.#stirs = stirs;
      this.#ask();
      return ["a worker thread"];
    }
    this.#isKnown = true;
    return [];
  }

  /** When the next timer of theirs is due, in milliseconds since the Unix epoch; null where none is pending. */
  nextDue(): number | null {
    const dues = [...this.#threads].flatMap((thread) => this.#dueOf(thread) ?? []);
    return dues.length === 0 ? null : Math.min(...dues);
  }

  #dueOf(thread: Thread): number | null {
    const until = untilOf(thread);
    if (until === blocking.notAtAll) return thread.nextDue;
    return until === blocking.forGood ? null : Number(until);
  }

  #isAtRest(thread: Thread): boolean {
    const isAtRest = thread.round === this.#round || untilOf(thread) > BigInt(Math.trunc(this.#options.now()));
    if (isAtRest) thread.restedAtMs = wallNow();
    return isAtRest;
  }

  #ask(): void {
    // It may have rested for long, while nobody asked.
    for (const thread of this.#threads) this.#isAtRest(thread);
    this.#round += 1;
    this.#isDisturbed = false;
    for (const thread of this.#threads) {
      thread.port.postMessage({ round: this.#round } satisfies ToThread);
    }
  }

  #receive(thread: Thread, message: FromThread): void {
    switch (message.kind) {
      case "rest":
        Object.assign(thread, { round: message.round, nextDue: message.nextDue, stirs: message.stirs });
        return;
      case "busy":
        return this.#options.stirred();
      default:
        return this.#options.tell(message);
    }
  }

  #giveUp(thread: Thread): void {
    this.#threads.delete(thread);
    this.#options.tell({ kind: "own-time", name: thread.name });
  }

  /** @returns what a worker is started with, so that it lives on this clock, and what is to be done with it then. */
  #start(file: string | URL, options: WorkerOptions): [WorkerOptions, (worker: workerThreads.Worker) => void] {
    const { startedAt, pulse, jumps, apart, stirred } = this.#options;
    const { port1, port2 } = apart(() => new MessageChannel());
    const shared = new BigInt64Array(new SharedArrayBuffer(blocking.length * BigInt64Array.BYTES_PER_ELEMENT));
    shared[blocking.until] = blocking.notAtAll;
    const isText = options.eval === true || String(file).startsWith("data:");
    const thread: Thread = {
      name: isText ? "a worker thread" : `the worker thread ${basename(String(file))}`,
      port: port1,
      blocking: shared,
      round: 0,
      nextDue: null,
      stirs: 0,
      restedAtMs: wallNow(),
    };
    const started: WorkerOptions = {
      ...options,
      workerData: {
        [mark]: true,
        workerData: options.workerData as unknown,
        port: port2,
        startedAt,
        pulse,
        jumps,
        prints: options.stdout !== true && options.stderr !== true,
        blocking: shared.buffer,
      } satisfies ThreadStart,
      transferList: [...(options.transferList ?? []), port2],
      execArgv: [
        ...(options.execArgv ?? process.execArgv),
        ...movedThreadFiles().flatMap((each) => ["--require", fileURLToPath(each)]),
      ],
    };
    const attend = (worker: workerThreads.Worker): void => {
      this.#threads.add(thread);
      this.disturb();
      port1.on("message", (message: FromThread) => this.#receive(thread, message));
      port1.unref();
      worker.prependListener("exit", () => {
        for (let last = receiveMessageOnPort(port1); last !== undefined; last = receiveMessageOnPort(port1)) {
          this.#receive(thread, last.message as FromThread);
        }
        port1.close();
        this.#threads.delete(thread);
        stirred();
      });
    };
    return [started, attend];
  }

  #takeWorkers(): void {
    const { Worker } = workerThreads;
    const start = this.#start.bind(this);
    const compile = (worker: workerThreads.Worker): void => {
      this.#compilers.set(worker, wallNow());
      worker.prependListener("exit", () => {
        this.#compilers.delete(worker);
        this.#options.stirred();
      });
    };
    const patched = class extends Worker {
      constructor(file: string | URL, options: WorkerOptions = {}) {
        // A compiler's own thread may be what loads what is to be loaded into one that is moved.
        const isTool = options.eval !== true && isFileOfTool(String(file));
        const [started, attend] = isTool ? [options, compile] : start(file, options);
        super(file, started);
        attend(this);
      }
    };
    Object.defineProperty(patched, "name", { value: "Worker" });
    (workerThreads as { Worker: unknown }).Worker = patched;
    syncBuiltinESMExports();
  }

  /** Until those that are woken have gone on, they seem to be blocked still. */
  #watchNotify(): void {
    const notify = Atomics.notify as (...args: unknown[]) => number;
    Atomics.notify = (...args: unknown[]) => {
      const blocked = [...this.#threads].filter((thread) => untilOf(thread) !== blocking.notAtAll);
      const wakes = new Map(blocked.map((thread) => [thread, BigInt(wakesOf(thread))]));
      const count = notify(...args);
      if (count > 0 && blocked.length > 0) this.#woken = { wakes, count, sinceMs: wallNow() };
      return count;
    };
  }

  #isBeingWoken(): boolean {
    if (this.#woken === null) return false;
    const { wakes, count, sinceMs } = this.#woken;
    const gone = [...wakes].filter(([thread, before]) => BigInt(wakesOf(thread)) > before).length;
    if (gone < Math.min(count, wakes.size) && wallNow() - sinceMs < wakesWithinMs) return true;
    this.#woken = null;
    return false;
  }
}

const untilOf = ({ blocking: shared }: Thread): bigint => Atomics.load(shared, blocking.until);

const wakesOf = ({ blocking: shared }: Thread): number => Number(Atomics.load(shared, blocking.wakes));
