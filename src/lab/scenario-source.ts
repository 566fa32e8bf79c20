import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { UsageError } from "../errors.js";
import { readText } from "../input/text-file.js";

const require = createRequire(import.meta.url);

/** Keys and list indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** What a file of JSON or YAML says, and where in it. */
export interface ScenarioSource {
  readonly value: unknown;
  /** An error about the value at this path; `piece` is the one of its parts between commas that is meant, from 0. */
  where(path: Path, piece?: number): string;
  /** The same, about a key of it. */
  whereKey(path: Path, key: string): string;
}

/** @throws UsageError `ERR_FILE` or `ERR_SCENARIO` for what cannot be read. */
export function readScenarioSource(file: string): ScenarioSource {
  const title = `scenario ${file}`;
  const text = readText(title, file);
  const isJson = /\.json$/i.test(file);
  const parsed = isJson ? parseJson(title, text) : undefined;
  // Loaded here, since named scenarios go without it.
  const { LineCounter, isMap, isScalar, parseDocument } = require("yaml") as typeof Yaml;
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number | undefined, path: Path): string => {
    const { line, col } = lineCounter.linePos(offset ?? 0);
    return [title, `line ${line}`, `column ${col}`, ...(path.length > 0 ? [pathText(path)] : [])].join(", ");
  };
  // JSON says the same in YAML, but for a few characters that have been seen to by now.
  const error = document.errors.find(({ code }) => !isJson || code === "DUPLICATE_KEY");
  if (error !== undefined) {
    throw new UsageError("ERR_SCENARIO", `${at(error.pos[0], [])}: expected ${expectedOf(error)}`);
  }
  return {
    value: isJson ? parsed : valueOf(document, title),
    where(path, piece) {
      const node = nearest(document, path);
      const [start = 0, end = start] = node?.range ?? [];
      const isText = piece !== undefined && isScalar(node);
      return at(isText ? start + pieceOffset(text.slice(start, end), piece) : start, path);
    },
    whereKey(path, key) {
      const map = nearest(document, path);
      const pair = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined;
      return at((pair?.key as Yaml.Node | undefined)?.range?.[0], path);
    },
  };
}

function expectedOf({ code, message }: Yaml.YAMLParseError): string {
  if (code === "DUPLICATE_KEY") return "each key once, got one twice";
  return code === "MULTIPLE_DOCS" ? "one document, got several" : `YAML (${message})`;
}

/** What stands at this path, or around it where nothing does. */
function nearest(document: Yaml.Document, path: Path): Yaml.Node | null {
  const node = path.length === 0 ? document.contents : (document.getIn(path, true) as Yaml.Node | null | undefined);
  return path.length === 0 || node ? (node ?? null) : nearest(document, path.slice(0, -1));
}

function parseJson(title: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = position === undefined ? "" : `, line ${text.slice(0, Number(position)).split("\n").length}`;
    throw new UsageError("ERR_SCENARIO", `${title}${line}: expected JSON, got something else`);
  }
}

function valueOf(document: Yaml.Document, title: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError("ERR_SCENARIO", `${title}: expected YAML (${(error as Error).message})`);
  }
}

/** Where a part between commas begins in a scalar as written: plain, in quotes, or a block below its header line. */
function pieceOffset(source: string, piece: number): number {
  let start = /^(?:[|>].*\n|["'])?/.exec(source)?.[0].length ?? 0;
  for (let index = 0; index < piece; index += 1) start = source.indexOf(",", start) + 1;
  const rest = source.slice(start);
  return start + (/^\s*(?=[^\s,"'])/.exec(rest)?.[0].length ?? 0);
}

/** `deliveries[1].attempts`. */
export const pathText = (path: Path): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
