import { isAbsolute, relative, resolve } from "node:path";
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { OutputChunk } from "rolldown";

/**
 * A chunk's source map: of which file of ours, and which line of it, a line is. The sources themselves would take as much
 * room as all the code; they stand in the repository.
 * @returns null for a chunk in which nothing is ours.
 */
export function mapOfOwnCode({ map, modules }: OutputChunk, root: string): string | null {
  if (map === null || !Object.keys(modules).some((id) => isOurs(id, root))) return null;
  const { version, file, sources } = map;
  return JSON.stringify({ version, file, names: [], sources, mappings: byLine(map.mappings) });
}

/** Where each line begins. */
function byLine(mappings: string): string {
  const lines = decode(mappings).map((segments) =>
    segments.slice(0, 1).map((segment) => segment.slice(0, 4) as unknown as SourceMapSegment),
  );
  return encode(lines);
}

function isOurs(id: string, root: string): boolean {
  const path = relative(root, resolve(id));
  return isAbsolute(id) && /^(?:src|suites)\//.test(path);
}
