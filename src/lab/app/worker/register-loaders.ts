/* oxlint-disable no-restricted-globals -- the app's thread is a process of its own */
import type { Loaders } from "../worker-file.js";

/** Has what the app's project loads its files with work in this thread. */
export async function registerLoaders({ modules, tsconfig, options }: Loaders): Promise<void> {
  // tsx looks for the one of the working directory, unless told otherwise.
  if (tsconfig !== null) process.env["TSX_TSCONFIG_PATH"] ??= tsconfig;
  for (const module of modules) ((await import(module)) as { register(options?: object): unknown }).register(options);
}
