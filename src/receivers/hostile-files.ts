import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const folder = join(dirname(createRequire(import.meta.url).resolve("#package.json")), "fixtures", "hostile");

let files: Readonly<Record<string, unknown>> | null = null;

/**
 * The servers of `fixtures/hostile`, a file a topic, by their names and in the order of these. In the published package
 * they are part of the code.
 */
export function hostileFiles(): Readonly<Record<string, unknown>> {
  files ??= Object.fromEntries(
    readdirSync(folder)
      .flatMap((file) => Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")) as object))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  return files;
}
