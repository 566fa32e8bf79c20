import { renderJson } from "./json.js";
import { renderJUnit } from "./junit.js";
import type { Report } from "./model.js";

export type FormatName = "json" | "junit";

export interface ReportFormat {
  /** Name of the file, in the directory that the user chose. */
  readonly file: string;
  render(report: Report): string;
}

/** The formats that a run can write; a new one is one entry here and its name above. */
export const formats: Readonly<Record<FormatName, ReportFormat>> = {
  json: { file: "report.json", render: renderJson },
  junit: { file: "junit.xml", render: renderJUnit },
};

export const formatNames = Object.keys(formats) as readonly FormatName[];
