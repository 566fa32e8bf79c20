import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Matrix } from "../../report/matrix/matrix.js";
import type { Report } from "../../report/model.js";

const packageDirectory = dirname(createRequire(import.meta.url).resolve("#package.json"));

const compiled = new Map<string, ValidateFunction>();

/** The first thing in which a value does not keep to a published schema, in words; null where it does. */
export function violationOf(schema: "report" | "matrix", value: unknown): string | null {
  const validate = compiled.get(schema) ?? compile(schema);
  if (validate(value)) return null;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath === "" ? "it" : error?.instancePath} ${error?.message ?? "does not keep to it"}`;
}

export const isReport = (value: unknown): value is Report => violationOf("report", value) === null;
export const isMatrix = (value: unknown): value is Matrix => violationOf("matrix", value) === null;

function compile(schema: string): ValidateFunction {
  const text = readFileSync(join(packageDirectory, `reports/${schema}.schema.json`), "utf8");
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(text) as object);
  compiled.set(schema, validate);
  return validate;
}
