/** The longest delay of a timer, Node's and fake-timers' alike: anything longer becomes 1 ms. */
export const longestTimeoutMs = 2 ** 31 - 1;

/** The range of a date (ECMA-262 §21.4.1.1); a delay beyond it can only be a mistake. */
const longestDelayMs = 8.64e15;

/**
 * The delay in whole milliseconds, rounded up so that no timer fires early. A due time that has passed is due now.
 * @throws RangeError for what is no delay: NaN, or more than a date can hold, infinity included.
 */
export function wholeDelayMs(ms: number): number {
  if (!(ms <= longestDelayMs)) throw new RangeError(`a delay is at most ${longestDelayMs} ms, got ${ms}`);
  return ms > 0 ? Math.ceil(ms) : 0;
}
