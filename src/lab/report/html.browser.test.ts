import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram, needsProgram, skipReason } from "../../../fixtures/stacks/requirements.test.kit.js";
import { moduleOf, closeApps } from "../app/app.test.kit.js";
import { playScenario } from "../play-scenario.js";

const executablePath = findProgram("chromium") ?? "/usr/bin/chromium";
const isMissing = skipReason("a scenario's page in Chromium", needsProgram("chromium", "chromium")) !== null;

const screens = [
  ["wide, light", { viewport: { width: 1280, height: 800 }, colorScheme: "light" }],
  ["wide, dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
  ["narrow, light", { viewport: { width: 360, height: 740 }, colorScheme: "light" }],
  ["narrow, dark", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
] as const;

describe.skipIf(isMissing)("the page of a scenario that went wrong", () => {
  let browser: Browser;
  let directory: string;
  let url: string;
  let axe: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "scenario-page-"));
    const file = join(directory, "scenario.html");
    const app = await moduleOf(`export const processed = () => 2;
      export default (request, response) => {
        request.resume();
        console.log("a line that is rather long, and then some more of it ".repeat(4));
        setTimeout(() => console.log("late"), 90_000);
        response.end();
      };`);
    await playScenario(app, "503,cut,lost-ack,delayed:65s,late-ack:25s,pass", { report: file });
    url = pathToFileURL(file).href;
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser.close();
    await closeApps();
    await rm(directory, { recursive: true });
  });

  test.each(screens)(
    "axe finds nothing, nothing is loaded, and nothing stands beside the screen: %s",
    async (_, screen) => {
      const page = await browser.newPage({ ...screen, bypassCSP: true });
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(url);
      expect(requests.filter((request) => !request.startsWith("data:"))).toEqual([url]);
      await page.evaluate(axe);
      const found: { violations: readonly { id: string }[] } = await page.evaluate("axe.run(document)");
      expect(found.violations).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      const outside = await page.evaluate(
        "[...document.querySelectorAll('svg text')].filter((e) => { const { left, right } = e.getBoundingClientRect(); return left < 0 || right > innerWidth }).map((e) => e.textContent)",
      );
      expect(outside).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
