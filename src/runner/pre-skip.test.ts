import { expect, it } from "vitest";
import type { Check } from "./check.js";
import { preSkip } from "./pre-skip.js";
import { checkOf, outcomesOf, runSuites, startReceiver, suitesOf, targetOf } from "./run.test.kit.js";

const [heavy] = suitesOf([checkOf("heavy/one")]).map((suite) => ({ ...suite, publicOnlyByName: true as const }));
const [polite] = suitesOf([checkOf("polite/one")]);
if (heavy === undefined || polite === undefined) throw new Error("there are two suites");
const suites = [polite, heavy];

it("keeps a suite that may disturb from a receiver that is not local", async () => {
  const receiver = await startReceiver();
  const report = await runSuites(targetOf(receiver.url, { local: false }), suites);
  expect(outcomesOf(report)).toEqual({ "polite/one": "passed", "heavy/one": "skipped not-selected" });
  expect(report.checks.at(-1)?.reason).toBe(
    "not sent to a receiver that is not local unless it is asked for by name: pass --suite heavy",
  );
  // The first callback, and that of the other suite.
  expect(receiver.arrived).toHaveLength(2);
});

it("sends it where it is named", async () => {
  const receiver = await startReceiver();
  const report = await runSuites(targetOf(receiver.url, { local: false }), suites, { named: new Set(["heavy/one"]) });
  expect(outcomesOf(report)).toEqual({ "polite/one": "passed", "heavy/one": "passed" });
});

it("sends it to a local receiver", async () => {
  const receiver = await startReceiver();
  const report = await runSuites(targetOf(receiver.url), suites);
  expect(outcomesOf(report)["heavy/one"]).toBe("passed");
});

it("leaves a rule for production out at a local receiver, and nothing else", () => {
  const skipAt = (local: boolean, rest: Partial<Check>) =>
    preSkip(checkOf("a/one", rest), polite, { capabilities: new Set(), local }, false);
  expect(skipAt(true, { productionOnly: true })).toEqual({
    reasonCode: "not-applicable",
    reason: "not applicable: the target is declared local, not at its production address",
  });
  expect([skipAt(false, { productionOnly: true }), skipAt(true, {})]).toEqual([null, null]);
});

it.each([
  ["credentials", "pass the webhook's headers with -H"],
  ["effects", "pass --probe-url or --probe-command, or point the receiver at --results-api"],
  ["elapsed-time", "run with --real-time"],
  ["results-api", "pass --results-api and --results-token"],
] as const)("says how to declare %s", (need, how) => {
  const target = { capabilities: new Set<never>(), local: true };
  const skip = preSkip(checkOf("a/one", { needs: [need] }), polite, target, false);
  expect(skip).toEqual({ reasonCode: "not-observable", reason: expect.stringContaining(how) as string });
});
