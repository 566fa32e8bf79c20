import { expect, it } from "vitest";
import type { Check } from "./check.js";
import { howToDeclare } from "./how-to-declare.js";
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
  ["credentials", /-H 'Name: value'/],
  ["url-secret", /--credential-query\b/],
  ["secret", /--secret '\$\{NAME\}'/],
  ["effects", /--probe-url .*--probe-command.*--results-api/],
  ["elapsed-time", /--advance-command.*--real-time/],
  ["instances", /--instance URL/],
  ["results-api", /--results-api .*--results-token/],
] as const)("says how to declare %s", (need, how) => {
  const target = { capabilities: new Set<never>(), local: true };
  const skip = preSkip(checkOf("a/one", { needs: [need] }), polite, target, false);
  expect(skip).toMatchObject({ reasonCode: "not-observable", reason: expect.stringMatching(how) });
  expect(howToDeclare[need].is).toMatch(how);
});
