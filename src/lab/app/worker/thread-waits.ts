import type { Worker } from "node:worker_threads";
import { wallNow } from "./real-time.js";

/** How long a thread is waited for that was started or told something, and is at work on it. In milliseconds. */
const patienceMs = 10_000;

/** One that does nothing visible may wait for a file, or for an answer. In milliseconds. */
const idleMs = 300;

/** One that has let that pass before. In milliseconds. */
const impatienceMs = 100;

/** The two clocks that make up how long it was at work are not read at once. In milliseconds. */
const noiseMs = 1;

interface Asked {
  readonly sinceMs: number;
  /** How long its event loop has been at work so far, and since when that is so. */
  activeMs: number;
  idleSinceMs: number;
}

/** Sees what the app's own threads are waited for: whoever was started or told something may have something to say. */
export class ThreadWaits {
  readonly #asked = new Map<Worker, Asked>();
  readonly #silent = new WeakSet<Worker>();

  asked(thread: Worker): void {
    const now = wallNow();
    this.#asked.set(thread, { sinceMs: now, activeMs: activeOf(thread), idleSinceMs: now });
  }

  answered(thread: Worker): void {
    this.#silent.delete(thread);
    this.#asked.delete(thread);
  }

  /** A thread is waited for. */
  any(): boolean {
    const now = wallNow();
    let any = false;
    for (const [thread, asked] of this.#asked) {
      const activeMs = activeOf(thread);
      if (activeMs - asked.activeMs > noiseMs) Object.assign(asked, { activeMs, idleSinceMs: now });
      const isDue = this.#silent.has(thread)
        ? now - asked.sinceMs < impatienceMs
        : now - asked.sinceMs < patienceMs && now - asked.idleSinceMs < idleMs;
      if (isDue) any = true;
      else {
        this.#silent.add(thread);
        this.#asked.delete(thread);
      }
    }
    return any;
  }
}

/** In milliseconds; what it does while it starts counts from when its event loop turns. */
const activeOf = (thread: Worker): number => thread.performance.eventLoopUtilization().active;
