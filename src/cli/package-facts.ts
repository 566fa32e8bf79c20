import { createRequire } from "node:module";

/** How this program calls itself. */
export const harness = createRequire(import.meta.url)("#package.json") as {
  readonly name: string;
  readonly version: string;
};
