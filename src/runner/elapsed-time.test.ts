import { describe, expect, it } from "vitest";
import { AdvanceError } from "./elapsed-time.js";
import { checkIn, checkOf, outcomesOf, runChecks, startReceiver, targetOf } from "./run.test.kit.js";

const spanning = (id: string) =>
  checkOf(id, {
    spansMinutes: true,
    run: async (context) => void (await context.schedule({ attempts: 3 })),
  });

describe("where the receiver's side is moved along", () => {
  it("each jump of the schedule is told once, alone, before the attempt that it leads to", async () => {
    const receiver = await startReceiver();
    const jumps: [ms: number, arrived: number][] = [];
    const advance = async (ms: number): Promise<void> => void jumps.push([ms, receiver.arrived.length]);
    await runChecks(targetOf(receiver.url, { elapse: { advance } }), [spanning("a/one")]);
    expect(jumps).toEqual([
      [60_000, 2],
      [120_000, 3],
    ]);
  });

  it("no other check has a session under way while minutes pass", async () => {
    let aging = false;
    const advance = async (): Promise<void> => void (aging = true);
    const met: (readonly [string, boolean])[] = [];
    const receiver = await startReceiver(async ({ sessionId }) => {
      met.push([sessionId, aging]);
      return {};
    });
    const beside = checkOf("a/two", {
      run: async (context) => {
        for (let sent = 0; sent < 20; sent += 1) await context.send();
      },
    });
    const report = await runChecks(targetOf(receiver.url, { elapse: { advance } }), [spanning("a/one"), beside]);
    expect(outcomesOf(report)).toEqual({ "a/one": "passed", "a/two": "passed" });
    expect(met.filter(([, whileAging]) => whileAging)).toHaveLength(2);
    expect(new Set(met.slice(-3).map(([sessionId]) => sessionId)).size).toBe(1);
  });

  it("a move that fails is an error of the set-up, and no failure of the receiver", async () => {
    const receiver = await startReceiver();
    const advance = (): Promise<never> => Promise.reject(new AdvanceError("the advance command failed: no such key"));
    const report = await runChecks(targetOf(receiver.url, { elapse: { advance } }), [spanning("a/one")]);
    expect(outcomesOf(report)).toEqual({ "a/one": "error advance-failed" });
    expect(checkIn(report, "a/one").reason).toBe("the advance command failed: no such key");
  });
});

it("a check that lets minutes pass without declaring it is a fault of the harness", async () => {
  const receiver = await startReceiver();
  const check = checkOf("a/one", { run: async (context) => void (await context.schedule({ attempts: 2 })) });
  const report = await runChecks(targetOf(receiver.url), [check]);
  expect(checkIn(report, "a/one").reason).toContain("does not declare it");
});
