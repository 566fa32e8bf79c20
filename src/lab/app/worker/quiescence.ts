import type { InFlight } from "./in-flight.js";
import type { PeerWaits } from "./peer-waits.js";
import type { ThreadWaits } from "./thread-waits.js";
import { setImmediate, setTimeout } from "./real-time.js";

/** Between two turns everything that is ready has been read. */
const quietTurns = 2;

/** How many turns are taken at full speed while something is in flight, before the processor is let go. */
const fastTurns = 300;

export interface QuiescenceOptions {
  readonly inFlight: InFlight;
  readonly peers: PeerWaits;
  readonly threads: ThreadWaits;
  /** Called when the app has done all that it can; goes on with what is left to do, and tells whether there was any. */
  readonly goOn: () => boolean;
  /** Called when it has been at rest and something comes up. */
  readonly woken: () => void;
  /** Called with each turn. */
  readonly turned: () => void;
}

/**
 * Finds out when the app has done all that it can do without time moving: its event loop has nothing to run, and nothing
 * is in flight.
 */
export class Quiescence {
  readonly #options: QuiescenceOptions;
  #isResting = false;
  #quiet = 0;
  #waited = 0;

  constructor(options: QuiescenceOptions) {
    this.#options = options;
    this.#next();
  }

  /** Something happens that the app may be busy with from now on. */
  stir(): void {
    this.#begin();
    if (!this.#isResting) return;
    this.#isResting = false;
    this.#options.woken();
    this.#next();
  }

  #begin(): void {
    this.#quiet = 0;
    this.#waited = 0;
  }

  #next(): void {
    const { inFlight } = this.#options;
    inFlight.apart(() => {
      if (this.#waited <= fastTurns) setImmediate(() => this.#turn());
      else setTimeout(() => this.#turn(), 1);
    });
  }

  #turn(): void {
    const { inFlight, peers, threads, goOn, turned } = this.#options;
    turned();
    this.#quiet += 1;
    if (this.#quiet > quietTurns) {
      if (inFlight.any() || peers.any() || threads.any()) this.#waited += 1;
      else if (goOn()) this.#begin();
      else {
        this.#isResting = true;
        return;
      }
    }
    this.#next();
  }
}
