import { expect, it } from "vitest";
import {
  closeAfterTest,
  outcomesOf,
  runSuites,
  startReceiver,
  targetOf,
  timeOf,
  type Arrived,
  type Given,
} from "../src/runner/run.test.kit.js";
import { authentication } from "./authentication.js";
import { retries } from "./retries.js";

const only = (suite: typeof retries, id: string) => [
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

it("a receiver that refuses whom it could not answer fails after a lost acknowledgement, whichever way it was lost", async () => {
  const left = new Set<string>();
  const whenGone = ({ request }: Arrived): Promise<boolean> =>
    new Promise((resolve) => {
      const done = setTimeout(() => resolve(false), 60);
      closeAfterTest(() => clearTimeout(done));
      request.socket.once("end", () => resolve(true));
    });
  const receiver = await startReceiver(async (callback): Promise<Given> => {
    if (left.has(callback.sessionId)) return { status: 409 };
    if (await whenGone(callback)) left.add(callback.sessionId);
    return {};
  });
  const id = "retries/acknowledges-after-a-lost-acknowledgement";
  const report = await runSuites(targetOf(receiver.url, { clock: timeOf() }), only(retries, id));
  expect(outcomesOf(report)).toEqual({ [id]: "failed" });
});
