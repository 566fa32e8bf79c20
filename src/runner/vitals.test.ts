import { describe, expect, it } from "vitest";
import { expectNoFailure } from "./expectations.js";
import type { Check } from "./check.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf, type Arrived } from "./run.test.kit.js";

/** A receiver whose port is closed when it has met what it dies of, and stays so. */
async function mortal(isDeadly: (callback: Arrived) => boolean, answersFirst = false) {
  const receiver = await startReceiver((callback) => {
    if (!isDeadly(callback)) return {};
    receiver.stopListening();
    return answersFirst ? { headers: { Connection: "close" } } : "reset";
  });
  return targetOf(receiver.url);
}

const odd = { label: "with an odd header", set: { "X-Odd": "1" } };
const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";
const sendsOdd = (id: string, rest: Partial<Check> = {}): Check =>
  checkOf(id, { run: async (context) => expectNoFailure(context, await context.send({ variation: odd })), ...rest });

describe("a process that dies", () => {
  const says =
    'the receiver\'s process has ended: nothing listens at its port any more, and the last that it was sent before was the callback "with an odd header" of a/odd';

  it("is said to have died, and after what; the checks after it are not run", async () => {
    const target = await mortal(isOdd);
    const after = checkOf("b/after", { pace: "rough" });
    const report = await runChecks(target, [checkOf("a/plain"), sendsOdd("a/odd", { pace: "rough" }), after]);
    expect(outcomesOf(report)).toEqual({
      "a/plain": "passed",
      "a/odd": "failed",
      "b/after": "not-run receiver-unhealthy",
    });
    expect(checkIn(report, "a/odd").hint).toContain(`Likely cause: ${says}.`);
    expect(checkIn(report, "b/after").reason).toBe(says);
  });

  it("after it has answered, is said to have died all the same", async () => {
    const target = await mortal(isOdd, true);
    const report = await runChecks(target, [checkOf("a/plain"), sendsOdd("a/odd", { pace: "rough" })]);
    expect(outcomesOf(report)).toEqual({ "a/plain": "passed", "a/odd": "failed" });
    expect(checkIn(report, "a/odd")).toMatchObject({
      mismatches: [
        {
          expected: "a receiver that goes on listening",
          actual: "no connection: its process has ended",
          where: "the documented callback right afterwards",
        },
      ],
      hint: expect.stringContaining(says),
    });
  });

  it("is not charged to those that found nobody there", async () => {
    const target = await mortal(isOdd);
    const report = await runChecks(target, [sendsOdd("a/odd"), checkOf("a/plain"), checkOf("a/other")], {
      concurrency: 1,
    });
    expect(outcomesOf(report)).toEqual({
      "a/odd": "failed",
      "a/plain": "not-run receiver-unhealthy",
      "a/other": "not-run receiver-unhealthy",
    });
    expect(checkIn(report, "a/plain").reason).toBe(says);
  });

  it("of nothing but documented callbacks is a failure of the check that sent them", async () => {
    const target = await mortal(({ number }) => number === 3);
    const report = await runChecks(target, [checkOf("a/one"), checkOf("a/two")], { concurrency: 1 });
    expect(outcomesOf(report)["a/two"]).toBe("failed");
    expect(checkIn(report, "a/two").hint).toContain("the receiver's process has ended");
  });
});
