import { describe, expect, it } from "vitest";
import { virtualClock, type VirtualClock } from "../clock/virtual-clock.js";
import { calibrate } from "./calibrate.js";
import { ProbeError, type EffectsProbe } from "./effects-probe.js";
import { closeAfterTest } from "./run.test.kit.js";
import { lookOnceMore, nothingSeen, settle, type Watch } from "./settle.js";

const never = new AbortController().signal;

const startAt = Date.UTC(2026, 0, 2);
/** A clock as it stands today, some milliseconds after `startAt`. */
function today(): VirtualClock {
  const clock = virtualClock({ startAt });
  closeAfterTest(() => clock.close());
  return clock;
}
const always = (count: number): EffectsProbe => ({ name: "the probe", count: async () => count });
const broken: EffectsProbe = {
  name: "the probe",
  count: () => Promise.reject(new ProbeError("the probe URL answered 500")),
};

/** Processes whatever is sent, so long after it. */
function processor(delayMs: number) {
  const clock = today();
  const counts = new Map<string, number>();
  const send = (id: string): void => void clock.timer(delayMs, () => counts.set(id, (counts.get(id) ?? 0) + 1));
  const probe: EffectsProbe = { name: "the probe", count: async (id) => counts.get(id) ?? 0 };
  return { clock, counts, send, observer: { probe, clock, settleMs: 30_000, signal: never } };
}

describe("the probe's own control", () => {
  it.each([1, 17, 36, 300, 1900])(
    "finds 0 before and 1 after, and so a time to effect of %d ms, at most a quarter too long",
    async (delayMs) => {
      const { observer, send } = processor(delayMs);
      const calibration = await calibrate(observer, "s", async () => send("s"));
      if (calibration.kind !== "observable") throw new Error(calibration.kind);
      expect(calibration.timeToEffectMs).toBeGreaterThanOrEqual(delayMs);
      expect(calibration.timeToEffectMs).toBeLessThanOrEqual(Math.max(1.25 * delayMs, delayMs + 5));
    },
  );

  it("finds a probe that counts something else", async () => {
    const observer = { probe: always(7), clock: today(), settleMs: 30_000, signal: never };
    expect(await calibrate(observer, "s", async () => {})).toEqual({
      kind: "not-observable",
      reason: "the probe says 7 for a session that was never sent, so it does not count sessions",
    });
  });

  it("is silent where nothing that was acknowledged shows, after as long as effects may take", async () => {
    const observer = { probe: always(0), clock: today(), settleMs: 4000, signal: never };
    const calibration = await calibrate(observer, "s", async () => {}, "before");
    expect(calibration).toMatchObject({
      kind: "silent",
      reason:
        "the probe says 0 for each acknowledged callback, 4 seconds later: either the probe or the receiver is broken",
    });
    expect(observer.clock.now() - startAt).toBeGreaterThanOrEqual(4000);
  });

  it("believes the probe where a session before was processed, without waiting to the end", async () => {
    const { observer, counts } = processor(0);
    counts.set("before", 1);
    expect(await calibrate(observer, "s", async () => {}, "before")).toEqual({ kind: "observable", timeToEffectMs: 0 });
    expect(observer.clock.now() - startAt).toBeLessThan(observer.settleMs);
  });

  it("gives a session ten seconds and more, where one before it has shown at once", async () => {
    const { observer, counts, clock } = processor(0);
    counts.set("before", 1);
    const sent = async (): Promise<void> => void clock.timer(8000, () => counts.set("s", 1));
    const calibration = await calibrate(observer, "s", sent, "before");
    expect(calibration).toMatchObject({ kind: "observable" });
    expect(calibration.kind === "observable" && calibration.timeToEffectMs).toBeGreaterThanOrEqual(8000);
  });

  it("tries more sessions where the first ones do not show", async () => {
    const { observer, send } = processor(100);
    const more = async (): Promise<string[]> => {
      for (const id of ["more", "still more"]) send(id);
      return ["more", "still more"];
    };
    const calibration = await calibrate(observer, "lost", async () => {}, "lost before", more);
    // Polled every half second by then.
    expect(calibration).toEqual({ kind: "observable", timeToEffectMs: 500 });
    expect(observer.clock.now() - startAt).toBeLessThan(11_000);
  });

  it.each([
    ["once, after five seconds, where nothing shows", 0, [5000]],
    ["never where a session before has shown", 1, []],
  ])("tries more sessions %s", async (_when, before, expected) => {
    const { observer, counts, clock } = processor(0);
    counts.set("before", before);
    const sentMs: number[] = [];
    const more = async (): Promise<string[]> => {
      sentMs.push(1000 * Math.floor((clock.now() - startAt) / 1000));
      return ["more"];
    };
    await calibrate(observer, "s", async () => {}, "before", more);
    expect(sentMs).toEqual(expected);
  });

  it("asks about that session alone where there was none before", async () => {
    const { observer } = processor(0);
    const asked = new Set<string>();
    const probe: EffectsProbe = { name: "the probe", count: async (id) => (asked.add(id), 0) };
    await calibrate({ ...observer, probe }, "s", async () => {});
    expect([...asked]).toEqual(["s"]);
  });

  it("finds a probe that fails", async () => {
    const observer = { probe: broken, clock: today(), settleMs: 4000, signal: never };
    expect(await calibrate(observer, "s", async () => {})).toEqual({
      kind: "probe-failed",
      reason: "the probe URL answered 500",
    });
  });
});

