import type { Hold } from "./clock.js";

/** A hold, with what a stall on its port does to it. */
export interface StallableHold extends Hold {
  /** A stall begins: the hold is given back. */
  pause(): void;
  /** A stall has ended: the hold is taken again after the last of them, unless it was released meanwhile. */
  resume(): void;
}

/** The holds on a clock. Calls `changed` after each that was taken or given back. */
export class Holds {
  readonly #changed: () => void;
  readonly #out = new Set<Hold>();
  readonly #byPort = new Map<number, StallableHold>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** How many keep time from moving now. */
  get out(): number {
    return this.#out.size;
  }

  /** The hold last bound to the port, if not yet released. */
  boundTo(port: number): StallableHold | undefined {
    return this.#byPort.get(port);
  }

  take(): Hold {
    const ports: number[] = [];
    let stalls = 0;
    let released = false;
    const hold: StallableHold = {
      bind: (port) => {
        // The socket of an attempt that was given up may still come to connect.
        if (released) return;
        ports.push(port);
        this.#byPort.set(port, hold);
      },
      release: () => {
        released = true;
        for (const port of ports) if (this.#byPort.get(port) === hold) this.#byPort.delete(port);
        this.#giveBack(hold);
      },
      pause: () => {
        stalls += 1;
        this.#giveBack(hold);
      },
      resume: () => {
        stalls -= 1;
        if (stalls === 0 && !released) this.#takeOut(hold);
      },
    };
    this.#takeOut(hold);
    return hold;
  }

  #takeOut(hold: Hold): void {
    this.#out.add(hold);
    this.#changed();
  }

  #giveBack(hold: Hold): void {
    if (this.#out.delete(hold)) this.#changed();
  }
}
