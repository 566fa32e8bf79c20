import { expect, test } from "vitest";
import { expectAcknowledged } from "./expectations.js";
import type { Check } from "./check.js";
import { checkIn, checkOf, runChecks, startReceiver, targetOf, type Arrived, type Given } from "./run.test.kit.js";

const twentyPlain = checkOf("a/plain", {
  sessions: 20,
  async run(context) {
    for (let sent = 0; sent < 20; sent += 1) expectAcknowledged(context, await context.send());
  },
});

const varied: Check = checkOf("a/varied", {
  level: "recommended",
  run: async (context) =>
    expectAcknowledged(context, await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } })),
});

const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";

async function hintBy(answer: (callback: Arrived, plain: number) => Given): Promise<string | null> {
  let plain = 0;
  const receiver = await startReceiver((callback) => answer(callback, isOdd(callback) ? plain : (plain += 1)));
  const report = await runChecks(targetOf(receiver.url), [twentyPlain, varied], { concurrency: 1 });
  return checkIn(report, "a/varied").hint;
}

test("what plain callbacks get as often is not put down to what was varied", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) || plain % 3 === 0 ? 500 : 200 }));
  expect(hint).toMatch(
    /^Likely cause: the receiver is flaky: \d+ of \d+ plain documented callbacks got 500 Internal Server Error\. Nothing that was varied is to blame\. /,
  );
});

test("what plain callbacks never get is", async () => {
  expect(await hintBy((callback) => ({ status: isOdd(callback) ? 500 : 200 }))).toBe("Mend it.");
});

test("what plain callbacks get only otherwise is", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) ? 422 : plain % 3 === 0 ? 500 : 200 }));
  expect(hint).toBe("Mend it.");
});

test("what happened to a plain callback once is no habit", async () => {
  const hint = await hintBy((callback, plain) => ({ status: isOdd(callback) || plain === 7 ? 500 : 200 }));
  expect(hint).toBe("Mend it.");
});
