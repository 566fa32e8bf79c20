import { jsonText } from "./json-text.js";
import type { Report } from "./model.js";

/** `report.json`: the model as it is, two spaces of indentation, a newline at the end. */
export function renderJson(report: Report): string {
  return `${jsonText(report)}\n`;
}
