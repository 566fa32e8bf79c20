import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { assertFew, deepest, SyntaxMistake, type Parsed, type Path, type Place } from "./place.js";

const require = createRequire(import.meta.url);

/** As the library allows; more is how a small document grows without end. */
const mostAliases = 100;

/** Parses one document of YAML, merge keys included. @throws SyntaxMistake */
export function parseYamlText(text: string): Parsed {
  // Loaded where it is needed: most documents are JSON.
  const yaml = require("yaml") as typeof Yaml;
  assertSmall(yaml, text);
  const document = yaml.parseDocument(text, { prettyErrors: false, merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw new SyntaxMistake(error.pos[0], `expected ${expectedOf(error)}`);
  yaml.visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      throw new SyntaxMistake(alias.range?.[0] ?? 0, "expected YAML, got an alias of an anchor that is not there");
    },
  });
  return { value: valueOf(document), find: (path) => find(yaml, document, path) };
}

/** What the library makes of a text is built level in level, and would go through the stack. @throws SyntaxMistake */
function assertSmall(yaml: typeof Yaml, text: string): void {
  const parser = new yaml.Parser();
  let values = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    values += 1;
    assertFew(values, parser.offset);
    if (parser.stack.length <= deepest) continue;
    throw new SyntaxMistake(parser.offset, `expected at most ${deepest} levels, got more`);
  }
}

function valueOf(document: Yaml.Document): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch {
    throw new SyntaxMistake(0, "expected YAML of a reasonable size, but its aliases make too much of it");
  }
}

/** What the library says may quote the text after a colon. */
function expectedOf({ code, message }: Yaml.YAMLParseError): string {
  if (code === "DUPLICATE_KEY") return "each key once, got one twice";
  if (code === "MULTIPLE_DOCS") return "one document, got several";
  return `YAML, got what is none (${message.replace(/: .*$/s, "")})`;
}

function find({ isAlias, isMap, isScalar, isSeq }: typeof Yaml, document: Yaml.Document, path: Path): Place | null {
  let node: unknown = document.contents;
  let keyStart: number | undefined;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    keyStart = undefined;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      keyStart = (pair?.key as Yaml.Scalar | undefined)?.range?.[0];
      node = pair?.value;
    } else node = isSeq(node) ? node.items[Number(step)] : undefined;
  }
  const [start, end] = (node as Yaml.Node | null | undefined)?.range ?? [];
  if (start === undefined || end === undefined) {
    // A key without a value, as `url:` at the end of a line.
    return keyStart === undefined ? null : { start: keyStart, end: keyStart, keyStart };
  }
  return { start, end, keyStart: keyStart ?? start };
}
