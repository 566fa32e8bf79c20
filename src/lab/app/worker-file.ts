import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
// Known to the process alone.
import { features } from "node:process";
import { pathToFileURL } from "node:url";
import { UsageError } from "../../errors.js";
import { emitsDecoratorMetadata, tsconfigOf } from "./tsconfig.js";
import type { TypeScriptProject } from "./worker/typescript-loader.js";

/** What loads an app's file beside Node. */
export interface Loaders {
  /** Their addresses. Each loads TypeScript once its `register` was called, for `import`, for `require` or for both. */
  readonly modules: readonly string[];
  /** Of the app's project, wherever the harness was started; null where there is none. */
  readonly tsconfig: string | null;
  /** For our own. */
  readonly options?: TypeScriptProject;
}

const typescript = new Set([".ts", ".tsx", ".mts", ".cts"]);

/**
 * A program for a thread, as `new Worker` takes it; while the harness itself is run from its source, tsx has to load that
 * as well.
 * @param name where it stands beside the module `from`, without its extension.
 */
export function programUrl(name: string, from: string): URL {
  const file = new URL(`${name}${extname(from)}`, from);
  if (extname(from) === ".js") return file;
  const [loader] = tsxFrom(import.meta.url) ?? [];
  const program = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(file)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}

/** What is to be loaded by `require` into a thread that the app starts, in this order. */
export function movedThreadFiles(): readonly URL[] {
  if (extname(import.meta.url) === ".js") return [new URL("worker/moved-thread.js", import.meta.url)];
  const loader = createRequire(import.meta.url).resolve("tsx/cjs");
  return [pathToFileURL(loader), new URL("worker/moved-thread.ts", import.meta.url)];
}

/**
 * What loads an app's file beside Node. A TypeScript app is loaded as its own project does: with tsx, or where its
 * tsconfig asks for what tsx cannot do, or tsx is not there, with its compiler; or else by a Node that strips types.
 * @throws UsageError `ERR_APP` where nothing can.
 */
export function loadersFor(appFile: string): Loaders {
  if (!typescript.has(extname(appFile))) return { modules: [], tsconfig: null };
  const tsconfig = tsconfigOf(appFile);
  const needsMetadata = tsconfig !== null && emitsDecoratorMetadata(tsconfig);
  const tsx = needsMetadata ? null : tsxFrom(appFile);
  if (tsx !== null) return { modules: tsx, tsconfig };
  const compiler = compilerFrom(appFile);
  if (compiler !== null) {
    const loader = new URL(`worker/typescript-loader${extname(import.meta.url)}`, import.meta.url);
    return { modules: [loader.href], tsconfig, options: { compiler, tsconfig } };
  }
  if (needsMetadata) {
    throw new UsageError(
      "ERR_APP",
      `--app: expected typescript 5 or 6 among the packages of the app's project, since ${tsconfig} says emitDecoratorMetadata, to load ${appFile}; or give the JavaScript that it is compiled to, such as dist/main.js`,
    );
  }
  if ((features as { typescript?: false | string }).typescript) return { modules: [], tsconfig };
  throw new UsageError(
    "ERR_APP",
    `--app: expected tsx or typescript 5 or 6 among the packages of the app's project, or a Node that strips types (22.18 or later), to load ${appFile}`,
  );
}

function tsxFrom(file: string): readonly string[] | null {
  try {
    const { resolve } = createRequire(file);
    // What `require` resolves to cannot register itself before Node 22.15; beside it lies what `import` does.
    const files = [resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs"), resolve("tsx/cjs/api")];
    return files.every((each) => existsSync(each)) ? files.map((each) => pathToFileURL(each).href) : null;
  } catch {
    return null;
  }
}

/** The project's TypeScript, up to the last version that can be called from JavaScript. */
function compilerFrom(file: string): string | null {
  try {
    const require = createRequire(file);
    const { version } = require("typescript/package.json") as { readonly version: string };
    return Number.parseInt(version, 10) < 7 ? require.resolve("typescript") : null;
  } catch {
    return null;
  }
}
