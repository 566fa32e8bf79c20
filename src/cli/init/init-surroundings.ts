import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { harness } from "../../package-facts.js";
import { installOf, languageOf, languages } from "./init-languages.js";
import type { Host } from "./init-options.js";

/** The command that installs what the receiver needs that this command starts; null where no file tells. */
export const installFor = (start: string | undefined, directory: string): string | null =>
  installOf(start === undefined ? null : languageOf(start, directory), directory);

/** How the project installs what it is developed with, where this package is among that; null where it is not. */
export function ownInstall(directory: string): string | null {
  const { dependencies = {}, devDependencies = {} } = manifestOf(directory);
  const isListed = [dependencies, devDependencies].some((list) => Object.hasOwn(Object(list) as object, harness.name));
  return isListed ? installOf(languages.find(({ id }) => id === "node") ?? null, directory) : null;
}

function manifestOf(directory: string): { readonly dependencies?: unknown; readonly devDependencies?: unknown } {
  try {
    return Object(JSON.parse(textOf(join(directory, "package.json")))) as object;
  } catch {
    return {};
  }
}

/** Where the repository seems to be. */
export function hostOf(directory: string): Exclude<Host, "none"> {
  if (existsSync(join(directory, ".gitlab-ci.yml"))) return "gitlab";
  return textOf(join(directory, ".git", "config")).includes("gitlab") ? "gitlab" : "github";
}

/** The root of the repository, where that is a directory above this one. */
export function rootAbove(directory: string): string | null {
  if (existsSync(join(directory, ".git"))) return null;
  for (let above = dirname(resolve(directory)); above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return above;
  }
  return null;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
