import { assertFew, deepest, SyntaxMistake, type Parsed, type Path, type Place } from "./place.js";

/**
 * Parses JSON, where comments and a comma after the last member or item are let pass.
 * @throws SyntaxMistake at the first character that does not belong there, or a key that is there twice.
 */
export function parseJsonText(text: string): Parsed {
  const reader = new Reader(text);
  const root = reader.document();
  return { value: root.value, find: (path) => find(root, path) };
}

interface Node extends Place {
  readonly value: unknown;
  /** Of an object, by key, or of a list, by index. */
  readonly inner: ReadonlyMap<string | number, Node>;
}

const none: Node["inner"] = new Map();
const space = /[ \t\r\n]+|\/\/[^\n]*|\/\*[^]*?\*\//y;
const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
// oxlint-disable-next-line no-control-regex -- JSON has none of them in a text
const plain = /[^"\\\u0000-\u001f]+/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

function find(root: Node, path: Path): Place | null {
  let node: Node | undefined = root;
  for (const step of path) node = node?.inner.get(step);
  return node ?? null;
}

class Reader {
  private at = 0;
  private values = 0;

  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): Node {
    const node = this.node(0, 0);
    this.skip();
    if (this.at < this.text.length) throw this.wrong("the end of the document");
    return node;
  }

  /** @param keyStart of the key before it; its own start for lack of one. */
  private node(depth: number, keyStart?: number): Node {
    this.skip();
    const start = this.at;
    this.values += 1;
    assertFew(this.values, start);
    const { value, inner } = this.content(depth);
    return { value, inner, start, end: this.at, keyStart: keyStart ?? start };
  }

  private content(depth: number): Pick<Node, "value" | "inner"> {
    if (depth > deepest) throw new SyntaxMistake(this.at, `expected at most ${deepest} levels, got more`);
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.list(depth);
    const literal = first === '"' ? this.quoted() : this.match(word);
    if (literal === undefined) throw this.wrong("a value");
    return { value: JSON.parse(literal), inner: none };
  }

  private object(depth: number): Pick<Node, "value" | "inner"> {
    const inner = new Map<string, Node>();
    this.items("}", () => {
      const keyStart = this.at;
      const literal = this.quoted();
      if (literal === undefined) throw this.wrong("a key in double quotes, or }");
      const key = JSON.parse(literal) as string;
      if (inner.has(key)) throw new SyntaxMistake(keyStart, "expected each key once, got one twice");
      this.skip();
      if (this.text[this.at] !== ":") throw this.wrong("a colon");
      this.at += 1;
      inner.set(key, this.node(depth + 1, keyStart));
    });
    return { value: Object.fromEntries([...inner].map(([key, { value }]) => [key, value])), inner };
  }

  private list(depth: number): Pick<Node, "value" | "inner"> {
    const inner = new Map<number, Node>();
    this.items("]", () => inner.set(inner.size, this.node(depth + 1)));
    return { value: [...inner.values()].map(({ value }) => value), inner };
  }

  private items(end: "}" | "]", item: () => void): void {
    this.at += 1;
    for (this.skip(); this.text[this.at] !== end; this.skip()) {
      item();
      this.skip();
      if (this.text[this.at] === ",") this.at += 1;
      else if (this.text[this.at] !== end) throw this.wrong(`a comma or ${end}`);
    }
    this.at += 1;
  }

  /** White space and comments. Piece by piece, as below: one pattern for all of it goes through the stack where it is long. */
  private skip(): void {
    while (this.match(space) !== undefined);
  }

  /** With its quotes. */
  private quoted(): string | undefined {
    const start = this.at;
    if (this.text[start] !== '"') return undefined;
    this.at += 1;
    while (this.match(plain) !== undefined || this.match(escape) !== undefined);
    if (this.text[this.at] !== '"') {
      this.at = start;
      return undefined;
    }
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private wrong(expected: string): SyntaxMistake {
    const next = this.text[this.at];
    const got = next === undefined ? "the end" : /[{}[\],:"']/.test(next) ? next : "something else";
    return new SyntaxMistake(this.at, `expected JSON with ${expected} here, got ${got}`);
  }
}
