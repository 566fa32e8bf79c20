import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Host } from "./init-options.js";

/** The first of these files that is there says how to install what a project needs. Of Node alone: it is all the job has. */
const installs: readonly (readonly [file: string, command: string])[] = [
  ["pnpm-lock.yaml", "corepack enable && pnpm install --frozen-lockfile"],
  ["yarn.lock", "corepack enable && yarn install"],
  ["package-lock.json", "npm ci"],
  ["npm-shrinkwrap.json", "npm ci"],
  ["package.json", "npm install"],
];

/** The command that installs what the project in this directory needs; null where no file tells. */
export function installFor(directory: string): string | null {
  return installs.find(([file]) => existsSync(join(directory, file)))?.[1] ?? null;
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
