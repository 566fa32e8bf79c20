import type { Clock } from "../clock/clock.js";

type Entry = { readonly state: "in-progress" } | { readonly state: "done"; readonly expiresAt: number };

/**
 * Which sessions were taken on lately, so that a callback that comes again is not processed again. A session is
 * remembered while it is in progress and for `keepMs` after it was done. A receiver that runs as several processes
 * keeps this in its database instead, with the session id as a unique key.
 */
export class SessionMemory {
  readonly #clock: Clock;
  readonly #keepMs: number;
  /** Entries that are done stand in the order in which they expire, since `done` moves an entry to the end. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, keepMs: number) {
    this.#clock = clock;
    this.#keepMs = keepMs;
  }

  /** True for the first caller alone; false while the session is in progress and for `keepMs` after it was done. */
  claim(sessionId: string): boolean {
    this.#forgetExpired();
    if (this.#entries.has(sessionId)) return false;
    this.#entries.set(sessionId, { state: "in-progress" });
    return true;
  }

  done(sessionId: string): void {
    this.#entries.delete(sessionId);
    this.#entries.set(sessionId, { state: "done", expiresAt: this.#clock.now() + this.#keepMs });
  }

  /** Forgets a session that could not be processed, so that a later callback is a new chance. */
  release(sessionId: string): void {
    this.#entries.delete(sessionId);
  }

  get size(): number {
    return this.#entries.size;
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const [sessionId, entry] of this.#entries) {
      if (entry.state === "in-progress") continue;
      if (entry.expiresAt > now) return;
      this.#entries.delete(sessionId);
    }
  }
}
