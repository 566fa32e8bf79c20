import { expect, it } from "vitest";
import { checkOf, runChecks, sharingTime } from "./run.test.kit.js";

const hostile = checkOf("a/hostile", {
  level: "hardening",
  async run(context) {
    const attempt = await context.send({ variation: { label: "hostile", set: { "X-Hostile": "1" } } });
    if (attempt.response === null) context.mismatch("an answer", "none", attempt);
  },
});

it.each([
  ["is asked for once more where the receiver is slow from the first", 501, 2],
  ["is not asked for twice where it is not", 500, 1],
])("a hang on hostile input %s", async (_what, firstMs, times) => {
  const { receiver, target } = await sharingTime(async ({ number, headers, wait }) => {
    if (number === 1) await wait(firstMs);
    return headers["x-hostile"] === "1" ? "hang" : {};
  });
  await runChecks(target, [hostile]);
  expect(receiver.arrived.filter(({ headers }) => headers["x-hostile"] === "1")).toHaveLength(times);
});
