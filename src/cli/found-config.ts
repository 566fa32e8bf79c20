import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../errors.js";
import { documentOf } from "../input/document.js";
import { harness } from "../package-facts.js";

/** A config file that nobody has named on the command line. */
export interface FoundConfig {
  readonly file: string;
  /** As a message calls it. */
  readonly title: string;
}

/** Names under which a config file is found in the working directory. */
const configNames = ["json", "yaml", "yml"].map((ending) => `${harness.name}.${ending}`);

const manifest = "package.json";
const expected = `a text in "${harness.name}", the path of a config file`;

/**
 * The config file of the working directory: one that has the name, or the one that `package.json` there names.
 * @throws UsageError `ERR_CONFIG` where there are several, or where `package.json` names none in its place.
 */
export function findConfig(): FoundConfig | null {
  const there = configNames.filter((name) => existsSync(name)).map((file) => ({ file, title: `config ${file}` }));
  const named = namedInManifest();
  const others = named === null || there.some(({ file }) => file === named.file) ? [] : [named];
  const [found = null, ...more] = [...there, ...others];
  if (found === null || more.length === 0) return found;
  const all = [found, ...more].map(({ title }) => title.replace("config ", "")).join(" and ");
  throw new UsageError("ERR_CONFIG", `config: expected one file, found ${all}; --config FILE says which one is meant`);
}

function namedInManifest(): FoundConfig | null {
  const text = manifestText();
  // Whatever else may be wrong with it is not ours to tell.
  if (!new RegExp(`"${harness.name}"\\s*:`).test(text)) return null;
  const document = documentOf({ code: "ERR_CONFIG", expected: "an object" }, manifest, manifest, text);
  const { [harness.name]: file } = Object(document.value) as Readonly<Record<string, unknown>>;
  if (file === undefined) return null;
  if (typeof file !== "string" || file.trim() === "") throw document.wrong([harness.name], `expected ${expected}`);
  const path = file.replace(/^\.\//, "");
  return { file: path, title: `config ${path} (named in ${manifest})` };
}

function manifestText(): string {
  try {
    return readFileSync(manifest, "utf8");
  } catch {
    return "";
  }
}
