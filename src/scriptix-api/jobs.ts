import type { Clock, Timer } from "../clock/clock.js";
import { ApiError } from "./api-error.js";
import type { Callbacks } from "./callbacks.js";
import type { EventLog } from "./event-log.js";
import type { Session, Sessions } from "./sessions.js";

export interface JobsOptions {
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly callbacks: Callbacks;
  readonly log: EventLog;
  /** Milliseconds after which a job completes by itself; null: never. */
  readonly completeAfterMs: number | null;
}

/** Brings batch jobs to their end, by themselves or on demand. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #timers = new Map<string, Timer>();
  #closed = false;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  start({ id }: Session): void {
    const { clock, completeAfterMs } = this.#options;
    if (completeAfterMs === null || this.#closed) return;
    this.#timers.set(
      id,
      clock.timer(completeAfterMs, () => this.#complete(id)),
    );
  }

  /**
   * The job has completed, and its webhook is called (`trigger/success-only`).
   * @throws ApiError 404 for an unknown session, 409 for one that has ended.
   */
  complete(sessionId: string): Session {
    const session = this.#end(sessionId, "done");
    const { webhook } = session;
    session.webhook = null;
    this.#options.log.tell({ event: "job-completed", sessionId, callback: webhook !== null });
    if (webhook !== null) this.#options.callbacks.send(sessionId, webhook);
    return session;
  }

  /**
   * The job has failed, and nobody is called, unless its contract has something to tell of that.
   * @throws ApiError as `complete` does.
   */
  fail(sessionId: string): Session {
    const session = this.#end(sessionId, "failed");
    const { webhook } = session;
    session.webhook = null;
    const isTold = webhook !== null && (webhook.contract?.failedBody ?? null) !== null;
    this.#options.log.tell({ event: "job-failed", sessionId, callback: isTold });
    if (isTold) this.#options.callbacks.send(sessionId, webhook, "failed");
    return session;
  }

  /** No job completes by itself any more. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  #complete(sessionId: string): void {
    this.#timers.delete(sessionId);
    // It may be gone by now, since only the latest sessions are kept.
    if (this.#options.sessions.get(sessionId)?.status === "new") this.complete(sessionId);
  }

  #end(sessionId: string, status: "done" | "failed"): Session {
    const session = this.#options.sessions.get(sessionId);
    if (session === undefined) throw new ApiError(404, { field: "session_id", issue: "there is no such session" });
    if (session.status !== "new") {
      throw new ApiError(409, { field: "session_id", issue: `the job has ended already: ${session.status}` });
    }
    this.#timers.get(sessionId)?.cancel();
    this.#timers.delete(sessionId);
    session.status = status;
    return session;
  }
}
