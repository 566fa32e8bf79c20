import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { UserDocument } from "../../input/document.js";
import { assertSchema } from "../../input/schema-mistakes.js";
import type { Matrix } from "../../report/matrix/matrix.js";
import type { Report } from "../../report/model.js";

const packageDirectory = dirname(createRequire(import.meta.url).resolve("#package.json"));

const schemas = new Map<string, object>();

/** @throws UsageError with everything in which a document does not keep to the published schema. */
export const assertReport = (document: UserDocument): Report => assertSchema(document, schemaOf("report")) as Report;

/** The same of a matrix. @throws UsageError */
export const assertMatrix = (document: UserDocument): Matrix => assertSchema(document, schemaOf("matrix")) as Matrix;

function schemaOf(name: "report" | "matrix"): object {
  const text = (): string => readFileSync(join(packageDirectory, `reports/${name}.schema.json`), "utf8");
  const schema = schemas.get(name) ?? (JSON.parse(text()) as object);
  schemas.set(name, schema);
  return schema;
}
