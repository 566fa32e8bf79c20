/** `1 cause`, `2 causes`. */
export const counted = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;

/** `a, b and c`, or with another word before the last. */
export const listed = (all: readonly string[], word = "and"): string =>
  all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${word} ${all.at(-1)}`;

/** `4.3 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
