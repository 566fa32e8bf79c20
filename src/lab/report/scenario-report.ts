import { harness } from "../../package-facts.js";
import { jsonText } from "../../report/json-text.js";
import type { PlayedFacts } from "../played-facts.js";

/** What came of the scenarios of one `repro`: `reports/repro.schema.json`. Nothing in it is secret. */
export interface ScenarioReport {
  readonly schemaVersion: "1.0";
  readonly harness: { readonly name: string; readonly version: string };
  readonly scenarios: readonly PlayedFacts[];
}

export const scenarioReport = (scenarios: readonly PlayedFacts[]): ScenarioReport => ({
  schemaVersion: "1.0",
  harness,
  scenarios,
});

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

export const verdictWords: Readonly<Record<PlayedFacts["verdict"], string>> = {
  "as-expected": "As expected",
  "not-as-expected": "Not as expected",
  inconclusive: "Inconclusive",
};

/** `2 not as expected, 1 inconclusive`, the worst first. */
export function countedVerdicts(scenarios: readonly PlayedFacts[]): string {
  const order = ["not-as-expected", "inconclusive", "as-expected"] as const;
  return order
    .flatMap((verdict) => {
      const count = scenarios.filter((each) => each.verdict === verdict).length;
      return count === 0 ? [] : [`${count} ${verdictWords[verdict].toLowerCase()}`];
    })
    .join(", ");
}
