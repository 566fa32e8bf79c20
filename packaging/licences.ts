import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What lets others publish it, as long as its notice is kept. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
]);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

/**
 * The notices of the packages whose modules these are, in the order of their names.
 * @param modules absolute paths of files.
 * @throws Error for a package whose licence is not known to permit its being part of another.
 */
export function licencesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  const notices = new Map([...folders].map(notice));
  const parts = [...notices].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return `Parts of these packages are in this one.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function notice(folder: string): readonly [title: string, text: string] {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const title = `${name} ${version}`;
  if (license === undefined || !permissive.has(license)) {
    throw new Error(
      `${title}: expected a permissive licence (${[...permissive].join(", ")}), got ${license ?? "none"}`,
    );
  }
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const texts = files
    .toSorted()
    .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  const by = typeof author === "string" ? author : author?.name;
  const said = texts.length > 0 ? texts : [by ?? "no notice of its own"];
  return [title, `${[`${title} (${license})`, ...said].join("\n\n")}\n`];
}
