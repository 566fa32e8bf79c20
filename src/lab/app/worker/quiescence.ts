import type { Children } from "./children.js";
import type { Datagrams } from "./datagrams.js";
import type { InFlight } from "./in-flight.js";
import type { PeerWaits } from "./peer-waits.js";
import type { Threads } from "./threads.js";
import { setImmediate, setTimeout, wallNow } from "./real-time.js";

/** Between two turns everything that is ready has been read. */
const quietTurns = 2;

/** How many turns are taken at full speed while something is in flight, before the processor is let go. */
const fastTurns = 300;

/** Who waits longer wants to know what for. */
const toldAfterMs = 1000;

export interface QuiescenceOptions {
  readonly inFlight: InFlight;
  readonly peers: PeerWaits;
  readonly children: Children;
  readonly datagrams: Datagrams;
  readonly threads: Threads;
  /** Called when the app has done all that it can; goes on with what is left to do, and tells whether there was any. */
  readonly goOn: () => boolean;
  /** Called when it has been at rest and something comes up. */
  readonly woken: () => void;
  /** Called with each turn. */
  readonly turned?: () => void;
  /** Called with each thing that the app was waited for, once it took a second in all of wall time. */
  readonly waits: (what: string) => void;
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
  /** In milliseconds of wall time, by what is waited for; what was told of is waited for no time any more. */
  readonly #waitedMs = new Map<string, number>();
  #waitsSinceMs: number | null = null;

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

  #count(awaited: readonly string[]): void {
    const now = wallNow();
    const ms = this.#waitsSinceMs === null ? 0 : now - this.#waitsSinceMs;
    this.#waitsSinceMs = awaited.length === 0 ? null : now;
    for (const what of awaited) {
      const before = this.#waitedMs.get(what) ?? 0;
      this.#waitedMs.set(what, before + ms);
      if (before < toldAfterMs && before + ms >= toldAfterMs) this.#options.waits(what);
    }
  }

  #begin(): void {
    this.#options.threads.disturb();
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
    const { inFlight, peers, children, datagrams, threads, goOn, turned } = this.#options;
    turned?.();
    this.#quiet += 1;
    if (this.#quiet > quietTurns) {
      const own = [...inFlight.awaited(), ...peers.awaited(), ...children.awaited(), ...datagrams.awaited()];
      const awaited = [...new Set(own.length > 0 ? own : threads.awaited())];
      this.#count(awaited);
      if (awaited.length > 0) this.#waited += 1;
      else if (goOn()) this.#begin();
      else {
        this.#isResting = true;
        return;
      }
    }
    this.#next();
  }
}