/** When each shows, in seconds; whether it was seen; and how long it was looked for, in whole seconds. */
it.each<[string, number[], number[], number]>([
  ["until all of it shows", [29, 50], [1, 1], 50],
  ["no longer than effects may take after the last that showed", [29, Infinity], [1, 0], 59],
  ["no longer than three times that, whatever still shows", [25, 50, 75, 100], [1, 1, 1, 0], 90],
])("what did not show is looked for once more, %s", async (_how, showsAfter, expected, tookSeconds) => {
  const { clock, counts, observer } = processor(0);
  for (const [index, seconds] of showsAfter.entries()) {
    if (seconds < Infinity) clock.timer(1000 * seconds, () => counts.set(`s${index}`, 1));
  }
  const watch = { observer, calibration: { kind: "observable", timeToEffectMs: 0 } } as unknown as Watch;
  const ids = showsAfter.map((_seconds, index) => `s${index}`);
  const seen = await lookOnceMore(watch, ids);
  expect(ids.map((id) => seen.get(id)?.processed)).toEqual(expected);
  expect(Math.floor((clock.now() - startAt) / 1000)).toBe(tookSeconds);
});

it("what did not show is looked for once more, at first every few milliseconds", async () => {
  const { clock, observer, send } = processor(100);
  send("s");
  const watch = { observer, calibration: { kind: "observable", timeToEffectMs: 0 } } as unknown as Watch;
  await lookOnceMore(watch, ["s"]);
  expect(clock.now() - startAt).toBeLessThanOrEqual(125);
});

