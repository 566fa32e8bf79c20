import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An installed package has these: Node's, and the peers. */
const given = /^(?:node:|vitest$|@hono\/node-server)/;

/**
 * The declarations that these lead to, by their paths.
 * @param folder of the build.
 * @param entries paths in it.
 * @throws Error for one that would take a package which users do not have.
 */
export function declarationsOf(folder: string, entries: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const left = [...entries];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (found.has(path)) continue;
    const text = readFileSync(join(folder, path), "utf8");
    found.set(path, text);
    for (const [, name = ""] of text.matchAll(/(?:\bfrom |\bimport ?\(?)["']([^"']+)["']/g)) {
      if (name.startsWith(".")) left.push(join(dirname(path), name.replace(/\.js$/, ".d.ts")));
      else if (!given.test(name)) throw new Error(`${path}: expected no type of a package, got one of ${name}`);
    }
  }
  return found;
}
