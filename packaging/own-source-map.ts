import { isAbsolute, relative, resolve } from "node:path";
import type { OutputChunk } from "rolldown";

/**
 * A chunk's source map, with the text of our own sources and no others: what is not ours is published elsewhere.
 * @returns null for a chunk in which nothing is ours.
 */
export function mapOfOwnCode({ map, modules }: OutputChunk, root: string): string | null {
  if (map === null || !Object.keys(modules).some((id) => isOurs(id, root))) return null;
  const { version, file, names, sources, sourcesContent, mappings } = map;
  const content = sources.map((source, index) => (source.includes("node_modules/") ? null : sourcesContent[index]));
  return JSON.stringify({ version, file, names, sources, sourcesContent: content, mappings });
}

function isOurs(id: string, root: string): boolean {
  const path = relative(root, resolve(id));
  return isAbsolute(id) && /^(?:src|suites)\//.test(path);
}
