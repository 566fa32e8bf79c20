import { createRequire } from "node:module";

const { name, version } = createRequire(import.meta.url)("#package.json") as { name: string; version: string };

/** How this program calls itself, in its own words, in reports and on the wire. */
export const harness = Object.freeze({ name, version });
