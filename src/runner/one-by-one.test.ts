import { describe, expect, test } from "vitest";
import type { Check } from "./check.js";
import { ProbeError } from "./effects-probe.js";
import { createExamination } from "./examination.js";
import { NotRun } from "./interruption.js";
import { oneByOne } from "./one-by-one.js";
import {
  baselineCheckOf,
  checkOf,
  startReceiver,
  suitesOf,
  targetOf,
  type Answer,
  type Arrived,
} from "./run.test.kit.js";

const never = new AbortController().signal;

async function examining(
  checks: readonly Check[],
  answer: (callback: Arrived) => Answer | Promise<Answer> = () => ({}),
) {
  const receiver = await startReceiver(answer);
  const suites = suitesOf(checks);
  const target = targetOf(receiver.url, { suites });
  return { receiver, ...oneByOne(createExamination(target), suites) };
}

describe("checks that are asked for one by one", () => {
  test("send nothing that they do not need", async () => {
    const quiet = checkOf("a/quiet", { builds: "nothing", run: async () => {} });
    const keyed = checkOf("a/keyed", { needs: ["credentials"] });
    const { receiver, examine } = await examining([quiet, keyed]);
    expect((await examine(quiet, never)).outcome).toBe("passed");
    expect((await examine(keyed, never)).outcome).toBe("skipped");
    expect(receiver.arrived).toEqual([]);
  });

  test("share one baseline, which comes first", async () => {
    const checks = [baselineCheckOf("a/one"), checkOf("a/two"), checkOf("b/three")];
    const { receiver, examine } = await examining(checks);
    for (const check of checks) expect((await examine(check, never)).outcome).toBe("passed");
    expect(receiver.arrived).toHaveLength(3);
  });

  test("cost a receiver that acknowledges nothing one baseline in all", async () => {
    const checks = [checkOf("a/one"), checkOf("a/two"), checkOf("b/three")];
    const { receiver, examine } = await examining(checks, () => "reset");
    for (const check of checks) expect((await examine(check, never)).reasonCode).toBe("baseline-not-acknowledged");
    expect(receiver.arrived.length).toBeLessThanOrEqual(2);
  });

  test("run one at a time, also where they are asked for together", async () => {
    let running = 0;
    let most = 0;
    const check = (id: string): Check =>
      checkOf(id, {
        async run(context) {
          most = Math.max(most, (running += 1));
          await context.send();
          running -= 1;
        },
      });
    const checks = [check("a/one"), check("a/two"), check("a/three")];
    const { examine } = await examining(checks);
    await Promise.all(checks.map((each) => examine(each, never)));
    expect(most).toBe(1);
  });

  test("have a failure confirmed once", async () => {
    let failures = 1;
    const check = checkOf("a/one");
    const { examine } = await examining([check], ({ number }) => ({
      status: number > 1 && failures-- > 0 ? 500 : 200,
    }));
    const { outcome, notes } = await examine(check, never);
    expect([outcome, notes]).toEqual(["passed", ["It failed at first, and passed when it was repeated alone."]]);
  });

  test("are not asked of a receiver that went down", async () => {
    const rough = checkOf("a/rough", { pace: "rough", run: async (context) => void (await context.send()) });
    const later = checkOf("b/later");
    const { examine } = await examining([rough, later], ({ number }) => (number > 2 ? "reset" : {}));
    expect((await examine(rough, never)).outcome).toBe("failed");
    expect(await examine(later, never)).toMatchObject({
      outcome: "not-run",
      reason: "the documented callback was no longer acknowledged after a/rough",
    });
  });

  test("are judged by the receiver's health in the suite that it went down in, and in no other", async () => {
    const rough = checkOf("a/rough", { pace: "rough" });
    const judgesHealth = { builds: "nothing", judgesHealth: true } as const;
    const [same, other] = [checkOf("a/health", judgesHealth), checkOf("b/health", judgesHealth)];
    const { examine } = await examining([rough, same, other], ({ number }) => (number > 2 ? "reset" : {}));
    for (const check of [rough, same, other]) await examine(check, never);
    expect((await examine(same, never)).outcome).toBe("failed");
    expect((await examine(other, never)).outcome).toBe("not-run");
  });

  test("are told in the end where the receiver's process turns out to have ended over one that passed", async () => {
    const odd = checkOf("a/odd", {
      run: async (context) => void (await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } })),
    });
    const [before, after] = [checkOf("a/before"), checkOf("b/after")];
    const { receiver, examine, collect } = await examining([before, odd, after], ({ headers }) => {
      if (headers["x-odd"] !== "1") return {};
      receiver.stopListening();
      return { headers: { Connection: "close" } };
    });
    for (const check of [before, odd]) expect((await examine(check, never)).outcome).toBe("passed");
    await examine(after, never);
    const { failed } = await collect(never);
    expect(failed.map(({ id, outcome }) => [id, outcome])).toEqual([["a/odd", "failed"]]);
  });

  test("take the baseline anew where it was cut short", async () => {
    const check = checkOf("a/one");
    const { examine } = await examining([check]);
    const stopped = AbortSignal.abort(new NotRun("interrupted", "the run was interrupted"));
    expect((await examine(check, stopped)).reasonCode).toBe("interrupted");
    expect((await examine(check, never)).outcome).toBe("passed");
  });

  test("leave nothing to be green over where their effects cannot be looked at in the end", async () => {
    const counts = new Map<string, number>();
    const receiver = await startReceiver(({ sessionId }) => {
      counts.set(sessionId, 1);
      return {};
    });
    let isBroken = false;
    const count = async (id: string): Promise<number> => {
      if (isBroken) throw new ProbeError("the probe is gone");
      return counts.get(id) ?? 0;
    };
    const suites = suitesOf([checkOf("a/one", { run: async (context) => void (await context.send()) })]);
    const target = targetOf(receiver.url, { suites, effects: { name: "the probe", count } });
    const { examine, collect } = oneByOne(createExamination(target), suites);
    for (const { checks } of suites) for (const check of checks) await examine(check, never);
    expect(await collect(never)).toEqual({ failed: [], unanswered: 0, trouble: null });
    for (const { checks } of suites) for (const check of checks) await examine(check, never);
    isBroken = true;
    expect(await collect(never)).toEqual({ failed: [], unanswered: 0, trouble: "the probe is gone" });
  });

  test("answer in the end for what others lost, where that is theirs to tell", async () => {
    const counts = new Map<string, number>();
    const lost = new Set<string>();
    const receiver = await startReceiver(({ sessionId }) => {
      if (!lost.has(sessionId)) counts.set(sessionId, 1);
      return {};
    });
    const loses = checkOf("a/loses", {
      async run(context) {
        const sessionId = context.session();
        lost.add(sessionId);
        await context.send({ sessionId });
      },
    });
    const collects = checkOf("b/collects", {
      collects: { misdeeds: ["lost"], from: "any-suite" },
      run: async (context) => void (await context.send()),
    });
    const innocent = checkOf("b/innocent", { collects: { misdeeds: ["doubled"], from: "any-suite" } });
    const guilty = checkOf("b/guilty", {
      collects: { misdeeds: ["doubled"], from: "any-suite" },
      run: async (context) => context.mismatch("something else", "this", await context.send()),
    });
    const checks = [loses, collects, innocent];
    const suites = suitesOf([...checks, guilty]);
    const effects = { name: "the probe", count: async (id: string) => counts.get(id) ?? 0 };
    const { examine, collect } = oneByOne(createExamination(targetOf(receiver.url, { suites, effects })), suites);
    for (const check of checks) expect((await examine(check, never)).outcome).toBe("passed");
    expect((await examine(guilty, never)).outcome).toBe("failed");
    const { failed, unanswered, trouble } = await collect(never);
    expect(failed.map(({ id, outcome }) => [id, outcome])).toEqual([["b/collects", "failed"]]);
    expect([unanswered, trouble]).toEqual([0, null]);
  });
});
