import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The tsconfig.json of the project that a file belongs to; null where there is none. */
export function tsconfigOf(file: string): string | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const found = join(folder, "tsconfig.json");
    if (existsSync(found)) return found;
    if (dirname(folder) === folder) return null;
  }
}

const metadata = /"emitDecoratorMetadata"\s*:\s*(?<value>true|false)/;
const bases = /"extends"\s*:\s*(?<names>"[^"]*"|\[[^\]]*\])/;

/**
 * Whether what is compiled by it tells the types of its constructors' parameters, as the dependency injection of NestJS
 * takes them from. Read from the text, since only the project's own compiler can read all of it.
 */
export function emitsDecoratorMetadata(tsconfig: string, seen = new Set<string>()): boolean {
  if (seen.has(tsconfig)) return false;
  seen.add(tsconfig);
  const text = readFileSync(tsconfig, "utf8").replaceAll(/^\s*\/\/.*$/gm, "");
  const own = metadata.exec(text)?.groups?.["value"];
  if (own !== undefined) return own === "true";
  const names = bases.exec(text)?.groups?.["names"]?.match(/[^"[\],\s]+/g) ?? [];
  return names.some((name) => {
    const base = resolveBase(name, tsconfig);
    return base !== null && emitsDecoratorMetadata(base, seen);
  });
}

/** A path, or a package's, with or without `.json`. */
function resolveBase(name: string, tsconfig: string): string | null {
  const { resolve } = createRequire(tsconfig);
  for (const each of [`${name}.json`, name, `${name}/tsconfig.json`]) {
    try {
      const found = resolve(each);
      if (found.endsWith(".json")) return found;
    } catch {
      continue;
    }
  }
  return null;
}
