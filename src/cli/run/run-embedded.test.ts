import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { suites } from "../../../suites/index.js";
import { batch } from "../../contract/batch.js";
import type { Report } from "../../report/model.js";
import { suitesUnder } from "../../runner/suites-under.js";
import { readReport, runCli, startCli, temporaryDirectory } from "../cli.test.kit.js";

const checks = suitesUnder(batch, suites).flatMap((suite) => suite.checks);

describe("a run of the embedded receiver", () => {
  let first: Awaited<ReturnType<typeof runCli>> & { report: Report; journal: string; junit: string };
  let second: Report;
  beforeAll(async () => {
    const [one, two] = await Promise.all([runEmbedded(), runEmbedded()]);
    first = one;
    second = two.report;
  }, 240_000);

  it("finds the reference receiver conformant", () => {
    expect(first.report.verdict).toBe("conformant");
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/verdict: conformant: .*\n(.*\n)*gate: passed on required; exit code 0/);
  });

  it("writes a report that keeps to the schema, and JUnit", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../reports/report.schema.json", import.meta.url), "utf8"),
    ) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    validate(first.report);
    expect(validate.errors).toBeNull();
    expect(first.report.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
    expect(first.junit).toContain("<testsuites");
  });

  it("declares what can be seen of it", () => {
    expect(first.report.target.capabilities).toEqual(["credentials", "effects", "results-api"]);
  });

  it("checks authentication, TLS, effects and fetches too", () => {
    const passed = first.report.checks.filter(({ outcome }) => outcome === "passed").map(({ id }) => id);
    expect(passed).toContain("authentication/refuses-wrong-credentials");
    expect(passed).toContain("callback-url/presents-a-trusted-certificate");
    expect(passed).toContain("retries/processes-concurrent-duplicates-once");
    expect(passed).toContain("results/keeps-the-session-id-in-its-path-segment");
  });

  it("leaves a journal with a line for each check", () => {
    const [header, ...ended] = first.journal
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(header).toMatchObject({ kind: "run", seed: "42", nonce: "", checks: checks.length });
    expect(ended).toHaveLength(checks.length);
  });

  it("sends as many requests as --dry-run says, check by check", async () => {
    const { stdout } = await runCli(["run", "--embedded", "--dry-run", "--json"]);
    const planned = Object.assign(
      {},
      ...(JSON.parse(stdout) as { suites: { requestsByCheck: object }[] }).suites.map((suite) => suite.requestsByCheck),
    ) as Record<string, number>;
    const kept = first.report.checks.filter(({ id, attempts }) => attempts.length > 0 && (planned[id] ?? 0) > 0);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.map(({ id, attempts }) => [id, attempts.length])).toEqual(kept.map(({ id }) => [id, planned[id]]));
  });

  it("reports the same for the same seed", () => {
    expect(comparable(second)).toEqual(comparable(first.report));
  });

  it("tells a line for each suite where it can redraw none, without a colour", () => {
    expect(first.stdout.match(/^[\w-]+: \d+ passed \(/gm)?.length).toBeGreaterThan(5);
    expect(first.stderr + first.stdout).not.toContain("\u001b");
  });
});

it.each([
  ["at once", "throw new Error('broken')", "Error: broken"],
  ["while it serves", "setTimeout(() => { throw new Error('broken'); }, 1000)", "Error: broken"],
  ["silently", "process.exit(0)", "Error: the embedded receiver's thread ended with exit code 0"],
])("an embedded receiver whose thread breaks %s is told as our fault", async (_, breaks, says) => {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, "breaks.cjs"), `if (!require("node:worker_threads").isMainThread) ${breaks};`);
  const env = { NODE_OPTIONS: "--require ./breaks.cjs" };
  const { code, stderr } = await startCli(["--embedded", "--quiet"], { cwd, env }).ended;
  expect(stderr).toMatch(/^error: a fault of the harness, not of the receiver/);
  expect([code, stderr.includes(says)]).toEqual([70, true]);
});

describe("what a run prints", () => {
  const few = ["--embedded", "--check", "acknowledgement/acknowledges-with-2xx"];

  it("--json: the report, and nothing else on stdout", async () => {
    const { stdout, cwd } = await runCli([...few, "--json"]);
    expect(JSON.parse(stdout)).toEqual(readReport({ cwd }));
  });

  it("--quiet: the receiver, verdict and gate", async () => {
    const { stdout, stderr } = await runCli([...few, "--quiet"]);
    expect(stdout).toMatch(
      /^receiver: the embedded one, https:.*\nverdict: conformant in the 1 of \d+ .*\ngate: passed on required; exit code 0 .*\n$/,
    );
    expect(stderr).toBe("");
  });

  it("FORCE_COLOR: colour", async () => {
    expect((await runCli([...few, "--quiet"], { env: { FORCE_COLOR: "1" } })).stdout).toContain("\u001b[32m");
  });

  it("NO_COLOR: none, whatever else is set", async () => {
    const env = { FORCE_COLOR: "1", NO_COLOR: "1" };
    expect((await runCli([...few, "--quiet"], { env })).stdout).not.toContain("\u001b");
  });

  it("--report and --out: those reports, there", async () => {
    const { cwd } = await runCli([...few, "--report", "junit", "--out", "a/b"]);
    expect(existsSync(join(cwd, "a/b/junit.xml"))).toBe(true);
    expect(existsSync(join(cwd, "a/b/report.json"))).toBe(false);
  });

  it("--dry-run: what would be sent; it writes nothing", async () => {
    const { code, stdout, cwd } = await runCli([...few, "--dry-run"]);
    expect(stdout).toMatch(/X-Api-Key: \[redacted\]/);
    expect(stdout).toMatch(/acknowledgement +1 check, 0 callbacks/);
    expect(existsSync(join(cwd, "reports"))).toBe(false);
    expect(code).toBe(0);
  });
});

async function runEmbedded() {
  const cwd = temporaryDirectory();
  const ended = await runCli(["--embedded", "--seed", "42"], { cwd });
  const read = (name: string): string => readFileSync(join(cwd, "reports", name), "utf8");
  return { ...ended, report: readReport(ended), journal: read("journal.jsonl"), junit: read("junit.xml") };
}

/**
 * The report without times, ports and latencies, nor what came back of a single request: an answer that comes before all was
 * sent may be overtaken by the end of the connection.
 */
function comparable(report: Report): unknown {
  const differing = new Set(["startedAt", "durationMs", "latencies", "response", "error"]);
  const text = JSON.stringify(report, (key, value: unknown) => (differing.has(key) ? null : value));
  return JSON.parse(text.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:0"));
}
