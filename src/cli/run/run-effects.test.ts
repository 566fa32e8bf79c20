import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { idsOf, readReport, startCli } from "../cli.test.kit.js";
import { startProcessing, type ProcessingOptions, type ProcessingReceiver } from "../processing-receiver.test.kit.js";
import { freePort } from "../../receivers/free-port.test.kit.js";
import { runHarness, type HarnessRun } from "../../../fixtures/stacks/harness.test.kit.js";

// What is done late is waited for, and longer where the machine is busy.
vi.setConfig({ testTimeout: 240_000 });

const token = "t0ken-that-nobody-must-see";
const effects = ["--check", "retries/processes-*", "--settle", "10s"];

const sequential = ["retries/processes-a-duplicate-once", "retries/processes-once-after-a-lost-acknowledgement"];
const concurrent = "retries/processes-concurrent-duplicates-once";

type Way = (options: ProcessingOptions, args?: readonly string[]) => Promise<HarnessRun>;

/** Each way to see effects: starts a receiver and runs the effect checks against it. */
const ways: readonly [string, Way][] = [
  [
    "--probe-url",
    async (options, args = []) => runBy(await startProcessing(options), (r) => ["--probe-url", r.probeUrl], args),
  ],
  [
    "--probe-command",
    async (options, args = []) =>
      runBy(await startProcessing(options), (r) => ["--probe-command", r.probeCommand], args),
  ],
  [
    "--results-api",
    async (options, args = []) => {
      const port = await freePort();
      const receiver = await startProcessing({ ...options, results: { baseUrl: `http://127.0.0.1:${port}`, token } });
      return runBy(receiver, () => ["--results-api", String(port), "--results-token", token], args);
    },
  ],
];

function runBy(
  receiver: ProcessingReceiver,
  by: (receiver: ProcessingReceiver) => readonly string[],
  args: readonly string[],
): Promise<HarnessRun> {
  return runHarness(receiver, ...effects, ...by(receiver), ...args);
}

describe.concurrent.each(ways)("effects seen by %s", (_way, run) => {
  it("let a receiver pass that processes each session once", async () => {
    const { report } = await run({});
    expect(idsOf(report, "failed")).toEqual([]);
    expect(idsOf(report, "passed")).toEqual(expect.arrayContaining([...sequential, concurrent]));
    expect(report.target.capabilities).toContain("effects");
    expect(report.checks.find(({ id }) => id === "retries/processes-once-across-the-schedule")).toMatchObject({
      outcome: "skipped",
      reasonCode: "not-observable",
    });
  });

  it("show duplicates, concurrent ones and those after a lost acknowledgement that are processed twice", async () => {
    const { failed, exitCode } = await run({ processes: "every-time" }, ["--fail-on", "recommended"]);
    expect(failed).toEqual([...sequential, concurrent].sort());
    expect(exitCode).toBe(1);
  });

  it("do not hold it against a receiver that it works from a queue, two seconds later", async () => {
    const { report } = await run({ delayMs: 2000 }, ["--settle", "5s"]);
    expect(idsOf(report, "failed")).toEqual([]);
    expect(idsOf(report, "passed")).toEqual(expect.arrayContaining([...sequential, concurrent]));
  });
});

describe.concurrent("effects", () => {
  const byProbe: Way = async (options) => runBy(await startProcessing(options), (r) => ["--probe-url", r.probeUrl], []);

  it("show concurrent duplicates alone, where a session is looked up and then stored", async () => {
    const { failed } = await byProbe({ processes: "look-up-then-store" });
    expect(failed).toContain(concurrent);
  });

  it("say nothing of a receiver that forgets: its clock does not move where waits are skipped", async () => {
    const { report } = await byProbe({ processes: { forgetsAfterMs: 10 * 60_000 } });
    const check = report.checks.find(({ id }) => id === "retries/processes-once-across-the-schedule");
    expect(check).toMatchObject({ outcome: "skipped", reasonCode: "not-observable" });
    expect(check?.reason).toContain("run with --real-time");
  });
});

