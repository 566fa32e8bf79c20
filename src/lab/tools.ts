/** Compilers that a loader starts, and what tells the width of a terminal, keep nothing of the receiver's. */
const tools = new Set(["esbuild", "tput", "resize"]);

/** @param name of a program, without its directory. */
export const isTool = (name: string): boolean => tools.has(name);

const packages = new RegExp(`[\\\\/]node_modules[\\\\/](?:${[...tools].join("|")})[\\\\/]`);

/** The path or URL of a file of such a package. */
export const isFileOfTool = (path: string): boolean => packages.test(path);
