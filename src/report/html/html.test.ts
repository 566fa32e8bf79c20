import { describe, expect, it } from "vitest";
import type { Report, ReportAttempt, ReportCheck } from "../model.js";
import { sampleReport } from "../sample-report.test.kit.js";
import { failingRun, secretOfTheRun } from "./failing-run.test.kit.js";
import { renderHtml } from "./html.js";
import { batch } from "../../contract/batch.js";
import { contractFacts } from "../contract-facts.js";

const promisedBytes = 300_000;
const bytesOf = (page: string): number => Buffer.byteLength(page, "utf8");
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const sample = sampleReport();
const [failed] = sample.checks as [ReportCheck];
const [, answered] = failed.attempts as [ReportAttempt, ReportAttempt];

/** The sample with its first check, which failed, changed. */
const withCheck = (change: Partial<ReportCheck>, rest: Partial<Report> = {}): Report => ({
  ...sample,
  ...rest,
  checks: [{ ...failed, ...change }, ...sample.checks.slice(1)],
});

/** Which of the texts the page lacks: a page is too long to be read in a message. */
const lacking = (page: string, texts: readonly string[]): string[] =>
  texts.filter((text) => !page.includes(escaped(text)));

/** What stands in the page between `id="…"` of a check and the end of the check. */
function partOf(page: string, id: string): string {
  const start = page.indexOf(`id="${id}"`);
  expect(start).toBeGreaterThan(0);
  return page.slice(start, page.indexOf("data-outcome", start + id.length + 60));
}

