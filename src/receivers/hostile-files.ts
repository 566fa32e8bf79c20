import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = join(dirname(createRequire(import.meta.url).resolve("#package.json")), "fixtures", "hostile");

let files: Readonly<Record<string, unknown>> | null = null;

/**
 * The documents of `fixtures/hostile` by their names, in the order of these. In the published package they are part of the
 * code: some two hundred files of a few lines each would take more room on a disk than anything else in it.
 */
export function hostileFiles(): Readonly<Record<string, unknown>> {
  files ??= Object.fromEntries(
    readdirSync(folder)
      .flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -".json".length)] : []))
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as unknown]),
  );
  return files;
}
