import { describe, expect, it } from "vitest";
import { retriesInstances } from "../../suites/retries-instances.js";
import { checkIn, runChecks, startReceiver, targetOf, type Given } from "./run.test.kit.js";

interface Habits {
  /** Where sessions are remembered. */
  readonly memory: "shared" | "of each its own";
  readonly second?: Given;
  /** What the second one does is not counted. */
  readonly isUnseen?: boolean;
}

/** Two instances, and what came to each; the callback URL leads to the first one, as behind a sticky balancer. */
async function runWith(
  { memory, second = {}, isUnseen = false }: Habits,
  given: (urls: readonly string[]) => string[],
) {
  const counts = new Map<string, number>();
  const arrived: number[] = [];
  const memories = [new Set<string>(), new Set<string>()];
  const start = (number: number) =>
    startReceiver(({ sessionId }) => {
      const known = memories[memory === "shared" ? 0 : number] ?? new Set();
      arrived.push(number);
      if (!known.has(sessionId) && !(isUnseen && number === 1)) counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
      known.add(sessionId);
      return number === 1 ? second : {};
    });
  const receivers = await Promise.all([start(0), start(1)]);
  const effects = { name: "the probe", count: async (id: string) => counts.get(id) ?? 0 };
  const instances = given(receivers.map(({ url }) => url));
  const report = await runChecks(targetOf(receivers[0].url, { effects, instances }), retriesInstances);
  return { report, judged: checkIn(report, "retries/processes-once-across-instances"), arrived, receivers };
}

const both = (urls: readonly string[]): string[] => [...urls];
const second = (urls: readonly string[]): string[] => urls.slice(1);

describe("the attempts of one delivery, spread over instances", () => {
  it.each([
    ["both are given", both],
    ["one is given beside the callback URL", second],
  ])("are processed once where they share what they remember, and %s", async (_, given) => {
    expect((await runWith({ memory: "shared" }, given)).judged.outcome).toBe("passed");
  });

  it.each([
    ["both are given", both],
    ["one is given beside the callback URL", second],
  ])("are found to be processed twice where each remembers for itself, and %s", async (_, given) => {
    const { judged, receivers } = await runWith({ memory: "of each its own" }, given);
    expect(judged.outcome).toBe("failed");
    expect(judged.mismatches.map(({ actual }) => actual)).toEqual(["processed 2 times", "processed 2 times"]);
    const urls = new Set(judged.attempts.map(({ request }) => new URL(request.url).origin));
    expect(urls).toEqual(new Set(receivers.map(({ url }) => new URL(url).origin)));
  });

  it("cannot be judged where one of them does not acknowledge", async () => {
    const { judged } = await runWith({ memory: "shared", second: { status: 503 } }, both);
    expect([judged.outcome, judged.reason]).toEqual([
      "not-run",
      expect.stringContaining("instance 2 did not acknowledge"),
    ]);
  });

  it("cannot be judged where the probe does not see what one of them does", async () => {
    const { judged } = await runWith({ memory: "of each its own", isUnseen: true }, both);
    expect([judged.outcome, judged.reason]).toEqual([
      "skipped",
      expect.stringMatching(/not observable: what instance 2 processes does not show/),
    ]);
  });

  it("are not asked for where no instance is known, and the report says how to name them", async () => {
    const { judged, arrived } = await runWith({ memory: "of each its own" }, () => []);
    expect([judged.outcome, judged.reason]).toEqual(["skipped", expect.stringContaining("--instance URL")]);
    expect(arrived).not.toContain(1);
  });
});
