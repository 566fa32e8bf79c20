import type { Mismatch } from "./model.js";

/** `attempt 3 at 00:03:00: expected a 2XX, got 503` */
export function mismatchLine({ expected, actual, where }: Mismatch): string {
  const difference = `expected ${expected}, got ${actual}`;
  return where === "" ? difference : `${where}: ${difference}`;
}
