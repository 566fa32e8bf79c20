/** Compilers that a loader starts keep nothing of the receiver's. */
const tools = new Set(["esbuild"]);

/** @param name of a program, without its directory. */
export const isTool = (name: string): boolean => tools.has(name);