describe("effects are settled", () => {
  /** Processes what is sent so much later, but for the ids that are lost; sentinels are `sentinel 1` and so on. */
  function watching(delayMs: number, lost: readonly string[] = [], baselineMs = delayMs) {
    const { clock, counts, send, observer } = processor(delayMs);
    const sentinels: string[] = [];
    const deliver = (id: string): void => (lost.includes(id) ? undefined : send(id));
    const sendSentinel = async (): Promise<string> => {
      const id = `sentinel ${sentinels.length + 1}`;
      sentinels.push(id);
      deliver(id);
      return id;
    };
    const calibration = { kind: "observable", timeToEffectMs: baselineMs } as const;
    const watch: Watch = {
      observer,
      calibration,
      sendSentinel,
      state: nothingSeen(),
    };
    const timesOf = async (ids: readonly string[], awaited: readonly string[] = [], lastSentAt?: number) => {
      const { seen, isSure } = await settle(watch, ids, awaited, lastSentAt);
      return [ids.map((id) => seen.get(id)?.processed), isSure];
    };
    return { clock, counts, deliver, sentinels, watch, timesOf };
  }
  const threeLost = ["sentinel 1", "sentinel 2", "sentinel 3"];

  it("once a session that was sent later was processed, and some time more has passed", async () => {
    const { clock, counts, deliver, sentinels, timesOf } = watching(600);
    deliver("early");
    // A duplicate's effect that comes late, behind the sentinel's.
    clock.timer(2300, () => counts.set("early", 2));
    expect(await timesOf(["early", "unknown"])).toEqual([[2, 0], true]);
    expect(sentinels).toHaveLength(1);
    expect(clock.now() - startAt).toBeLessThan(600 + 500 + 3 * 600 + 1);
  });

  it("no sooner than work takes beside other work, where it takes no time alone", async () => {
    const { clock, counts, deliver, timesOf } = watching(1);
    deliver("early");
    clock.timer(40, () => counts.set("early", 2));
    expect(await timesOf(["early"])).toEqual([[2], true]);
  });

  /** How long each of so many looks takes, in milliseconds, with a baseline of a second. */
  async function looksAfterSlowStart(looks: number, lateSentinels: Readonly<Record<string, number>> = {}) {
    const { clock, counts, timesOf } = watching(10, Object.keys(lateSentinels), 1000);
    for (const [id, atMs] of Object.entries(lateSentinels)) clock.timer(atMs, () => counts.set(id, 1));
    const looksMs: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      const before = clock.now();
      await timesOf([]);
      looksMs.push(clock.now() - before);
    }
    return looksMs;
  }

  it("without waiting at each look for as long as a slow start took, once three sentinels were quicker", async () => {
    expect(await looksAfterSlowStart(5)).toEqual([3010, 3010, 3010, 60, 60]);
  });

  it("waiting for what three in four sentinels took, whatever few of them took", async () => {
    // The first is 600 ms late: one in three, and then one in four.
    expect(await looksAfterSlowStart(5, { "sentinel 1": 600 })).toEqual([3743, 3010, 3010, 2239, 60]);
  });

  it("in one request, however many sessions there are", async () => {
    const { clock, deliver, sentinels, timesOf } = watching(100);
    const ids = Array.from({ length: 150 }, (_, index) => `s${index}`);
    for (const id of ids) deliver(id);
    expect(await timesOf(ids, ids)).toEqual([ids.map(() => 1), true]);
    expect(sentinels).toHaveLength(1);
    expect(clock.now() - startAt).toBeLessThan(1000);
  });

  it("without what is lost, once nothing new has shown for a while", async () => {
    const { clock, deliver, sentinels, timesOf } = watching(100, ["b"]);
    for (const id of ["a", "b"]) deliver(id);
    expect(await timesOf(["a", "b"], ["a", "b"])).toEqual([[1, 0], true]);
    expect(sentinels).toHaveLength(1);
    expect(clock.now() - startAt).toBeLessThan(7000);
  });

  it("with more sentinels where the first is lost", async () => {
    const { deliver, sentinels, timesOf } = watching(100, ["b", "sentinel 1"]);
    for (const id of ["a", "b"]) deliver(id);
    expect(await timesOf(["a", "b"], ["a", "b"])).toEqual([[1, 0], true]);
    expect(sentinels).toEqual(threeLost);
  });

  it("and without waiting for the first, once one of those shows", async () => {
    const { clock, deliver, timesOf } = watching(100, ["sentinel 1"]);
    deliver("a");
    expect(await timesOf(["a"], ["a"])).toEqual([[1], true]);
    expect(clock.now() - startAt).toBeLessThan(7000);
  });

  it("waiting twice as long as it took for the slowest to show", async () => {
    const { clock, counts, timesOf } = watching(100);
    clock.timer(4000, () => counts.set("slow", 1));
    clock.timer(11_000, () => counts.set("slower", 1));
    expect(await timesOf(["slow", "slower"], ["slow", "slower"])).toEqual([[1, 1], true]);
  });

  it("remembering how long the sentinel took, and not what showed before it", async () => {
    const { counts, timesOf, watch } = watching(600);
    counts.set("a", 1);
    await timesOf(["a"], ["a"]);
    expect(watch.state.sentinelsMs).toEqual([743]);
  });

  it("at once, where the sentinel of an earlier look was sent after them", async () => {
    const { clock, deliver, sentinels, timesOf } = watching(100);
    deliver("a");
    const sentAt = clock.now();
    await timesOf([]);
    const lookedAt = clock.now();
    expect(await timesOf(["a"], ["a"], sentAt)).toEqual([[1], true]);
    expect([clock.now(), sentinels]).toEqual([lookedAt, ["sentinel 1"]]);
  });

  it.each([
    ["it was sent after the sentinel of the earlier look", [], 1],
    ["one of them does not show", ["a"], 0],
    ["no sentinel of the earlier look has shown", threeLost, 0],
  ])("with a sentinel of its own where %s", async (_, lost, laterMs) => {
    const { clock, deliver, sentinels, timesOf } = watching(100, lost);
    for (const id of ["a", "b"]) deliver(id);
    const sentAt = clock.now() + laterMs;
    await timesOf([]);
    const before = sentinels.length;
    await timesOf(["a", "b"], ["a", "b"], sentAt);
    expect(sentinels.length).toBeGreaterThan(before);
  });

  it("after a long queue, as long as it gets shorter", async () => {
    const { clock, counts, timesOf } = watching(100);
    const ids = Array.from({ length: 30 }, (_, index) => `s${index}`);
    for (const [index, id] of ids.entries()) clock.timer(1500 * (index + 1), () => counts.set(id, 1));
    expect(await timesOf(ids, ids)).toEqual([ids.map(() => 1), true]);
  });

  it("without being sure, where nothing that is sent is processed any more, and is not waited for again", async () => {
    const { clock, timesOf, watch } = watching(100, ["a", ...threeLost, "sentinel 4"]);
    expect(await timesOf(["a"], ["a"])).toEqual([[0], false]);
    expect([watch.state.sentinelsMs, watch.state.unseen]).toEqual([[], threeLost]);
    const firstMs = clock.now() - startAt;
    expect(firstMs).toBeGreaterThanOrEqual(30_000);
    await timesOf(["a"], ["a"]);
    expect(clock.now() - startAt - firstMs).toBeLessThan(4000);
  });

  it("and is not waited for again either where something was processed before that", async () => {
    const { clock, timesOf } = watching(100, ["sentinel 2", "sentinel 3", "sentinel 4", "sentinel 5"]);
    expect(await timesOf([])).toEqual([[], true]);
    expect(await timesOf([])).toEqual([[], false]);
    const before = clock.now();
    await timesOf([]);
    expect(clock.now() - before).toBeLessThan(4000);
  });

  it("waiting again, where what was taken for the end was a long queue", async () => {
    const { clock, counts, timesOf } = watching(100, ["a", "b", ...threeLost, "sentinel 4"]);
    expect(await timesOf(["a"], ["a"])).toEqual([[0], false]);
    const showsAt = { "sentinel 1": 1000, c: 1000, b: 5000, "sentinel 4": 9000 };
    for (const [id, ms] of Object.entries(showsAt)) clock.timer(ms, () => counts.set(id, 1));
    expect(await timesOf(["b", "c"], ["b", "c"])).toEqual([[1, 1], true]);
  });

  it("never, where the queue is still being worked on at three times as long as effects may take", async () => {
    const { clock, counts, timesOf } = watching(100);
    const ids = Array.from({ length: 200 }, (_, index) => `s${index}`);
    for (const [index, id] of ids.entries()) clock.timer(1500 * (index + 1), () => counts.set(id, 1));
    await expect(timesOf(ids, ids)).rejects.toMatchObject({
      name: "NotRun",
      code: "effects-not-settled",
      message: expect.stringMatching(
        /^the receiver was still working its way .* with 1\d\d sessions to go; raise --settle, which is 30 seconds now$/,
      ) as string,
    });
    clock.close();
  });
});
