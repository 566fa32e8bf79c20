import { UsageError } from "../errors.js";
import { parseJsonText } from "./json-text.js";
import { lineAndColumn, pathText, SyntaxMistake, type Parsed, type Path, type Place } from "./place.js";
import { readText } from "./text-file.js";
import { parseYamlText } from "./yaml-text.js";

const yamlName = /\.ya?ml$/i;

/** What a document is, for the sentences on it. */
export interface DocumentKind {
  /** Of the error: `ERR_CONFIG`. */
  readonly code: string;
  /** What it should be: `an object of options`. */
  readonly expected: string;
}

/** What a user wrote, and where everything in it stands. */
export interface UserDocument extends DocumentKind {
  /** As a message calls it: `--config ci.json`. */
  readonly title: string;
  readonly value: unknown;
  /** By its name. */
  readonly isYaml: boolean;
  /** `line 2, column 5, deliveries[1].attempts`; of the key itself, or of a part between commas, from 0. */
  where(path: Path, part?: "key" | number): string;
  /** For the order of mistakes. */
  offsetOf(path: Path, part?: "key"): number;
  /** The error about what stands there. */
  wrong(path: Path, what: string): UsageError;
}

/**
 * Reads a document of JSON, where comments may stand, or YAML: a name that ends in `.json` is JSON, one in `.yaml` or
 * `.yml` is YAML, and any other is what its text is.
 * @throws UsageError of the kind's code, or `ERR_FILE`: what was expected, what came, line and column.
 */
export function readDocument(kind: DocumentKind, title: string, file: string): UserDocument {
  return documentOf(kind, title, file, readText(title, file));
}

/** The same of a text that was read already. @throws UsageError as above. */
export function documentOf(kind: DocumentKind, title: string, file: string, text: string): UserDocument {
  if (text.trim() === "") throw new UsageError(kind.code, `${title}: expected ${kind.expected}, got an empty file`);
  const parsed = parsedOf(kind, title, file, text);
  const place = (path: Path): Place => {
    const found = parsed.find(path);
    return found ?? (path.length === 0 ? { start: 0, end: 0, keyStart: 0 } : place(path.slice(0, -1)));
  };
  const offsetOf = (path: Path, part?: "key" | number): number => {
    const { start, end, keyStart } = place(path);
    if (part === "key") return keyStart;
    return part === undefined ? start : start + pieceOffset(text.slice(start, end), part);
  };
  const where = (path: Path, part?: "key" | number): string => {
    const named = part === "key" ? path.slice(0, -1) : path;
    return [lineAndColumn(text, offsetOf(path, part)), ...(named.length > 0 ? [pathText(named)] : [])].join(", ");
  };
  return {
    ...kind,
    title,
    value: parsed.value,
    isYaml: yamlName.test(file),
    where,
    offsetOf,
    wrong: (path, what) => new UsageError(kind.code, `${title}, ${where(path)}: ${what}`),
  };
}

function parsedOf({ code }: DocumentKind, title: string, file: string, text: string): Parsed {
  try {
    return languageOf(file, text)(text);
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error;
    throw new UsageError(code, `${title}, ${lineAndColumn(text, error.offset)}: ${error.message}`);
  }
}

/** A YAML file may hold JSON, comments of which YAML does not know. */
function languageOf(file: string, text: string): (text: string) => Parsed {
  if (/\.jsonc?$/i.test(file)) return parseJsonText;
  const looksLikeJson = /^\s*(?:[[{]|\/[/*])/.test(text);
  if (!looksLikeJson) return parseYamlText;
  return (text) => {
    try {
      return parseJsonText(text);
    } catch (error) {
      // As YAML has it, `[{ name: a }]` is a list too.
      if (yamlName.test(file) || isYaml(text)) return parseYamlText(text);
      throw error;
    }
  };
}

function isYaml(text: string): boolean {
  try {
    parseYamlText(text);
    return true;
  } catch {
    return false;
  }
}

/** Where a part between commas begins in a scalar as written: plain, in quotes, or a block below its header line. */
function pieceOffset(source: string, piece: number): number {
  let start = /^(?:[|>].*\n|["'])?/.exec(source)?.[0].length ?? 0;
  for (let index = 0; index < piece; index += 1) start = source.indexOf(",", start) + 1;
  const rest = source.slice(start);
  return start + (/^\s*(?=[^\s,"'])/.exec(rest)?.[0].length ?? 0);
}
