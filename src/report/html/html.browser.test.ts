import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findProgram, needsProgram, skipReason } from "../../../fixtures/stacks/requirements.test.kit.js";
import type { Report } from "../model.js";
import { failingRun, secretOfTheRun } from "./failing-run.test.kit.js";
import { renderHtml } from "./html.js";

const executablePath = findProgram("chromium") ?? "/usr/bin/chromium";
const isMissing = skipReason("the report in Chromium", needsProgram("chromium", "chromium")) !== null;

const flags =
  "--no-sandbox --disable-gpu --in-process-gpu --disable-quic --no-first-run --disable-background-networking " +
  "--disable-component-update --disable-sync";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

describe.skipIf(isMissing)(`the report in Chromium (skipped where there is no ${executablePath})`, () => {
  let browser: Browser;
  let report: Report;
  let directory: string;
  let url: string;
  let axe: string;

  beforeAll(async () => {
    [browser, report, axe, directory] = await Promise.all([
      chromium.launch({ executablePath, headless: true, args: flags.split(" ") }),
      failingRun(),
      readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
      mkdtemp(join(tmpdir(), "html-report-")),
    ]);
    const file = join(directory, "report.html");
    await writeFile(file, renderHtml(report));
    url = pathToFileURL(file).href;
  });
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true });
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  interface Opened {
    readonly page: Page;
    readonly requests: readonly string[];
    readonly complaints: readonly string[];
  }

  async function open(fragment = "", options: Parameters<Browser["newPage"]>[0] = {}): Promise<Opened> {
    const page = await browser.newPage({ viewport: desktop, ...options });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(url + fragment);
    return { page, requests, complaints };
  }

  const countOf = (...outcomes: readonly string[]): number =>
    report.checks.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const visible = (page: Page): Promise<string[]> =>
    page.evaluate(`[...document.querySelectorAll("[data-outcome]")].filter((e) => !e.hidden).map((e) => e.id)`);
  const idsWhere = (wanted: (check: Report["checks"][number]) => boolean): string[] =>
    report.checks.filter(wanted).map(({ id }) => id);

  /** Presses Tab until the focus is where the expression holds for the focused element `e`. */
  async function tabTo(page: Page, holds: string): Promise<void> {
    for (let presses = 0; presses < 100; presses++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(`((e) => ${holds})(document.activeElement)`)) return;
    }
    throw new Error(`no element that takes the focus satisfies ${holds}`);
  }

  it("has failures of every level to show", () => {
    for (const level of ["required", "recommended", "hardening"] as const) {
      expect(report.summary[level].failed).toBeGreaterThan(0);
    }
  });

  it("loads nothing, runs nothing that the receiver sent, violates no policy and holds no secret", async () => {
    const { page, requests, complaints } = await open();
    expect(requests.filter((request) => !request.startsWith("data:"))).toEqual([url]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate("window.pwned")).toBeUndefined();
    expect(await page.locator("img, iframe, object, [onerror], main style, main script").count()).toBe(0);
    expect(await page.content()).not.toContain(secretOfTheRun);
  });

  it("says in the first screenful whether it is conformant, and what to fix first", async () => {
    for (const viewport of [desktop, phone]) {
      const { page } = await open("", { viewport });
      const wanted = [
        "h1",
        ".target",
        ".hero time",
        ".verdict .lead",
        ".levels tbody tr:last-child",
        ".causes li .says",
      ];
      for (const selector of wanted) {
        const box = await page.locator(selector).first().boundingBox();
        expect((box?.y ?? Infinity) + (box?.height ?? 0), selector).toBeLessThanOrEqual(viewport.height);
      }
    }
  });

  it("filters by keyboard alone, and says so to a screen reader", async () => {
    const { page } = await open();
    await tabTo(page, `e.matches("#filter summary")`);
    await page.keyboard.press("Enter");
    await tabTo(page, `e.value === "failed"`);
    await page.keyboard.press("Space");
    await tabTo(page, `e.value === "hardening"`);
    await page.keyboard.press("Space");
    const ids = idsWhere(({ outcome, level }) => outcome === "failed" && level === "hardening");
    expect(await visible(page)).toEqual(ids);
    expect(await page.getByRole("status").textContent()).toBe(`${ids.length} of ${report.checks.length} checks`);
    expect(page.url()).toBe(`${url}#outcome=failed&level=hardening`);
    expect(await page.getByRole("heading", { name: "Passed" }).isVisible()).toBe(false);
  });

  it("widens within one kind and narrows between kinds", async () => {
    const { page } = await open("#outcome=failed,skipped&suite=retries");
    expect((await visible(page)).sort()).toEqual(
      idsWhere(({ outcome, suite }) => suite === "retries" && ["failed", "skipped"].includes(outcome)).sort(),
    );
  });

  it("restores the filter of a link, and forgets it on demand", async () => {
    const { page } = await open("#outcome=failed");
    expect(await visible(page)).toHaveLength(countOf("failed"));
    expect(await page.getByRole("checkbox", { name: /^failed/ }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => visible(page)).toHaveLength(report.checks.length);
    expect(page.url()).toBe(`${url}#`);
  });

  it("leads from a count to the checks behind it", async () => {
    const { page } = await open();
    await page.getByRole("link", { name: `${report.summary.hardening.failed} hardening failed` }).click();
    await expect
      .poll(() => visible(page))
      .toEqual(idsWhere(({ outcome, level }) => outcome === "failed" && level === "hardening"));
  });

  it("opens the check that a link leads to", async () => {
    const [id = ""] = idsWhere(({ outcome }) => outcome === "passed");
    const { page } = await open(`#${id}`);
    const check = page.locator(`[id="${id}"]`);
    expect(await check.getAttribute("open")).not.toBeNull();
    await expect.poll(async () => (await check.boundingBox())?.y).toBeLessThan(desktop.height);
  });

  it("shows the check of a link that the filter had hidden", async () => {
    const { page } = await open("#outcome=failed");
    const [id = ""] = idsWhere(({ outcome }) => outcome === "passed");
    await page.evaluate(`location.hash = "#${id}"`);
    await expect.poll(() => page.locator(`[id="${id}"]`).isVisible()).toBe(true);
  });

  it("leads from a mismatch to its exchange", async () => {
    const id = "retries/acknowledges-every-scheduled-attempt";
    const { page } = await open(`#${id}`);
    await page.locator(`[id="${id}"] .mismatches a`, { hasText: "attempt 3 at 00:03:00" }).click();
    const exchange = page.locator(`[id="${id}@3"]`);
    await expect.poll(() => exchange.isVisible()).toBe(true);
    expect(await exchange.textContent()).toContain("503 Service Unavailable");
  });

  it("draws attempts where the schedule has them", async () => {
    const { page } = await open("#retries/acknowledges-every-scheduled-attempt");
    const picture = page.locator('[id="retries/acknowledges-every-scheduled-attempt"] .delivery .plot > svg');
    const centres: number[] = [];
    for (const mark of await picture.locator(".attempt .mark").all()) {
      const box = await mark.boundingBox();
      centres.push((box?.x ?? 0) + (box?.width ?? 0) / 2);
    }
    const [first = 0, last = 0] = [centres[0], centres.at(-1)];
    const minutes = centres.map((x) => Math.round(((x - first) / (last - first)) * 53 * 10) / 10);
    for (const [index, minute] of [0, 1, 3, 8, 23, 53].entries()) expect(minutes[index]).toBeCloseTo(minute, 0);
    expect(await picture.getAttribute("aria-label")).toContain("attempt 3 at 00:03:00: 503 Service Unavailable");
  });

  it("can be read without a script", async () => {
    const { page } = await open("", { javaScriptEnabled: false });
    expect(await page.locator("[data-outcome]").count()).toBe(report.checks.length);
    expect(await page.locator("#filter").isVisible()).toBe(false);
    await page.locator(".failure > summary").first().click();
    const wire = page.locator("details.wire").first();
    await wire.locator("summary").click();
    expect(await wire.locator("pre").first().isVisible()).toBe(true);
  });

  it("leads from a cause to the checks that it explains, folded until then", async () => {
    const { page } = await open();
    const link = page.locator(".causes li a").first();
    const id = await link.textContent();
    const card = page.locator(`[id="${id}"]`);
    expect(await card.getAttribute("open")).toBeNull();
    await link.click();
    await expect.poll(() => card.getAttribute("open")).not.toBeNull();
  });

  it("searches ids and titles, and opens what it finds", async () => {
    const { page } = await open();
    await page.locator("#filter summary").click();
    await page.locator("#search").fill("unknown fields");
    const shown = await visible(page);
    expect(shown).toContain("payload/accepts-unknown-fields");
    expect(shown.length).toBeLessThan(5);
    expect(await page.locator('[id="payload/accepts-unknown-fields"]').isVisible()).toBe(true);
  });

  it("prints causes and failures without the exchanges, and no controls", async () => {
    const { page } = await open();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.locator(".failure .mismatches").first().isVisible()).toBe(true);
    expect(await page.locator(".failure .exchange pre").first().isVisible()).toBe(false);
    expect(await page.locator("#filter").isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  });

  describe.each([
    { name: "desktop, light", viewport: desktop, colorScheme: "light" as const },
    { name: "desktop, dark", viewport: desktop, colorScheme: "dark" as const },
    { name: "phone, light", viewport: phone, colorScheme: "light" as const },
    { name: "phone, dark", viewport: phone, colorScheme: "dark" as const },
  ])("on $name", ({ viewport, colorScheme }) => {
    it("gives axe nothing to find, folded or unfolded, and never scrolls sideways", async () => {
      const { page } = await open("", { viewport, colorScheme });
      await page.evaluate(axe);
      const run = `axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" ")))`;
      expect(await page.evaluate(run)).toEqual([]);
      await page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = true`);
      expect(await page.evaluate(run)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width);
    });
  });
});
