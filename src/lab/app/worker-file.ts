import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
// Known to the process alone.
import { features } from "node:process";
import { pathToFileURL } from "node:url";
import { UsageError } from "../../errors.js";

/** Modules that load TypeScript once their `register` was called: for `import` and for `require`. */
export type Loaders = readonly string[];

const typescript = new Set([".ts", ".tsx", ".mts", ".cts"]);

/** The program of the app's thread; while the harness itself is run from its source, tsx has to load that as well. */
export function workerUrl(): URL {
  const url = (extension: string): URL => new URL(`worker/app-worker${extension}`, import.meta.url);
  if (extname(import.meta.url) === ".js") return url(".js");
  const [loader] = tsxFrom(import.meta.url) ?? [];
  const program = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(url(".ts"))});`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

/** What is to be loaded by `require` into a thread that the app starts, in this order. */
export function movedThreadFiles(): readonly URL[] {
  if (extname(import.meta.url) === ".js") return [new URL("worker/moved-thread.js", import.meta.url)];
  const loader = createRequire(import.meta.url).resolve("tsx/cjs");
  return [pathToFileURL(loader), new URL("worker/moved-thread.ts", import.meta.url)];
}

/**
 * What loads an app's file beside Node: a TypeScript app is loaded as its own project does, with tsx, or else by a Node
 * that strips types.
 * @throws UsageError `ERR_APP` where neither is there.
 */
export function loadersFor(appFile: string): Loaders {
  if (!typescript.has(extname(appFile))) return [];
  const tsx = tsxFrom(appFile);
  if (tsx !== null) return tsx;
  if ((features as { typescript?: false | string }).typescript) return [];
  throw new UsageError(
    "ERR_APP",
    `--app: expected tsx among the packages of the app's project, or a Node that strips types (22.18 or later), to load ${appFile}`,
  );
}

function tsxFrom(file: string): Loaders | null {
  try {
    const { resolve } = createRequire(file);
    // What `require` resolves to cannot register itself before Node 22.15; beside it lies what `import` does.
    const files = [resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs"), resolve("tsx/cjs/api")];
    return files.every((each) => existsSync(each)) ? files.map((each) => pathToFileURL(each).href) : null;
  } catch {
    return null;
  }
}
