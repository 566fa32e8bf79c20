import { wallNow } from "./real-time.js";

/** How long a thread is waited for that was started or told something, before time goes on. In milliseconds. */
const patienceMs = 5000;

/** One that has let that pass before. In milliseconds. */
const impatienceMs = 100;

/** Sees what the app's own threads are waited for: whoever was started or told something may have something to say. */
export class ThreadWaits {
  readonly #asked = new Map<object, number>();
  readonly #silent = new WeakSet<object>();

  asked(thread: object): void {
    this.#asked.set(thread, wallNow());
  }

  answered(thread: object): void {
    this.#silent.delete(thread);
    this.#asked.delete(thread);
  }

  any(): boolean {
    const now = wallNow();
    let any = false;
    for (const [thread, sinceMs] of this.#asked) {
      if (now - sinceMs < (this.#silent.has(thread) ? impatienceMs : patienceMs)) any = true;
      else {
        this.#silent.add(thread);
        this.#asked.delete(thread);
      }
    }
    return any;
  }
}
