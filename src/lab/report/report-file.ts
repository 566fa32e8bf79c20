import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { UsageError } from "../../errors.js";
import type { PlayedFacts } from "../played-facts.js";
import { scenarioFormats, type ScenarioFormat } from "./formats.js";
import { scenarioReport } from "./scenario-report.js";

const byEnd: Readonly<Record<string, ScenarioFormat>> = { ".html": "html", ".md": "markdown", ".json": "json" };

/** By the end of its name. @throws UsageError `ERR_SCENARIO` for another one. */
export function scenarioFormatOf(file: string): ScenarioFormat {
  const format = byEnd[extname(file)];
  if (format !== undefined) return format;
  throw new UsageError(
    "ERR_SCENARIO",
    `report: expected a file that ends with ${Object.keys(byEnd).join(", ")}, got ${file}`,
  );
}

/** @param facts with nothing secret in them. */
export async function writeScenarioReport(file: string, facts: PlayedFacts): Promise<void> {
  const render = await scenarioFormats[scenarioFormatOf(file)].load();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, render(scenarioReport([facts])));
}
