/* oxlint-disable no-restricted-globals -- kept from before the app's time is faked, for bounds in wall time */
const { performance } = globalThis;

export const { setImmediate, setTimeout } = globalThis;

/** Milliseconds of wall time, from an arbitrary start. */
export const wallNow: () => number = performance.now.bind(performance);
