import { expect, test } from "vitest";
import { suites } from "../../suites/index.js";
import { runSuites, startReceiver, targetOf, timeOf } from "./run.test.kit.js";

test.each([
  ["one of 60 KB", { "X-Long": "a".repeat(60_000) }],
  ["500 of them", Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`X-${index}`, "a".repeat(100)]))],
])("a receiver that answers with headers of 60 KB, %s, does not fill the report with them", async (_, headers) => {
  const receiver = await startReceiver(({ number }) => ({
    status: number % 3 === 0 ? 500 : 200,
    headers,
    body: "b".repeat(60_000),
  }));
  const chosen = suites.filter(({ id }) => ["acknowledgement", "payload", "retries", "load"].includes(id));
  const report = await runSuites(targetOf(receiver.url, { clock: timeOf() }), chosen);
  const attempts = report.checks.flatMap((check) => check.attempts);
  expect(attempts.length).toBeGreaterThan(100);
  expect(Math.max(...attempts.map((attempt) => JSON.stringify(attempt).length))).toBeLessThan(24_000);
  expect(JSON.stringify(report).length).toBeLessThan(5_000_000);
});
