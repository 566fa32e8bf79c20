import { expect, it } from "vitest";
import { outcomesOf, runSuites, startReceiver, targetOf } from "../src/runner/run.test.kit.js";
import { authentication } from "./authentication.js";

const only = (suite: typeof authentication, id: string) => [
  { ...suite, checks: suite.checks.filter((check) => check.id === id) },
];

it("a receiver that takes any key that begins with the right one fails the near misses", async () => {
  const lets = (key: unknown): boolean => String(key).startsWith("s3cret-key-4711");
  const receiver = await startReceiver(({ headers }) => ({ status: lets(headers["x-api-key"]) ? 200 : 401 }));
  const id = "authentication/refuses-near-miss-credentials";
  const target = targetOf(receiver.url, { headers: [["X-Api-Key", "s3cret-key-4711"]] });
  const report = await runSuites(target, only(authentication, id));
  expect(outcomesOf(report)).toEqual({ [id]: "failed" });
  expect(report.checks[0]?.mismatches).toMatchObject([{ where: expect.stringContaining("something behind them") }]);
});
