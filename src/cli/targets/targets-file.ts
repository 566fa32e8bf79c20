import { dirname, resolve } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { isCollection, isMap, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { UsageError } from "../../errors.js";
import { suggestion } from "../../input/closest.js";
import { expectedOf, type RawValues } from "../option.js";
import { readTextFile } from "../read-file.js";
import { optionsOfOneTarget, targetSchema } from "./targets-schema.js";

/** One receiver as its file has it. */
export interface TargetEntry {
  readonly name: string;
  readonly url: string;
  /** Options of `run`; paths in them are absolute. */
  readonly raw: RawValues;
  /** The error that says what is wrong with this entry, and where in the file that stands. */
  wrong(what: string, key?: string): UsageError;
}

/** What stands beside the directories of the receivers. */
const reservedNames = new Set(["journal.jsonl", "matrix.json", "matrix.md", "matrix.html"]);

/**
 * Reads receivers from a YAML or JSON file: a list, or an object with a list in `targets`.
 * @throws UsageError `ERR_TARGETS` that names the receiver, the key and the line; no value that may be secret.
 */
export function readTargetsFile(file: string): readonly TargetEntry[] {
  const lines = new LineCounter();
  const document = parseDocument(readTextFile("targets", file), {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
  });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const why = broken.code === "DUPLICATE_KEY" ? "has a key twice" : "cannot be read";
    throw told(file, `expected YAML or JSON, but line ${lines.linePos(broken.pos[0]).line} ${why}`);
  }
  const content = contentOf(document, file);
  const isWrapped = typeof content === "object" && content !== null && "targets" in content;
  const list: unknown = isWrapped ? content.targets : content;
  const stray = isWrapped ? Object.keys(content).find((key) => key !== "targets" && key !== "$schema") : undefined;
  if (stray !== undefined) throw told(file, `unknown key "${stray}"; expected "targets" alone, with the list in it`);
  if (!Array.isArray(list) || list.length === 0) {
    throw told(file, "expected a list of receivers, each with name and url, got none");
  }
  const validate = new Ajv({ allowUnionTypes: true }).compile<{ name: string; url: string } & RawValues>(
    targetSchema(),
  );
  const taken = new Map<string, string>();
  return list.map((entry: unknown, index) => {
    const wrong = (what: string, key?: string): UsageError => {
      const line = lineOf(document, lines, [...(isWrapped ? ["targets"] : []), index], key);
      return told(file, `${titleOf(entry, index)}${line === null ? "" : ` (line ${line})`}: ${what}`);
    };
    if (!validate(entry)) throw unusable(entry, validate.errors?.[0], wrong);
    const { name, url, ...raw } = entry;
    const same = taken.get(name.toLowerCase());
    if (same !== undefined) throw wrong(`"name": expected a name of its own, but there is "${same}" before it`, "name");
    if (reservedNames.has(name.toLowerCase())) throw wrong(`"name": expected another, this one is a file's`, "name");
    taken.set(name.toLowerCase(), name);
    return { name, url, raw: withAbsolutePaths(raw, file), wrong };
  });
}

/** @throws UsageError where aliases grow without end. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw told(file, "expected YAML of a reasonable size, but its aliases make too much of it");
  }
}

function withAbsolutePaths(raw: RawValues, file: string): RawValues {
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      const isPath = optionsOfOneTarget[key]?.path === true && typeof value === "string";
      return [key, isPath ? resolve(dirname(file), value) : value];
    }),
  );
}

function unusable(entry: unknown, error: ErrorObject | undefined, wrong: TargetEntry["wrong"]): UsageError {
  const { instancePath = "", keyword = "", params = {} } = error ?? {};
  const [, key = ""] = instancePath.split("/");
  const { additionalProperty, missingProperty } = params as { additionalProperty?: string; missingProperty?: string };
  if (additionalProperty !== undefined) {
    const near = suggestion(additionalProperty, ["name", "url", ...Object.keys(optionsOfOneTarget)]);
    return wrong(`unknown key "${additionalProperty}"${near}`, additionalProperty);
  }
  if (missingProperty !== undefined) return wrong(`expected "${missingProperty}", got none`);
  if (key === "") return wrong("expected an object with name and url, got something else");
  const value = (entry as RawValues)[key];
  if (key === "name") {
    const rule = "letters, digits, dots, dashes and underscores, a letter or digit first, 100 at most";
    return wrong(`"name": expected ${rule}, got ${keyword === "pattern" ? JSON.stringify(value) : kindOf(value)}`, key);
  }
  const spec = optionsOfOneTarget[key];
  const list = spec?.kind === "list" ? ", or a list of such" : "";
  const expected = spec === undefined ? "a URL" : `${expectedOf(spec)}${list}`;
  const quote = JSON.stringify(value)?.includes("{") ? "; in YAML a text with a colon in it stands in quotes" : "";
  return wrong(`"${key}": expected ${expected}, got ${kindOf(value)}${quote}`, key);
}

function titleOf(entry: unknown, index: number): string {
  const name: unknown = typeof entry === "object" && entry !== null && "name" in entry ? entry.name : undefined;
  return typeof name === "string" && name !== "" ? `target ${JSON.stringify(name)}` : `target ${index + 1}`;
}

/** Texts may be secret. */
function kindOf(value: unknown): string {
  if (value === null) return "nothing";
  if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "string") return value === "" ? "an empty text" : "another text";
  return Array.isArray(value) ? "a list with something else in it" : "an object";
}

/** The line of a key of an entry, or else of the entry itself. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
  key: string | undefined,
): number | null {
  const node: unknown = document.getIn(path, true);
  if (!isCollection(node) && !isScalar(node)) return null;
  const pairs = isMap(node) ? node.items : [];
  const found = pairs.map((pair) => pair.key).find((name) => isScalar(name) && String(name.value) === key);
  const offset = (isScalar(found) ? found : node).range?.[0];
  return offset === undefined ? null : lines.linePos(offset).line;
}

const told = (file: string, what: string): UsageError => new UsageError("ERR_TARGETS", `--targets ${file}: ${what}`);
