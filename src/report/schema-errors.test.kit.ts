import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Report } from "./model.js";

const schema = JSON.parse(readFileSync(new URL("../../reports/report.schema.json", import.meta.url), "utf8")) as object;
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

/** What of it breaks the schema; null where nothing does. */
export function schemaErrorsOf(report: Report): unknown {
  validate(JSON.parse(JSON.stringify(report)));
  return validate.errors ?? null;
}