describe.concurrent("a probe that errs", () => {
  const broken = { probe: () => ({ status: 500, body: "no" }) };

  it("is in error and fails no check, and nothing is green", async () => {
    const receiver = await startProcessing(broken);
    const { report, exitCode } = await runBy(receiver, (r) => ["--probe-url", r.probeUrl], [
      "--check",
      "acknowledgement/acknowledges-with-2xx",
    ]);
    expect(idsOf(report, "failed")).toEqual([]);
    expect(idsOf(report, "error")).toEqual(expect.arrayContaining([...sequential, concurrent]));
    expect(report.checks.find(({ id }) => id === concurrent)?.reason).toBe("the probe URL failed: it answered 500");
    expect(exitCode).toBe(3);
    expect(report.verdictLine).toContain("nothing was seen of what is processed");
  });

  it("leaves the gate inconclusive where what it should have shown is gated", async () => {
    const receiver = await startProcessing(broken);
    const args = ["--check", "acknowledgement/acknowledges-with-2xx", "--fail-on", "recommended"];
    expect((await runBy(receiver, (r) => ["--probe-url", r.probeUrl], args)).exitCode).toBe(3);
  });

  it("is told by what a command said", async () => {
    const receiver = await startProcessing();
    const { report } = await runBy(receiver, () => ["--probe-command", "echo no database >&2; exit 7"], []);
    expect(report.checks.find(({ id }) => id === concurrent)).toMatchObject({
      outcome: "error",
      reason: "the probe command failed: it ended with exit code 7: no database",
    });
  });
});

describe.concurrent("--results-api", () => {
  it("judges what a receiver fetches, and keeps its token out of everything", async () => {
    const port = await freePort();
    const receiver = await startProcessing({ results: { baseUrl: `http://127.0.0.1:${port}`, token } });
    const options = ["--results-api", `127.0.0.1:${port}`, "--results-url", "http://harness.example:4000"];
    const checks = [
      "--suite",
      "results",
      "--check",
      "results/{fetches-results-by-session-id,authorizes-its-fetch,fetches-once-per-session}",
    ];
    const ended = await startCli(["run", receiver.url, "--local", ...options, "--results-token", token, ...checks])
      .ended;
    const { stdout, stderr, cwd, code } = ended;
    const report = readReport(ended);
    expect(idsOf(report, "passed")).toHaveLength(3);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`^results API: http://127.0.0.1:${port}, which the receiver sees as http://harness.example:4000\n`),
    );
    expect(report.notes).toContain(
      "The receiver is expected to fetch results from http://harness.example:4000, with the token of --results-token.",
    );
    const written = readdirSync(join(cwd, "reports")).map((name) => readFileSync(join(cwd, "reports", name), "utf8"));
    expect([stdout, stderr, ...written].join("\n")).not.toContain(token);
  });

  it("finds a receiver that fetches with another token", async () => {
    const port = await freePort();
    const receiver = await startProcessing({ results: { baseUrl: `http://127.0.0.1:${port}`, token: "another-one" } });
    const options = ["--results-api", String(port), "--results-token", token, "--settle", "1s"];
    const { failed, exitCode } = await runHarness(receiver, ...options, "--check", "results/authorizes-its-fetch");
    expect(failed).toEqual(["results/authorizes-its-fetch"]);
    expect(exitCode).toBe(1);
  });

  it("takes no port that something else listens on", async () => {
    const receiver = await startProcessing();
    const taken = new URL(receiver.url).port;
    const ended = await startCli(["run", receiver.url, "--local", "--results-api", taken, "--results-token", token])
      .ended;
    expect(ended.stderr).toBe(
      `error: --results-api 127.0.0.1:${taken}: expected an address to listen on, but something else listens there\n`,
    );
    expect(ended.code).toBe(2);
    expect(receiver.arrived).toEqual([]);
  });
});
