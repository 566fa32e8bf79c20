/* oxlint-disable no-restricted-globals -- kept from before the app's time is faked, for bounds in wall time */
const { performance } = globalThis;

export const { setImmediate, setTimeout } = globalThis;

/** Milliseconds of wall time, from an arbitrary start. */
export const wallNow: () => number = performance.now.bind(performance);

const { now } = Date;

/** Milliseconds of wall time since the Unix epoch, as the times of files are. */
export const wallDate = (): number => now();

const { wait } = Atomics;

/** Blocks the thread for so many milliseconds of wall time. */
export const letPass = (ms: number): void => void wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
