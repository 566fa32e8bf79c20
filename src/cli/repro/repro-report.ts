import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { platform } from "node:process";
import type { PlayedFacts } from "../../lab/played-facts.js";
import { scenarioFormats, type ScenarioFormat } from "../../lab/report/formats.js";
import { scenarioReport } from "../../lab/report/scenario-report.js";
import { prepareDirectory, writeFileAtomically } from "../output-files.js";
import { printAside } from "../print.js";
import type { ReproSettings } from "./repro-settings.js";

/** The formats that are asked for: `--open` shows the page, so it is written. */
export function formatsOf({ options }: ReproSettings): readonly ScenarioFormat[] {
  const named = options.report as readonly ScenarioFormat[];
  return [...new Set<ScenarioFormat>([...named, ...(options.open ? (["html"] as const) : [])])];
}

/** Before anything is sent. @throws UsageError `ERR_OUTPUT` for a directory that cannot be written. */
export function prepareReports(settings: ReproSettings): void {
  const formats = formatsOf(settings);
  if (formats.length === 0) return;
  prepareDirectory(
    "out",
    settings.options.out,
    formats.map((format) => scenarioFormats[format].file),
  );
}

/** @param facts with nothing secret in them. */
export async function writeScenarioReports(settings: ReproSettings, facts: readonly PlayedFacts[]): Promise<void> {
  const { options } = settings;
  const report = scenarioReport(facts);
  for (const format of formatsOf(settings)) {
    const path = join(options.out, scenarioFormats[format].file);
    const render = await scenarioFormats[format].load();
    writeFileAtomically("out", path, render(report));
    printAside(`written: ${path}`);
  }
  if (options.open) await show(resolve(options.out, scenarioFormats.html.file));
}

/** By what the user has said, or the system has for it. */
async function show(path: string): Promise<void> {
  const [command, ...args] =
    process.env["BROWSER"] !== undefined && process.env["BROWSER"] !== ""
      ? [process.env["BROWSER"]]
      : platform === "darwin"
        ? ["open"]
        : platform === "win32"
          ? ["cmd", "/c", "start", ""]
          : ["xdg-open"];
  const child = spawn(command ?? "", [...args, path], { detached: true, stdio: "ignore" });
  child.unref();
  await once(child, "spawn").catch(() => printAside(`--open: found no ${command} to show it with; open ${path}`));
}
