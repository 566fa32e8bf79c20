import { setMaxListeners } from "node:events";

export const faultKinds = [
  "stall",
  "rate-limited",
  "server-error",
  "unavailable",
  "reset",
  "hang-up",
  "cut-off",
  "not-json",
  "not-ready-404",
  "not-ready-409",
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** What the requests for a session's state and results meet. */
export interface Fault {
  /**
   * `not-ready-…` is met by requests for results alone; the state is `running` meanwhile. `stall` answers late, with
   * what would have been the answer; `hang-up` closes the connection after as long, without an answer. `cut-off` ends the
   * connection in the middle of the body, and `not-json` answers 200 with an HTML page.
   */
  readonly kind: FaultKind;
  /** Of `stall` and `hang-up`: milliseconds on the API's clock. @default until it is lifted or the client leaves */
  readonly ms?: number;
  /** Of `rate-limited` and `unavailable`: seconds. @default 1 for `rate-limited`, no such header for `unavailable` */
  readonly retryAfterS?: number;
  /** @default every session */
  readonly sessionId?: string;
  /** How many requests meet it. @default every one, until it is lifted */
  readonly times?: number;
}

export interface ActiveFault extends Fault {
  /** Aborts when the fault is lifted, so that whoever it stalls goes on. */
  readonly lifted: AbortController;
  left: number;
}

/** So many are kept; the oldest are lifted. */
const keptFaults = 1000;

/** The faults on demand. Of several that match a request, it meets the one that was set first and is not spent. */
export class Faults {
  readonly #faults = new Map<string, ActiveFault>();
  #count = 0;

  /** Returns the id with which it is lifted. */
  add(fault: Fault): string {
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const lifted = new AbortController();
    // Every request that it stalls listens; ten of them are no leak.
    setMaxListeners(0, lifted.signal);
    this.#faults.set(id, { ...fault, lifted, left: fault.times ?? Infinity });
    const [oldest] = this.#faults.keys();
    if (this.#faults.size > keptFaults && oldest !== undefined) this.lift(oldest);
    return id;
  }

  /** Ends a fault, and every stall of it; false when there is none of that id. */
  lift(id: string): boolean {
    this.#faults.get(id)?.lifted.abort();
    return this.#faults.delete(id);
  }

  /** Returns how many there were. */
  liftAll(): number {
    const ids = [...this.#faults.keys()];
    for (const id of ids) this.lift(id);
    return ids.length;
  }

  /** The fault that a request meets, which is used up once more by it. */
  take(sessionId: string, reads: "state" | "results"): ActiveFault | null {
    const fault = this.#find(sessionId, (kind) => reads === "results" || !hidesResults(kind));
    if (fault === undefined) return null;
    fault.left -= 1;
    return fault;
  }

  /** Whether the session's results are not ready, by a fault. */
  hidesResultsOf(sessionId: string): boolean {
    return this.#find(sessionId, hidesResults) !== undefined;
  }

  #find(sessionId: string, accepts: (kind: FaultKind) => boolean): ActiveFault | undefined {
    for (const fault of this.#faults.values()) {
      if (fault.left > 0 && (fault.sessionId ?? sessionId) === sessionId && accepts(fault.kind)) return fault;
    }
    return undefined;
  }
}

const hidesResults = (kind: FaultKind): boolean => kind === "not-ready-404" || kind === "not-ready-409";
