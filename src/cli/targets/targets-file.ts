import { readDocument } from "../../input/document.js";
import { assertSchema } from "../../input/schema-mistakes.js";
import type { UsageError } from "../../errors.js";
import { isObject, withAbsolutePaths } from "../config-file.js";
import { withVariables } from "../environment-value.js";
import { keepTold } from "../kept-secrets.js";
import type { RawValues } from "../option.js";
import { matrixFiles } from "../report/matrix-files.js";
import { optionsOfOneTarget, targetsSchema } from "./targets-schema.js";

/** One receiver as its file has it. */
export interface TargetEntry {
  readonly name: string;
  readonly url: string;
  /** Options of `run`; paths in them are absolute. */
  readonly raw: RawValues;
  /** The same with `${NAME}` in its texts read from the environment. @throws UsageError */
  withVariables(environment: NodeJS.ProcessEnv): TargetEntry;
  /** The error that says what is wrong with this entry, and where in the file that stands. */
  wrong(what: string, key?: string): UsageError;
}

type Written = RawValues & { readonly name: string; readonly url: string };

/** What stands beside the directories of the receivers. */
const reservedNames = new Set<string>(["journal.jsonl", ...Object.values(matrixFiles)]);

const kind = { code: "ERR_TARGETS", expected: "a list of receivers, each with name and url" };

/**
 * Reads receivers from a YAML or JSON file: a list, or an object with a list in `targets`.
 * @throws UsageError `ERR_TARGETS` that names the line and the key; no value that may be secret.
 */
export function readTargetsFile(file: string): readonly TargetEntry[] {
  const document = readDocument(kind, `--targets ${file}`, file);
  const isWrapped = isObject(document.value);
  const entries = isObject(document.value) ? document.value["targets"] : document.value;
  for (const entry of [entries].flat().filter(isObject)) keepTold(optionsOfOneTarget, entry, process.env);
  const { definitions, anyOf: forms } = targetsSchema();
  assertSchema(document, { ...forms[isWrapped ? 1 : 0], definitions });
  const list = (isWrapped ? (document.value as { targets: unknown }).targets : document.value) as readonly Written[];
  const taken = new Map<string, string>();
  return list.map((written, index) => {
    const path = [...(isWrapped ? ["targets"] : []), index];
    const { name, url, ...raw } = written;
    const wrong = (what: string, key?: string): UsageError =>
      document.wrong(
        key !== undefined && key in written ? [...path, key] : path,
        `target ${JSON.stringify(name)}: ${what}`,
      );
    const same = taken.get(name.toLowerCase());
    if (same !== undefined) throw wrong(`expected a name of its own, but there is "${same}" before it`, "name");
    if (reservedNames.has(name.toLowerCase())) throw wrong("expected another name, this one is a file's", "name");
    taken.set(name.toLowerCase(), name);
    const entry = { name, url, raw: withAbsolutePaths(raw, optionsOfOneTarget, file), wrong };
    return {
      ...entry,
      withVariables(environment) {
        const values = withVariables({ url, ...raw }, optionsOfOneTarget, environment, (key, what) => wrong(what, key));
        const { url: given, ...others } = values;
        const read = { ...entry, url: given as string, raw: withAbsolutePaths(others, optionsOfOneTarget, file) };
        return { ...read, withVariables: () => this };
      },
    };
  });
}
