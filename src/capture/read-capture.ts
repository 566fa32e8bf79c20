import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { UsageError } from "../errors.js";
import { suggestion } from "../input/closest.js";
import type { Capture } from "./capture.js";
import { captureSchema } from "./capture-schema.js";

/**
 * Reads a capture file.
 * @param source how a message calls it, such as `--callback capture.json`.
 * @throws UsageError `ERR_CAPTURE` that names the key, what was expected and what kind of value came.
 */
export function readCapture(text: string, source: string): Capture {
  const value = parsed(text, source);
  const validate = new Ajv2020({
    verbose: true,
    allErrors: true,
    strictTypes: false,
    strictTuples: false,
  }).compile<Capture>(captureSchema);
  if (validate(value)) return value;
  const errors = validate.errors ?? [];
  // A mistyped key is missing as well; what is there says more.
  throw unusable(source, sentenceOf(errors.find(({ keyword }) => keyword === "additionalProperties") ?? errors[0]));
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    // What the parser says may quote the file.
    throw unusable(source, "expected JSON, as receiver --capture writes it, got something else");
  }
}

function sentenceOf(error: ErrorObject | undefined): string {
  const { keyword, params, parentSchema, data } = error ?? {};
  const { additionalProperty, missingProperty } = (params ?? {}) as Record<string, string | undefined>;
  const known = Object.keys((parentSchema?.["properties"] ?? {}) as object);
  const keys = (error?.instancePath ?? "").split("/").slice(1);
  const under = keys.length === 0 ? "" : ` in "${keys.join(".")}"`;
  if (additionalProperty !== undefined) {
    return `unknown key "${additionalProperty}"${under}${suggestion(additionalProperty, known)}`;
  }
  if (missingProperty !== undefined) return `expected the key "${missingProperty}"${under}, got none`;
  const isText = keyword === "pattern" || ((keyword === "const" || keyword === "enum") && typeof data === "string");
  const got = isText ? "another text" : kindOf(data);
  return `${keys.length === 0 ? "" : `"${keys.join(".")}": `}expected ${String(parentSchema?.["description"])}, got ${got}`;
}

/** Never the value, which may be a secret. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const kinds: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    boolean: "true or false",
    object: "an object",
  };
  return kinds[typeof value] ?? "something else";
}

const unusable = (source: string, what: string): UsageError => new UsageError("ERR_CAPTURE", `${source}: ${what}`);
