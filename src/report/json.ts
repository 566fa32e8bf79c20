import { jsonText } from "./json-text.js";
import type { Report } from "./model.js";

/** `report.json`: the model as it is, two spaces of indentation, or with `dense` none; a newline at the end. */
export function renderJson(report: Report, { dense = false }: { readonly dense?: boolean } = {}): string {
  return `${jsonText(report, dense ? 0 : 2)}\n`;
}
