import type { Lanes } from "./lanes.js";

/** Who may send to the receiver: several side by side, or one with none beside it. Each waits for its turn. */
export interface Floor {
  /**
   * Takes one of the lanes; resolves to what gives it back.
   * @param returning comes before those that have not begun: it only stood aside while it had nothing to send.
   */
  beside(returning?: boolean): Promise<() => void>;
  /** Takes all of it. */
  alone(): Promise<() => void>;
}

interface Waiting {
  readonly alone: boolean;
  readonly enter: () => void;
}

export function createFloor(lanes: Pick<Lanes, "width">): Floor {
  const waiting: Waiting[] = [];
  let beside = 0;
  let isTaken = false;

  function admit(): void {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      if (isTaken || (next.alone ? beside > 0 : beside >= lanes.width)) return;
      waiting.shift();
      if (next.alone) isTaken = true;
      else beside += 1;
      next.enter();
    }
  }

  function take(alone: boolean, first: boolean): Promise<() => void> {
    return new Promise((entered) => {
      let isIn = true;
      const leave = (): void => {
        if (!isIn) return;
        isIn = false;
        if (alone) isTaken = false;
        else beside -= 1;
        admit();
      };
      const turn = { alone, enter: () => entered(leave) };
      if (first) waiting.unshift(turn);
      else waiting.push(turn);
      admit();
    });
  }

  return {
    beside: (returning = false) => take(false, returning),
    alone: () => take(true, false),
  };
}
