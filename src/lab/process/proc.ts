import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// Of /proc, where whatever is looked at may end at any moment, or be another user's: then there is nothing to be seen.

export function readText(path: string): string {
  return orElse("", () => readFileSync(path, "latin1"));
}

export function entries(directory: string): readonly string[] {
  return orElse([], () => readdirSync(directory));
}

export function linkTarget(path: string): string {
  return orElse("", () => readlinkSync(path));
}

function orElse<T>(nothing: T, look: () => T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}
