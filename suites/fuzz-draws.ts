import * as fc from "fast-check";
import type { Variation } from "../src/runner/check-context.js";

/** The same cases for the same seed. */
export interface Drawing {
  readonly seed: number;
  /** How many. */
  readonly numRuns: number;
}

/** What may be drawn, whatever it is drawn as. */
export interface Draws {
  cases(drawing: Drawing): readonly Variation[];
  /**
   * Shrinks the case at that position to the smallest that still fails.
   * @param fails sends a smaller one; the last that fails is the smallest.
   * @param isOver no further one is to be sent.
   * @returns how often it was shrunk.
   */
  shrink(
    drawing: Drawing,
    position: number,
    fails: (smaller: Variation) => Promise<boolean>,
    isOver: () => boolean,
  ): Promise<number>;
}

/**
 * @param variationOf what is sent of what was drawn as the case at that position.
 * @param partsOf what is left of a case without one thing of it, for each of them: each that is left in the end is
 * needed.
 */
export function draws<T>(
  arbitrary: fc.Arbitrary<T>,
  variationOf: (drawn: T, position: number) => Variation,
  partsOf: (drawn: T, position: number) => readonly T[] = () => [],
): Draws {
  return {
    cases: (drawing) => fc.sample(arbitrary, drawing).map(variationOf),
    async shrink(drawing, position, fails, isOver) {
      let drawn = 0;
      const property = fc.asyncProperty(arbitrary, async (smaller) => {
        drawn += 1;
        // The case itself, which is drawn once more, is known to fail.
        if (drawn <= position + 1) return drawn <= position;
        return isOver() || !(await fails(variationOf(smaller, position)));
      });
      const { numShrinks, counterexample } = await fc.check(property, drawing);
      let times = numShrinks;
      // A list shrinks by its halves, so that one that is not needed may be left between two that are.
      let parts = counterexample === null ? [] : partsOf(counterexample[0], position);
      while (parts.length > 0 && !isOver()) {
        const [part, ...others] = parts as [T, ...T[]];
        parts = others;
        if (!(await fails(variationOf(part, position)))) continue;
        times += 1;
        parts = partsOf(part, position);
      }
      return times;
    },
  };
}
