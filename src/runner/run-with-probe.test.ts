import { describe, expect, it } from "vitest";
import { silenceIn } from "../report/silent-observer.js";
import { ProbeError, type EffectsProbe } from "./effects-probe.js";
import { expectRefused } from "./expectations.js";
import type { Told } from "./plan.js";
import {
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  startReceiver,
  targetOf,
  type Arrived,
  type Given,
} from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";

const always = (count: number): EffectsProbe => ({ name: "the probe", count: async () => count });
const broken: EffectsProbe = {
  name: "the probe",
  count: () => Promise.reject(new ProbeError("the probe URL answered 500")),
};

describe("a run with a probe", () => {
  /** A receiver that answers like this and processes like that; the probe sees it all. */
  async function runWith(
    check: Parameters<typeof checkOf>[1],
    options: Partial<Told> & {
      answer?: (callback: Arrived) => Given;
      processes?: (callback: Arrived) => boolean;
    } = {},
  ) {
    const { answer = () => ({}), processes = () => true, ...rest } = options;
    const counts = new Map<string, number>();
    const receiver = await startReceiver((callback) => {
      if (processes(callback)) counts.set(callback.sessionId, (counts.get(callback.sessionId) ?? 0) + 1);
      return answer(callback);
    });
    const probe: EffectsProbe = { name: "the probe", count: async (id) => counts.get(id) ?? 0 };
    const report = await runChecks(targetOf(receiver.url, { effects: probe, ...rest }), [checkOf("a/one", check)]);
    return { report, receiver, came: outcomesOf(report)["a/one"], check: checkIn(report, "a/one") };
  }

  const processesOnce: Parameters<typeof checkOf>[1] = {
    needs: ["effects"],
    run: async (context) => {
      const sessionId = context.session();
      const attempts = [await context.send({ sessionId }), await context.send({ sessionId })];
      const times = (await context.effects([sessionId])).get(sessionId);
      if (times !== 1) context.mismatch("processed once", `processed ${times} times`, attempts[1] ?? "");
    },
  };

  it("tells of what it waits for", async () => {
    const stages: string[] = [];
    const receiver = await startReceiver();
    const checks = [
      checkOf("a/one"),
      checkOf("a/collects", { collects: { misdeeds: ["doubled"], from: "any-suite" } }),
    ];
    await runChecks(targetOf(receiver.url, { effects: always(0), settleMs: 1000 }), checks, {
      on: (event) => void (event.kind === "stage" && stages.push(event.says)),
    });
    expect(stages).toEqual([
      "first callback sent, waiting up to 20 s",
      "trying the probe, waiting up to 1 s for an effect",
      "looking once more for what was lost or doubled",
    ]);
  });

  it("fails a check whose session was processed twice", async () => {
    const { came, check } = await runWith(processesOnce);
    expect(came).toBe("failed");
    expect(check.mismatches[0]?.actual).toBe("processed 2 times");
  });

  it("passes one whose session was processed once", async () => {
    const seen = new Set<string>();
    const { came } = await runWith(processesOnce, {
      processes: ({ sessionId }) => seen.size < seen.add(sessionId).size,
    });
    expect(came).toBe("passed");
  });

  it("skips what needs effects where the probe never counts", async () => {
    const { came, check } = await runWith(processesOnce, { effects: always(0), settleMs: 1000 });
    expect(came).toBe("skipped not-observable");
    expect(check.reason).toMatch(/^not observable: the probe says 0 for each acknowledged callback/);
  });

  it("tries no probe on a receiver that refuses, and sends no more to one of which the probe shows nothing", async () => {
    const refused = await runWith({}, { answer: () => ({ status: 500 }) });
    // The first callback, which is asked for twice.
    expect(refused.receiver.arrived).toHaveLength(2);
    const unseen = await runWith({}, { effects: always(0), settleMs: 1000 });
    // The first callback, that of the probe's trial, and the check's own.
    expect(unseen.receiver.arrived).toHaveLength(3);
  });

  it("is never green where the probe shows nothing for what was acknowledged, and says first how to tell why", async () => {
    const { report } = await runWith({ level: "required" }, { effects: always(0), settleMs: 1000 });
    expect(outcomesOf(report)).toEqual({ "a/one": "passed" });
    expect([report.verdict, report.gate.outcome, report.gate.exitCode]).toEqual(["inconclusive", "inconclusive", 3]);
    expect(report.verdictLine).toContain("either the probe or the receiver is broken");
    expect(report.notes[0]).toContain("To tell which, ask the probe about a session that was surely processed");
  });

  it("is in error where the probe fails, and does not fail the receiver", async () => {
    const { came, report } = await runWith(processesOnce, { effects: broken });
    expect(came).toBe("error probe-failed");
    expect(report.verdict).toBe("inconclusive");
  });

  it.each<[string, EffectsProbe, string]>([
    ["fails", broken, "the probe URL answered 500"],
    ["counts sessions that were never sent", always(7), "the probe says 7 for a session that was never sent"],
  ])("is never green where the probe %s, now and when it is judged again", async (_, effects, reason) => {
    const { report } = await runWith({ level: "required" }, { effects, settleMs: 1000 });
    expect(outcomesOf(report)).toEqual({ "a/one": "passed" });
    expect([report.verdict, report.gate.outcome, report.gate.exitCode]).toEqual(["inconclusive", "inconclusive", 3]);
    expect(report.notes[0]).toContain(`though asked for: ${reason}`);
    expect(silenceIn(report.notes)).toContain(reason);
  });

  it("is in error where the probe fails later on", async () => {
    const counts = new Map<string, number>();
    let asked = 0;
    const count = async (id: string): Promise<number> => {
      asked += 1;
      if (asked > 2) throw new ProbeError("the probe URL answered 502");
      const before = counts.get(id) ?? 0;
      counts.set(id, before + 1);
      return before;
    };
    const { came, check } = await runWith(processesOnce, { effects: { name: "the probe", count } });
    expect([came, check.reason, check.mismatches]).toEqual(["error probe-failed", "the probe URL answered 502", []]);
  });

  it("does not wait for the effect of a callback that was not acknowledged", async () => {
    const { came, check } = await runWith(processesOnce, {
      answer: ({ number }) => ({ status: number === 1 ? 200 : 500 }),
    });
    expect(came).toBe("skipped not-observable");
    expect(check.reason).toBe("not observable: the callback that the probe was to be tried with was not acknowledged");
  });

  it("says that no session was left to try it with", async () => {
    const { came, check } = await runWith({ ...processesOnce, sessions: 1 }, { sessions: suppliedSessions(["s1"]) });
    expect(came).toBe("skipped not-observable");
    expect(check.reason).toBe("not observable: no session was left to try the probe on");
  });

  it("skips what needs effects where there is no probe", async () => {
    const { came, check } = await runWith(processesOnce, { effects: null });
    expect(came).toBe("skipped not-observable");
    expect(check.reason).toContain("nothing tells how often a session was processed");
  });

  describe("a 2XX in place of a refusal", () => {
    it("to a request that names no session is neither, since no probe shows what was made of it", async () => {
      const { came, check } = await runWith({
        run: async (context) => {
          const drop = ["X-Scriptix-Session", "X-Zoom-Session"];
          return expectRefused(context, [
            await context.send({ variation: { label: "42 for a session id", drop, body: () => ({ sessionId: 42 }) } }),
          ]);
        },
      });
      expect(came).toBe("skipped not-observable");
      expect(check.reason).toContain("names no session");
    });

    const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";
    const refuses: Parameters<typeof checkOf>[1] = {
      run: async (context) =>
        expectRefused(context, [await context.send({ variation: { label: "odd", set: { "X-Odd": "1" } } })]),
    };

    it("is one where it had no effect", async () => {
      expect((await runWith(refuses, { processes: (callback) => !isOdd(callback) })).came).toBe("passed");
    });

    it("is none where it was processed", async () => {
      const { came, check } = await runWith(refuses);
      expect(came).toBe("failed");
      expect(check.mismatches[0]).toMatchObject({
        expected: "a 4XX, or no effect",
        actual: "200 OK, and the session was processed",
      });
    });

    it("is none where effects cannot be seen", async () => {
      const { came, check } = await runWith(refuses, { effects: null });
      expect(came).toBe("failed");
      expect(check.mismatches[0]).toMatchObject({ expected: "a 4XX", actual: "200 OK" });
    });

    it.each([500, 302])("is none where it is %i, effects or not", async (status) => {
      const { came } = await runWith(refuses, {
        answer: (callback) => ({ status: isOdd(callback) ? status : 200 }),
        processes: (callback) => !isOdd(callback),
      });
      expect(came).toBe("failed");
    });
  });

  it("gives its sentinels ids that depend on no order among checks", async () => {
    const sentinelsOf = async (ids: readonly string[]): Promise<string[]> => {
      const counts = new Map<string, number>();
      const receiver = await startReceiver(({ sessionId }) => {
        counts.set(sessionId, 1);
        return {};
      });
      const effects: EffectsProbe = { name: "the probe", count: async (id) => counts.get(id) ?? 0 };
      const checks = ids.map((id) =>
        checkOf(id, { needs: ["effects"], run: async (context) => void (await context.effects([])) }),
      );
      const report = await runChecks(targetOf(receiver.url, { effects }), checks, { concurrency: 1 });
      return ids.map((id) => checkIn(report, id).attempts[0]?.sessionId ?? "");
    };
    expect((await sentinelsOf(["a/one", "a/two"])).reverse()).toEqual(await sentinelsOf(["a/two", "a/one"]));
  });
});
