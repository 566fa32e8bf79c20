import { cutTo } from "../cut.js";
import { createRequire } from "node:module";
import type { ErrorObject, ValidateFunction } from "ajv";
import type * as Ajv2020 from "ajv/dist/2020.js";
import { UsageError } from "../errors.js";
import { suggestion } from "./closest.js";
import type { UserDocument } from "./document.js";
import type { Path } from "./place.js";

const require = createRequire(import.meta.url);

type Schema = Readonly<Record<string, unknown>>;

/** More would bury the first. */
const mostTold = 10;

/**
 * Sees to it that a document keeps to its JSON Schema, of whatever draft. What a value should be is the `title` of its
 * schema, or follows from it.
 * @param leave what is told elsewhere.
 * @throws UsageError with all mistakes, in their order, each with line, column and path. Texts that are free, and so
 *   may be secret, are not quoted.
 */
export function assertSchema(
  document: UserDocument,
  schema: object,
  leave: (error: ErrorObject) => boolean = () => false,
): unknown {
  const validate = compiled.get(schema) ?? compile(schema);
  if (validate(document.value)) return document.value;
  const mistakes = new Map<string, Mistake>();
  const errors = relevant((validate.errors ?? []).filter((error) => !leave(error)));
  for (const error of errors) {
    const mistake = mistakeOf(error, document, errors);
    const key = JSON.stringify([mistake.path, mistake.part]);
    if (!mistakes.has(key)) mistakes.set(key, mistake);
  }
  if (mistakes.size === 0) return document.value;
  throw new UsageError(document.code, `${document.title}, ${toldTogether(document, [...mistakes.values()])}`);
}

const compiled = new WeakMap<object, ValidateFunction>();

function compile(schema: object): ValidateFunction {
  const { $schema: _draft, ...rules } = schema as Schema;
  const { Ajv2020: Ajv } = require("ajv/dist/2020.js") as typeof Ajv2020;
  // Our own schemas are not held against the meta schema here, which takes longer to compile than all of them.
  const trusting = { meta: false, validateSchema: false };
  const validate = new Ajv({ allErrors: true, verbose: true, strict: false, ...trusting }).compile(rules);
  compiled.set(schema, validate);
  return validate;
}

interface Mistake {
  readonly path: Path;
  readonly part: "key" | undefined;
  readonly says: string;
}

function toldTogether(document: UserDocument, mistakes: readonly Mistake[]): string {
  const ordered = mistakes
    .map((mistake) => ({ ...mistake, offset: document.offsetOf(mistake.path, mistake.part) }))
    .sort((a, b) => a.offset - b.offset);
  const told = ordered.slice(0, mostTold).map(({ path, part, says }) => `${document.where(path, part)}: ${says}`);
  const left = ordered.length - told.length;
  return [...told, ...(left > 0 ? [`${left} more`] : [])].join("; and ");
}

/** Without what says the same again: the branches of an alternative, and a key that is missing since it is misspelt. */
function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unknown = errors.filter(({ keyword }) => keyword === "additionalProperties");
  return errors.filter(({ keyword, instancePath, schemaPath, params }) => {
    if (keyword === "if" || /\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath)) return false;
    const { missingProperty } = params as { missingProperty?: string };
    return !unknown.some(
      (other) =>
        missingProperty !== undefined &&
        other.instancePath === instancePath &&
        suggestion(unknownKeyOf(other), [missingProperty]) !== "",
    );
  });
}

const unknownKeyOf = ({ params }: ErrorObject): string =>
  String((params as { additionalProperty?: string }).additionalProperty);

function mistakeOf(error: ErrorObject, document: UserDocument, all: readonly ErrorObject[]): Mistake {
  const path = pathOf(error.instancePath, document.value);
  const schema = (error.parentSchema ?? {}) as Schema;
  if (error.keyword === "additionalProperties") {
    const key = unknownKeyOf(error);
    const keys = Object.keys(schema["properties"] ?? {}).filter((name) => name !== "$schema");
    const near = suggestion(key, keys) || (keys.length <= 12 ? `; there are ${keys.join(", ")}` : "");
    return { path: [...path, key], part: "key", says: `unknown key ${JSON.stringify(key)}${near}` };
  }
  if (error.keyword === "required") {
    const missing = all
      .filter(({ keyword, instancePath }) => keyword === "required" && instancePath === error.instancePath)
      .map(({ params }) => JSON.stringify((params as { missingProperty?: string }).missingProperty));
    const keys = missing.length === 1 ? "key" : "keys";
    return { path, part: undefined, says: `expected the ${keys} ${missing.join(", ")} in it, got none` };
  }
  const expected = path.length === 0 ? document.expected : expectedBy(schema);
  return {
    path,
    part: undefined,
    says: `expected ${expected}, got ${gotInPlaceOf(schema, error.data, document.isYaml)}`,
  };
}

/** What a value of this schema looks like, in words. */
function expectedBy(schema: Schema): string {
  const { title, type, enum: choices, items } = schema;
  if (typeof title === "string") return title;
  if (Array.isArray(choices)) return `one of ${choices.map(String).join(", ")}`;
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["anyOf"])) return schema["anyOf"].map((one) => expectedBy(one as Schema)).join(", or ");
  const types: readonly unknown[] = [type ?? []].flat();
  const words = types.map((name) => (name === "array" ? listOf(items) : (names[String(name)] ?? String(name))));
  return words.length === 0 ? "something else" : words.join(" or ");
}

const listOf = (items: unknown): string => {
  const each = typeof items === "object" && items !== null ? expectedBy(items as Schema) : "something else";
  return each === "something else" ? "a list" : `a list, each of it ${each}`;
};

const names: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  null: "null",
};

/** What came. A text is quoted only where no free text is expected. */
function gotInPlaceOf(schema: Schema, value: unknown, isYaml: boolean): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "boolean") return JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  const types: readonly unknown[] = [schema["type"] ?? []].flat();
  if (typeof value === "object") {
    const isColon = isYaml && types.includes("string");
    return isColon ? "an object; in YAML, a text with a colon in it stands in quotes" : "an object";
  }
  const text = value as string;
  if (text.trim() === "") return "an empty text";
  const { enum: choices = (schema["items"] as Schema | undefined)?.["enum"] } = schema;
  if (Array.isArray(choices)) {
    // As on the command line, one text may hold several.
    const words = text.split(",").map((word) => word.trim());
    const wrong = words.find((word) => !choices.includes(word)) ?? text;
    return `${quoted(wrong)}${suggestion(wrong, choices.map(String))}`;
  }
  const isScalar = types.some((type) => type === "boolean" || type === "number" || type === "integer");
  if (isScalar) return quoted(text);
  return types.includes("string") || "pattern" in schema || "const" in schema ? "another text" : "a text";
}

const quoted = (text: string): string => JSON.stringify(cutTo(60, text));

/** A JSON pointer, with numbers where it passes through lists. */
function pathOf(pointer: string, value: unknown): Path {
  let inner = value;
  const steps = pointer === "" ? [] : pointer.slice(1).split("/");
  return steps.map((escaped) => {
    const step = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    const key = Array.isArray(inner) ? Number(step) : step;
    inner = (inner as Record<string | number, unknown>)[key];
    return key;
  });
}
