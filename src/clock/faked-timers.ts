/**
 * Whether the timers of this process were put on a clock that stands still, as `vi.useFakeTimers()` and Jest's do: both
 * leave the clock on what they put in place (@sinonjs/fake-timers). What waits for sockets then waits for good.
 */
export const timersAreFaked = (): boolean => "clock" in globalThis.setTimeout;
