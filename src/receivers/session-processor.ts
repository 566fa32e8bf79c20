import { setMaxListeners } from "node:events";
import type { Clock } from "../clock/clock.js";
import { ResultsUnavailable, type FetchResults } from "./results-client.js";
import { SessionMemory } from "./session-memory.js";

export interface SessionProcessorOptions {
  readonly clock: Clock;
  readonly dedupeForMs: number;
  /** A callback that comes again is a reason to process again; one that comes meanwhile, to do so once that is done. */
  readonly looksAgain: boolean;
  readonly fetchResults: FetchResults;
  readonly process: (sessionId: string, results: unknown) => void | Promise<void>;
  readonly onProcessed: (sessionId: string) => void;
  readonly onGaveUp: (sessionId: string, reason: string) => void;
}

/** Of so many sessions, the latest, it can tell how often each was processed. */
const countedSessions = 100_000;

/**
 * Processes each session once, in the background. A session is done only when its results were fetched and processed;
 * one that failed is forgotten, so that a callback that comes again tries again.
 */
export class SessionProcessor {
  readonly #options: SessionProcessorOptions;
  readonly #memory: SessionMemory;
  readonly #counts = new Map<string, number>();
  readonly #closing = new AbortController();
  readonly #work = new Set<Promise<void>>();
  readonly #underWay = new Set<string>();
  /** Called back again while they were processed. */
  readonly #dueAgain = new Set<string>();

  constructor(options: SessionProcessorOptions) {
    this.#options = options;
    this.#memory = new SessionMemory(options.clock, options.dedupeForMs);
    // Every session in progress listens; ten of them are no leak.
    setMaxListeners(0, this.#closing.signal);
  }

  /** True when the caller is to `start` the session; false for a duplicate. */
  claim(sessionId: string): boolean {
    if (!this.#options.looksAgain) return this.#memory.claim(sessionId);
    if (!this.#underWay.has(sessionId)) return true;
    this.#dueAgain.add(sessionId);
    return false;
  }

  /** A service that must not lose an acknowledged session puts its id into a durable queue here. */
  start(sessionId: string): void {
    this.#underWay.add(sessionId);
    const work = this.#process(sessionId).finally(() => {
      this.#work.delete(work);
      this.#underWay.delete(sessionId);
      if (this.#dueAgain.delete(sessionId)) this.start(sessionId);
    });
    this.#work.add(work);
  }

  /** How many times the session was processed to the end. */
  processed(sessionId: string): number {
    return this.#counts.get(sessionId) ?? 0;
  }

  /** Ends fetches and waits, and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#closing.abort(new Error("closed"));
    await Promise.all(this.#work);
  }

  async #process(sessionId: string): Promise<void> {
    const { fetchResults, process, onProcessed, onGaveUp } = this.#options;
    try {
      this.#closing.signal.throwIfAborted();
      const results = await fetchResults(sessionId, this.#closing.signal);
      await process(sessionId, results);
    } catch (error) {
      this.#memory.release(sessionId);
      onGaveUp(sessionId, this.#reasonFor(error));
      return;
    }
    if (!this.#options.looksAgain) this.#memory.done(sessionId);
    this.#count(sessionId);
    onProcessed(sessionId);
  }

  #count(sessionId: string): void {
    const count = this.processed(sessionId) + 1;
    this.#counts.delete(sessionId);
    this.#counts.set(sessionId, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > countedSessions && oldest !== undefined) this.#counts.delete(oldest);
  }

  #reasonFor(error: unknown): string {
    if (this.#closing.signal.aborted) return "the receiver was closed";
    if (error instanceof ResultsUnavailable) return error.message;
    // Only the name: the message may quote the results.
    return `processing failed (${error instanceof Error ? error.name : typeof error})`;
  }
}
