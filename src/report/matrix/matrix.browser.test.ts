import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram, needsProgram, skipReason } from "../../../fixtures/stacks/requirements.test.kit.js";
import { mismatch, reportOf } from "../report.test.kit.js";
import { renderMatrixHtml } from "./html.js";
import { matrixBuilder } from "./matrix.js";

const executablePath = findProgram("chromium") ?? "/usr/bin/chromium";
const isMissing = skipReason("the matrix in Chromium", needsProgram("chromium", "chromium")) !== null;

/** Receivers of every kind, and more checks than a screen is wide. */
function page(): string {
  const ids = Array.from({ length: 60 }, (_, index) => `suite-${index % 5}/does-what-a-good-receiver-does-${index}`);
  const builder = matrixBuilder();
  for (const outcome of ["passed", "failed", "not-run", "error", "skipped"] as const) {
    const mismatches = outcome === "failed" ? [{ ...mismatch, actual: "<img src=x onerror=alert(1)>" }] : [];
    const reason = outcome === "not-run" ? "the receiver is unreachable" : null;
    const checks = Object.fromEntries(ids.map((id) => [id, { outcome, mismatches, reason }]));
    const gates = { passed: "passed", skipped: "passed", failed: "failed" } as const;
    const gate = {
      outcome: gates[outcome as keyof typeof gates] ?? "inconclusive",
      levels: ["required"],
      exitCode: 0,
    } as const;
    builder.add(reportOf(checks, { gate }), {
      name: `receiver-${outcome}`,
      files: { html: `receiver-${outcome}/report.html` },
    });
  }
  const names = ["passed", "failed", "not-run", "error", "skipped"].map((outcome) => `receiver-${outcome}`);
  const harness = { name: "webhook-conformance", version: "0.1.0" };
  const facts = { harness, startedAt: "2026-01-02T03:04:05.678Z", durationMs: 1000, notes: ["Shard 1 of 2."] };
  return renderMatrixHtml(builder.build(facts, names));
}

describe.skipIf(isMissing)(`the matrix in Chromium (skipped where there is no ${executablePath})`, () => {
  let browser: Browser;
  let axe: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });
  afterAll(() => browser.close());

  it.each([
    ["desktop", "light", { width: 1280, height: 800 }],
    ["desktop", "dark", { width: 1280, height: 800 }],
    ["phone", "light", { width: 390, height: 844 }],
  ] as const)(
    "on a %s, %s: axe finds nothing, and only the grid is wider than the screen",
    async (_, colorScheme, viewport) => {
      const tab = await browser.newPage({ viewport, colorScheme, bypassCSP: true });
      const complaints: string[] = [];
      tab.on("dialog", (dialog) => complaints.push(dialog.message()));
      tab.on("request", (request) => complaints.push(request.url()));
      await tab.setContent(page());
      await tab.evaluate(axe);
      const violations = await tab.evaluate<string[]>(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))",
      );
      expect(violations).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await tab.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width);
      await tab.close();
    },
  );

  it("keeps the receivers and the checks in sight while it is scrolled", async () => {
    const tab = await browser.newPage({ viewport: { width: 800, height: 600 } });
    await tab.setContent(page());
    const name = tab.locator("tbody .name").first();
    const before = await name.boundingBox();
    await tab.locator(".scroll").evaluate((grid) => ((grid as unknown as { scrollLeft: number }).scrollLeft = 1000));
    expect((await name.boundingBox())?.x).toBe(before?.x);
    await tab.close();
  });
});
