import { jsonText } from "../../report/json-text.js";
import type { ScenarioReport } from "./scenario-report.js";

interface Format {
  readonly file: string;
  readonly load: () => Promise<(report: ScenarioReport) => string>;
}

/** What a report on scenarios can be written as. */
export const scenarioFormats = {
  html: { file: "repro.html", load: async () => (await import("./html.js")).renderScenariosHtml },
  markdown: { file: "repro.md", load: async () => (await import("./markdown.js")).renderScenariosMarkdown },
  json: { file: "repro.json", load: async () => (report: ScenarioReport) => `${jsonText(report)}\n` },
} as const satisfies Readonly<Record<string, Format>>;

export type ScenarioFormat = keyof typeof scenarioFormats;

export const scenarioFormatNames = Object.keys(scenarioFormats) as readonly ScenarioFormat[];