describe("renderHtml", () => {
  it("tells verdict, target, version, date and gate", () => {
    const page = renderHtml(sample);
    expect(page.startsWith("<!doctype html>")).toBe(true);
    const facts = [
      "Non-conformant",
      sample.verdictLine,
      sample.target.url,
      "webhook-conformance 0.1.0",
      "2026-01-02 03:04:05 UTC",
      "exit code 1",
      "42, nonce 9f3c",
      "credentials",
      "X-Api-Key",
      ...sample.notes,
    ];
    expect(lacking(page, facts)).toEqual([]);
  });

  it("begins a cause as a sentence, unless it begins with the id of a check", () => {
    const cause = { id: "one", fix: "Mend it.", checks: [failed.id] };
    const said = (says: string): string => renderHtml({ ...sample, causes: [{ ...cause, says }] });
    expect(lacking(said("a redirect is answered"), ["A redirect is answered"])).toEqual([]);
    expect(lacking(said("payload/takes-it: got 500"), ["payload/takes-it: got 500"])).toEqual([]);
    expect(said("a redirect")).not.toMatch(/\.says::first-letter/);
  });

  it("holds every check once, with an anchor", () => {
    const page = renderHtml(sample);
    for (const { id } of sample.checks) expect(page.split(`id="${id}"`)).toHaveLength(2);
  });

  it("states every clause and every decision", () => {
    const page = renderHtml(sample);
    const statements = sample.clauses.map(({ statement }) => statement);
    const decisions = (sample.contract?.decisions ?? []).flatMap(({ decision, reason }) => [decision, reason]);
    expect(lacking(page, [...statements, ...decisions])).toEqual([]);
  });

  it("says of a failure what was expected, what came, how to fix it, by which clause, and how to see it again", () => {
    const part = partOf(renderHtml(sample), failed.id);
    const mismatches = failed.mismatches.flatMap(({ expected, actual, where }) => [expected, actual, where]);
    expect(lacking(part, [...mismatches, failed.hint ?? "", "response/2xx", failed.reproduce ?? ""])).toEqual([]);
    expect(part).toContain(`href="${sample.contract?.documentUrl}"`);
  });

  it("shows a likely cause apart from its remedy", () => {
    const hint = "Likely cause: a redirect, see RFC 9110. Configure the address that answers. Twice.";
    const part = partOf(renderHtml(withCheck({ hint })), failed.id);
    expect(part).toContain("<dt>Likely cause</dt><dd>a redirect, see RFC 9110</dd>");
    expect(part).toContain('<dd class="fix">Configure the address that answers. Twice.</dd>');
  });

  it("puts failures first, by level", () => {
    const page = renderHtml(sample);
    const places = ["fix-required", "fix-recommended", "fix-hardening", "section-error", "section-passed"].map((id) =>
      page.indexOf(`id="${id}"`),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("gives each exchange both clocks", () => {
    const part = partOf(renderHtml(sample), failed.id);
    expect(part).toContain("schedule 00:03:00");
    expect(part).toContain("wall clock 03:04:06.000");
    expect(part).toContain("took 31 ms");
  });

  it("draws a delivery with all six points of the schedule, and tells it in words", () => {
    const part = partOf(renderHtml(sample), failed.id);
    for (const point of [">0<", ">1<", ">3<", ">8<", ">23<", ">53 min<"]) expect(part).toContain(point);
    expect(part).toContain("attempt 1 at 00:00:00: reset after 31 ms; attempt 3 at 00:03:00: 503 Service Unavailable");
    expect(part).toContain("deadline of 20 s");
  });

  it("draws no delivery where a session came once", () => {
    expect(partOf(renderHtml(withCheck({ attempts: [answered] })), failed.id)).not.toContain("Delivery of session");
  });

  it("shows measured answer times with their percentiles", () => {
    const part = partOf(renderHtml(sample), "payload/accepts-unknown-fields");
    expect(part).toContain("How long 50 answers took");
    for (const text of ["p50 3.1 ms", "p95 7.4 ms", "p99 9.8 ms", "38 up to 4 ms"]) expect(part).toContain(text);
  });

  it("names a known failure and its reason", () => {
    expect(partOf(renderHtml(withCheck({ knownFailure: "Mended in spring." })), failed.id)).toContain(
      "Mended in spring.",
    );
  });

  it("shows twenty equal exchanges once, and of the others what sets them apart", () => {
    const headers = (date: string) => [["Server", "made-up/1"] as const, ["Date", date] as const];
    const attempts = ["Mon", "Tue", "Wed"].map((date) => ({
      ...answered,
      number: 1,
      virtualOffsetMs: 0,
      response: answered.response && { ...answered.response, headers: headers(date) },
    }));
    const part = partOf(renderHtml(withCheck({ attempts })), failed.id);
    expect(part.split("made-up/1")).toHaveLength(2);
    expect(part).toContain("<pre>Date: Tue</pre>");
    expect(part).toContain("<pre>Date: Wed</pre>");
  });

  it("numbers exchanges as mismatches do, also past those that were not kept", () => {
    const where = (number: number) => ({ expected: "a 2XX", actual: "503", where: `callback ${number}` });
    const sessions = [1, 2, 3].map((number) => ({ ...answered, sessionId: `session-${number}`, number: 1 }));
    const part = partOf(renderHtml(withCheck({ attempts: sessions, mismatches: [where(2), where(87)] })), failed.id);
    expect(part).toMatch(/@2"[^>]*><p[^>]*><strong>callback 2</);
    expect(part).toMatch(/@3"[^>]*><p[^>]*><strong>callback 87</);
    expect(part).toContain(`href="#${failed.id}@3">callback 87</a>`);
  });

  it("keeps the receiver's text from being markup, wherever it stands", () => {
    const attack = '"></pre></script><script>alert(1)</script><img src=x onerror=alert(1)>';
    const hostile: ReportCheck = {
      ...failed,
      mismatches: [{ expected: attack, actual: attack, where: attack }],
      hint: attack,
      notes: [attack],
      reproduce: attack,
      knownFailure: attack,
      title: attack,
      attempts: [
        {
          ...answered,
          label: attack,
          sessionId: attack,
          request: { method: attack, url: attack, headers: [[attack, attack]], body: attack },
          response: { status: 200, statusText: attack, headers: [[attack, attack]], body: attack, bodyEnd: "complete" },
        },
        { ...answered, response: null, error: { reason: attack, code: attack, message: attack } },
      ],
    };
    const page = renderHtml({ ...withCheck(hostile), notes: [attack], verdictLine: attack, seed: attack });
    expect(lacking(page, ["<script>alert(1)"])).toEqual([]);
    expect(page.match(/<(script|img)/g)).toEqual(["<script"]);
  });

  it("writes control characters out, and keeps the lines of a body", () => {
    const body = "one\ttab\r\ntwo\u0000\u001b[31m\u202etxt";
    const attempts = [{ ...answered, response: answered.response && { ...answered.response, body } }];
    const page = renderHtml(withCheck({ attempts, hint: "a\u001b[2Jb" }));
    expect(lacking(page, ["one\ttab\ntwo\\x00\\x1b[31m\\u202etxt", "a\\x1b[2Jb"])).toEqual([]);
    expect(page.match(/(?![\t\n])[\p{Cc}\u202a-\u202e]/gu)).toBeNull();
  });

  it("makes links of web addresses alone", () => {
    const contract = { ...contractFacts(batch), documentUrl: "javascript:alert(1)" };
    const target = { ...sample.target, url: "javascript:alert(2)" };
    const page = renderHtml({ ...sample, contract, target });
    expect([...page.matchAll(/href="([^"]*)"/g)].filter(([, url = ""]) => !/^(#|data:,$)/.test(url))).toEqual([]);
  });

  it("is the same page each time", () => {
    expect(renderHtml(sampleReport()) === renderHtml(sampleReport())).toBe(true);
  });
});

describe("the size of the page", () => {
  const pageOf = (bytes: number): string => "<p>x</p>".repeat(Math.ceil(bytes / 8));
  const exchanges = (count: number, bodyBytes: number, mark: string): ReportAttempt[] =>
    Array.from({ length: count }, (_, index) => ({
      ...answered,
      number: 1,
      virtualOffsetMs: 0,
      sessionId: `session-${mark}-${index}`,
      label: `${mark}-${index}`,
      response: answered.response && { ...answered.response, body: `${mark}-${index}-${pageOf(bodyBytes)}` },
    }));

  it("stays under 300 KB for a whole run, with the evidence of its failures and without a secret", async () => {
    const report = await failingRun();
    const page = renderHtml(report);
    expect(report.checks.length).toBeGreaterThan(80);
    expect(bytesOf(page)).toBeLessThan(promisedBytes);
    expect(page.includes(secretOfTheRun)).toBe(false);
    expect(page.includes("more exchange")).toBe(false);
  });

  it("leaves out exchanges of passing checks first, and says so", () => {
    const passing = sample.checks.map((check, index) =>
      check.outcome === "passed" ? { ...check, attempts: exchanges(60, 1024, `quiet${index}`) } : check,
    );
    const [, ...rest] = passing;
    const loud = { ...failed, attempts: exchanges(20, 2048, "loud") };
    const page = renderHtml({ ...sample, checks: [loud, ...rest] });
    expect(bytesOf(page)).toBeLessThan(promisedBytes);
    expect(
      lacking(
        page,
        Array.from({ length: 20 }, (_, index) => `loud-${index}-`),
      ),
    ).toEqual([]);
    expect(/To keep this page small, \d+ exchanges are left out/.test(page)).toBe(true);
    expect(/\d+ (more )?exchanges left out to keep this page small; the JSON report has them/.test(page)).toBe(true);
  });

  it("keeps of too many failures what their mismatches point at", () => {
    const checks = Array.from({ length: 82 }, (_, index) => ({
      ...failed,
      id: `acknowledgement/fails-${index}`,
      mismatches: [{ expected: "a 2XX", actual: "503", where: "callback 41" }],
      reproduce: `curl ${"x".repeat(30_000)}`,
      attempts: exchanges(60, 8192, `loud${index}`),
    }));
    const page = renderHtml({ ...sample, checks });
    expect(bytesOf(page)).toBeLessThan(promisedBytes);
    expect(lacking(page, ["loud7-40-", "The curl line is too long for this page"])).toEqual([]);
    expect(/\[cut: \d+ of 8,\d+ bytes shown\]/.test(page)).toBe(true);
  });
});
