import { describe, expect, it } from "vitest";
import { calibrate, createEffects, ProbeError, type EffectsProbe } from "./effects.js";
import { timeOf } from "./run.test.kit.js";

const never = new AbortController().signal;
const always = (count: number): EffectsProbe => ({ name: "the probe", count: async () => count });
const broken: EffectsProbe = {
  name: "the probe",
  count: () => Promise.reject(new ProbeError("the probe URL answered 500")),
};

/** Processes whatever is sent, so long after it. */
function processor(delayMs: number) {
  const clock = timeOf();
  const counts = new Map<string, number>();
  const send = (id: string): void => void clock.timer(delayMs, () => counts.set(id, (counts.get(id) ?? 0) + 1));
  const probe: EffectsProbe = { name: "the probe", count: async (id) => counts.get(id) ?? 0 };
  return { clock, counts, send, observer: { probe, clock, settleMs: 30_000, signal: never } };
}

const observable = (timeToEffectMs: number) => ({ kind: "observable", timeToEffectMs }) as const;

describe("the probe's own control", () => {
  it("finds 0 before and 1 after, and so the time to effect", async () => {
    const { observer, send } = processor(300);
    const calibration = await calibrate(observer, "s", async () => send("s"));
    // Polled after 20, 40, 80, 160 and 320 ms, each counted from the one before.
    expect(calibration).toEqual({ kind: "observable", timeToEffectMs: 300 });
  });

  it("finds a probe that counts something else", async () => {
    const observer = { probe: always(7), clock: timeOf(), settleMs: 30_000, signal: never };
    expect(await calibrate(observer, "s", async () => {})).toEqual({
      kind: "not-observable",
      reason: "the probe says 7 for a session that was never sent, so it does not count sessions",
    });
  });

  it("finds a probe that never counts, after as long as effects may take", async () => {
    const observer = { probe: always(0), clock: timeOf(), settleMs: 4000, signal: never };
    expect(await calibrate(observer, "s", async () => {})).toEqual({
      kind: "not-observable",
      reason:
        "the probe still says 0 for an acknowledged session after 4 seconds; raise --settle if the work takes longer",
    });
    expect(observer.clock.now()).toBeGreaterThanOrEqual(4000);
  });

  it("blames the receiver and not the probe where a session before was processed", async () => {
    const { observer, counts } = processor(0);
    counts.set("before", 1);
    expect(await calibrate(observer, "s", async () => {}, "before")).toEqual({
      kind: "observable",
      timeToEffectMs: 10_000,
      losesSessions: true,
    });
  });

  it("finds a probe that fails", async () => {
    const observer = { probe: broken, clock: timeOf(), settleMs: 4000, signal: never };
    expect(await calibrate(observer, "s", async () => {})).toEqual({
      kind: "probe-failed",
      reason: "the probe URL answered 500",
    });
  });
});

describe("effects are settled", () => {
  it("once a session that was sent later was processed, and some time more has passed", async () => {
    const { clock, counts, send, observer } = processor(1000);
    send("early");
    // A duplicate's effect that comes late, behind the sentinel's.
    clock.timer(2500, () => counts.set("early", 2));
    const effects = createEffects(
      observer,
      async () => {
        send("sentinel");
        return "sentinel";
      },
      observable(600),
    );
    expect(await effects.settled(["early", "unknown"])).toEqual(
      new Map([
        ["early", 2],
        ["unknown", 0],
      ]),
    );
    expect(clock.now()).toBeLessThan(1000 + 500 + 3 * 600 + 1);
  });

  it("never, where the later session is not processed: then nothing is said", async () => {
    const { clock, observer } = processor(0);
    const effects = createEffects(observer, async () => "sentinel", observable(100));
    await expect(effects.settled(["early"])).rejects.toMatchObject({ name: "NotRun", code: "effects-not-settled" });
    expect(clock.now()).toBeLessThan(31_000);
  });

  it("at most as long after the sentinel as effects may take", async () => {
    const { clock, send, observer } = processor(0);
    const effects = createEffects(
      observer,
      async () => {
        send("sentinel");
        return "sentinel";
      },
      observable(25_000),
    );
    await effects.settled([]);
    expect(clock.now()).toBeLessThan(31_000);
  });
});

describe("effects are awaited", () => {
  /** Processes what is sent, but for the ids that are lost. */
  function losing(lost: readonly string[], known: { losesSessions?: true } = {}) {
    const { clock, counts, send, observer } = processor(1000);
    const sentinels: string[] = [];
    const deliver = (id: string): void => (lost.includes(id) ? undefined : send(id));
    const sendSentinel = async (): Promise<string> => {
      const id = `sentinel ${sentinels.length + 1}`;
      sentinels.push(id);
      deliver(id);
      return id;
    };
    return {
      clock,
      counts,
      deliver,
      sentinels,
      effects: createEffects(observer, sendSentinel, { ...observable(1000), ...known }),
    };
  }

  it("until each session was processed, without a sentinel", async () => {
    const { clock, deliver, sentinels, effects } = losing([]);
    for (const id of ["a", "b"]) deliver(id);
    expect([...(await effects.awaited(["a", "b"])).values()]).toEqual([1, 1]);
    expect(sentinels).toEqual([]);
    expect(clock.now()).toBeLessThan(2000);
  });

  it("no longer than a sentinel takes that was sent later: what has 0 then is lost", async () => {
    const { deliver, sentinels, effects } = losing(["b"]);
    for (const id of ["a", "b"]) deliver(id);
    expect([...(await effects.awaited(["a", "b"])).values()]).toEqual([1, 0]);
    expect(sentinels).toEqual(["sentinel 1"]);
  });

  it("with a second sentinel where the first is lost too", async () => {
    const { deliver, sentinels, effects } = losing(["b", "sentinel 1"]);
    for (const id of ["a", "b"]) deliver(id);
    expect([...(await effects.awaited(["a", "b"])).values()]).toEqual([1, 0]);
    expect(sentinels).toHaveLength(2);
  });

  it("in vain where no sentinel is processed: the work may only be late", async () => {
    const { effects } = losing(["a", "sentinel 1", "sentinel 2"]);
    await expect(effects.awaited(["a"])).rejects.toMatchObject({ name: "NotRun", code: "effects-not-settled" });
  });

  it("once, where the probe's own control has shown that sessions are lost", async () => {
    const { sentinels, effects } = losing(["a"], { losesSessions: true });
    expect([...(await effects.awaited(["a"])).values()]).toEqual([0]);
    expect(sentinels).toEqual([]);
  });
});
