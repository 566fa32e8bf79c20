import { expect, it } from "vitest";
import { idsOf, readReport, runCli } from "../cli.test.kit.js";
import { startProcessing } from "../processing-receiver.test.kit.js";

const secret = "s3cret-of-the-test-clock";

it("a command that fails is an error of the set-up, and what it complains of holds no secret", async () => {
  const receiver = await startProcessing();
  const complaint = `echo "no clock at http://app:${secret}@localhost/" >&2; exit 7`;
  const args = ["--local", "--check", "retries/*", "--probe-url", receiver.probeUrl, "--advance-command"];
  const ended = await runCli(["run", receiver.url, ...args, `${complaint}; http://app:${secret}@localhost/`]);
  const report = readReport(ended);
  expect(idsOf(report, "failed")).toEqual([]);
  const { outcome, reason } = report.checks.find(({ id }) => id === "retries/processes-once-across-the-schedule") ?? {};
  expect([outcome, reason]).toEqual([
    "error",
    "the advance command failed: it ended with exit code 7: no clock at http://[redacted]@localhost/",
  ]);
  // A required check needs the minutes to pass, too.
  expect(ended.code).toBe(3);
  expect(JSON.stringify([ended.stdout, ended.stderr, report])).not.toContain(secret);
});

it("is no use where the waits are not skipped", async () => {
  const args = ["--advance-command", "true", "--real-time"];
  const { code, stderr } = await runCli(["run", "https://receiver.example/hook", ...args]);
  const message = "--real-time and --advance-command: expected one of them, got both";
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

it("does not go with the embedded receiver, whose time it could not move", async () => {
  const { code, stderr } = await runCli(["run", "--advance-command", "true"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--advance-command: expected a callback URL beside it")]);
});
