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
    const hold = new OneHold(this);
    this.takeOut(hold);
    return hold;
  }

  bind(port: number, hold: StallableHold): void {
    this.#byPort.set(port, hold);
  }

  unbind(port: number, hold: StallableHold): void {
    if (this.#byPort.get(port) === hold) this.#byPort.delete(port);
  }

  takeOut(hold: Hold): void {
    this.#out.add(hold);
    this.#changed();
  }

  giveBack(hold: Hold): void {
    if (this.#out.delete(hold)) this.#changed();
  }
}

class OneHold implements StallableHold {
  readonly #holds: Holds;
  readonly #ports: number[] = [];
  #stalls = 0;
  #released = false;

  constructor(holds: Holds) {
    this.#holds = holds;
  }

  bind(port: number): void {
    // The socket of an attempt that was given up may still come to connect.
    if (this.#released) return;
    this.#ports.push(port);
    this.#holds.bind(port, this);
  }

  release(): void {
    this.#released = true;
    for (const port of this.#ports) this.#holds.unbind(port, this);
    this.#holds.giveBack(this);
  }

  pause(): void {
    this.#stalls += 1;
    this.#holds.giveBack(this);
  }

  resume(): void {
    this.#stalls -= 1;
    if (this.#stalls === 0 && !this.#released) this.#holds.takeOut(this);
  }
}
