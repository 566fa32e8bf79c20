import { describe, expect, it } from "vitest";
import type { CheckEnd } from "./check-record.js";
import type { Check } from "./check.js";
import { NotRun } from "./interruption.js";
import { checkOf } from "./check.test.kit.js";
import type { Death } from "./vitals.js";
import { scheduleChecks, type ScheduleChecksOptions } from "./schedule-checks.js";

const ended = (outcome: CheckEnd["outcome"], rest: Partial<CheckEnd> = {}): CheckEnd => ({
  outcome,
  reasonCode: null,
  reason: null,
  durationMs: 0,
  record: null,
  ...rest,
});

const failedBy = (outcome: object): CheckEnd =>
  ended("failed", {
    record: {
      evidence: [{ attempt: { outcome } as never, label: "odd", scheduled: false, fitsCurl: true, variation: null }],
      findings: [],
      notes: [],
      latenciesMs: [],
    },
  });

const failedOddly = failedBy({ kind: "acknowledged", status: 200 });

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Plays checks that end as told; says what started and ended, and how many ran at once at most. */
async function play(stages: readonly (readonly Check[])[], options: Partial<ScheduleChecksOptions> = {}) {
  const events: string[] = [];
  const said: string[] = [];
  const ends = new Map<string, CheckEnd>();
  const together = new Map<string, number>();
  let running = 0;
  let most = 0;
  const { run = async () => ended("passed"), control = async () => true, ...rest } = options;
  const resting = async (wait: () => Promise<void>): Promise<void> => {
    running -= 1;
    await wait();
    running += 1;
  };
  await scheduleChecks({
    stages,
    lanes: { width: 3 },
    stop: new AbortController().signal,
    ease: () => () => {},
    rest: async () => void events.push("rest"),
    pause: async () => {},
    vitals: { death: null, deaths: [] },
    stage: (says) => said.push(says),
    ...rest,
    async run(check, confirming, stop, aside) {
      running += 1;
      most = Math.max(most, running);
      events.push(`${confirming ? "repeat" : "start"} ${check.id}`);
      await turn();
      together.set(check.id, Math.max(together.get(check.id) ?? 0, running));
      const end = await run(check, confirming, stop, aside && ((wait) => aside(() => resting(wait))));
      running -= 1;
      return end;
    },
    async control(stop) {
      events.push("control");
      return control(stop);
    },
    finish(check, end) {
      events.push(`end ${check.id}`);
      ends.set(check.id, end);
    },
  });
  return { events, said, ends, most, together };
}

const polite = (id: string): Check => checkOf(id);
const alone = (id: string): Check => checkOf(id, { pace: "alone" });
const rough = (id: string): Check => checkOf(id, { pace: "rough" });

describe("the order of checks", () => {
  it("is side by side, then alone, then rough, within each stage", async () => {
    const { events } = await play([[rough("r"), alone("m"), polite("p")], [polite("later")]], { lanes: { width: 1 } });
    expect(events.filter((event) => event.startsWith("start"))).toEqual([
      "start p",
      "start m",
      "start r",
      "start later",
    ]);
  });

  it("has as many side by side as it is told, and no more", async () => {
    const checks = Array.from({ length: 10 }, (_, index) => polite(`p${index}`));
    expect((await play([checks], { lanes: { width: 3 } })).most).toBe(3);
    expect((await play([checks], { lanes: { width: 1 } })).most).toBe(1);
    expect((await play([checks], { lanes: { width: 99 } })).most).toBe(10);
  });

  it("has fewer side by side, and more again, as the receiver allows", async () => {
    const checks = Array.from({ length: 12 }, (_, index) => polite(`p${index}`));
    const lanes = { width: 4 };
    let started = 0;
    const { together } = await play([checks], {
      lanes,
      async run() {
        started += 1;
        lanes.width = started < 5 ? 1 : 2;
        return ended("passed");
      },
    });
    const beside = checks.map(({ id }) => together.get(id));
    // Those under way are not broken off; nothing is started beside them.
    expect(beside.slice(0, 4)).toEqual([4, 3, 2, 1]);
    expect(beside.slice(5, 11)).toEqual(Array.from({ length: 6 }, () => 2));
  });

  it("leaves nothing beside what measures time or stalls", async () => {
    const { together } = await play([[polite("p"), polite("q"), alone("m"), rough("r"), alone("n")]]);
    expect(together.get("p")).toBe(2);
    expect([together.get("m"), together.get("n"), together.get("r")]).toEqual([1, 1, 1]);
  });

  it("ends every stage before the next one starts", async () => {
    const { events } = await play([[polite("a"), rough("b")], [polite("c")]]);
    expect(events.indexOf("end b")).toBeLessThan(events.indexOf("start c"));
  });

  it("confirms failures once those beside them have ended, in the order of the catalogue", async () => {
    const slow = polite("slow");
    const { events, together } = await play([[polite("second"), slow, polite("first")]], {
      run: async ({ id }) => {
        if (id === "second") for (let turns = 0; turns < 3; turns += 1) await turn();
        return ended(id === "slow" ? "passed" : "failed");
      },
    });
    expect(events.filter((event) => event.startsWith("repeat"))).toEqual(["repeat second", "repeat first"]);
    expect(events.indexOf("repeat second")).toBeGreaterThan(events.indexOf("end slow"));
    expect(together.get("slow")).toBeGreaterThan(1);
  });

  it("ends where there is nothing to run", async () => {
    expect((await play([[], []])).events).toEqual([]);
  });
});

describe("what only waits", () => {
  /** Waits until that check has started, and ends so. */
  function waitingFor(id: string, outcome: CheckEnd["outcome"] = "passed") {
    const started = new Map<string, () => void>();
    const start = new Promise<void>((resolve) => started.set(id, resolve));
    const told: string[] = [];
    const run: ScheduleChecksOptions["run"] = async (check, confirming, _stop, aside) => {
      started.get(check.id)?.();
      if (check.id !== "waits") return ended("passed");
      if (confirming) return ended(outcome);
      await aside?.(() => start);
      told.push("is back");
      return ended(outcome);
    };
    return { run, told };
  }
  const waits = polite("waits");

  it("stands aside, into what stalls and into later stages", async () => {
    const { run } = waitingFor("later");
    const { events } = await play([[waits, polite("p"), rough("r")], [rough("later")]], { run });
    expect(events.indexOf("end waits")).toBeGreaterThan(events.indexOf("start later"));
  });

  it("comes back where nothing is alone, before what is next", async () => {
    const { run } = waitingFor("r");
    const { events, together } = await play([[waits, rough("r"), rough("s")]], { run });
    expect(together.get("r")).toBe(1);
    expect(events.indexOf("end waits")).toBeGreaterThan(events.indexOf("end r"));
    expect(events.indexOf("end waits")).toBeLessThan(events.indexOf("start s"));
  });

  it("comes back before what has not begun", async () => {
    const { run } = waitingFor("p");
    const { events } = await play([[waits, polite("p"), polite("q")]], { run, lanes: { width: 1 } });
    expect(events).toEqual(["start waits", "start p", "end p", "end waits", "start q", "end q"]);
  });

  it("leaves its lane to others meanwhile", async () => {
    const { run, told } = waitingFor("q");
    await play([[waits, polite("p"), polite("q")]], { run, lanes: { width: 1 } });
    expect(told).toEqual(["is back"]);
  });

  it("is confirmed like any other where it fails after all", async () => {
    const { run } = waitingFor("later", "failed");
    const { events, ends } = await play([[waits], [rough("later")]], { run });
    expect(events).toContain("repeat waits");
    expect(ends.get("waits")?.outcome).toBe("failed");
  });

  it("has no other beside it where those let the receiver age", async () => {
    const asked: boolean[] = [];
    await play([[waits]], {
      agesReceiver: true,
      run: async (_check, _confirming, _stop, aside) => {
        asked.push(aside === undefined);
        return ended("passed");
      },
    });
    expect(asked).toEqual([true]);
  });

  it("rejects where the harness fails in it, however late", async () => {
    const { run } = waitingFor("later");
    const failing: ScheduleChecksOptions["run"] = async (check, ...rest) => {
      const end = await run(check, ...rest);
      if (check.id === "waits") throw new Error("ours");
      return end;
    };
    await expect(play([[waits], [rough("later")]], { run: failing })).rejects.toThrow("ours");
  });
});

describe("what lets minutes pass", () => {
  const spanning = checkOf("minutes", { spansMinutes: true });

  it.each([
    [true, ["start p", "end p", "start minutes"]],
    [false, ["start minutes", "start p", "end minutes"]],
  ])("runs with nothing beside it where that ages the receiver: %s", async (agesReceiver, expected) => {
    const { events } = await play([[spanning, polite("p")]], { agesReceiver });
    expect(events.slice(0, 3)).toEqual(expected);
  });

  it("leaves what spans none where it was", async () => {
    const { together } = await play([[polite("p"), polite("q")]], { agesReceiver: true });
    expect(together.get("p")).toBe(2);
  });
});

describe("effects", () => {
  const judging = (id: string): Check => checkOf(id, { judgesEffects: true });

  /** Has these fail over their effects; says which checks were looked at, look by look. */
  function looking(...lost: readonly string[]) {
    const looks: string[][] = [];
    const settle: ScheduleChecksOptions["settle"] = async (ends) => {
      looks.push(ends.map(([{ id }]) => id));
      return ends.map(([check, end]) => [check, lost.includes(check.id) ? failedOddly : end]);
    };
    return { looks, settle };
  }

  it("are looked at once for all that ran side by side, and once more when the stage has ended", async () => {
    const { looks, settle } = looking();
    const { ends } = await play([[judging("a"), polite("p"), judging("b")]], { settle });
    expect(looks).toEqual([["a", "b"], []]);
    expect([...ends].map(([id, { outcome }]) => [id, outcome])).toEqual([
      ["p", "passed"],
      ["a", "passed"],
      ["b", "passed"],
    ]);
  });

  it("are looked at together for all that stalls, between whose controls nobody waits for them", async () => {
    const { looks, settle } = looking("r");
    const stalling = (id: string): Check => checkOf(id, { judgesEffects: true, pace: "rough" });
    const { ends, events } = await play([[stalling("r"), stalling("s")]], { settle });
    expect(looks).toEqual([["r", "s"], ["r"]]);
    expect(events.indexOf("start s")).toBeLessThan(events.indexOf("repeat r"));
    expect([ends.get("r")?.outcome, ends.get("s")?.outcome]).toEqual(["failed", "passed"]);
  });

  it("that are missing fail their check, which is repeated alone and looked at again", async () => {
    const { looks, settle } = looking("a");
    const { ends, events } = await play([[judging("a"), judging("b")]], { settle });
    expect(looks).toEqual([["a", "b"], ["a"], []]);
    expect([ends.get("a")?.outcome, ends.get("b")?.outcome]).toEqual(["failed", "passed"]);
    expect(events.filter((event) => event.startsWith("repeat"))).toEqual(["repeat a"]);
  });

  it("that were all there leave their check out of what may have taken the receiver down", async () => {
    const { settle } = looking("a");
    const { ends } = await play([[judging("a"), judging("b")], [polite("later")]], {
      settle,
      control: async () => false,
    });
    expect(ends.get("later")?.reason).toBe("the documented callback was no longer acknowledged after a");
  });

  it("are not asked for where the check has failed before", async () => {
    const { looks, settle } = looking();
    await play([[judging("a")]], { settle, run: async (_check, again) => (again ? ended("passed") : failedOddly) });
    expect(looks).toEqual([[], ["a"], []]);
  });

  it("are not asked for again where what stalls has failed twice", async () => {
    const { looks, settle } = looking();
    const stalls = checkOf("r", { judgesEffects: true, pace: "rough" });
    const { events } = await play([[stalls]], { settle, run: async () => failedOddly });
    expect(events.filter((event) => event.startsWith("repeat"))).toEqual(["repeat r"]);
    expect(looks).toEqual([["r"], []]);
  });

  it("of a check without any are not looked at when it is repeated", async () => {
    const { looks, settle } = looking();
    await play([[polite("p")]], { settle, run: async () => failedOddly });
    expect(looks).toEqual([[], []]);
  });
});

describe("what stalls or floods", () => {
  it("is followed by a control each time", async () => {
    const { events } = await play([[rough("r1"), rough("r2")]]);
    expect(events).toEqual(["start r1", "control", "end r1", "start r2", "control", "end r2"]);
  });

  it("comes after a control where others were sent before it", async () => {
    const { events } = await play([[polite("p"), rough("r")]]);
    expect(events).toEqual(["start p", "end p", "control", "start r", "control", "end r"]);
  });

  it("is not charged with what was down before it", async () => {
    const { ends } = await play([[polite("p"), rough("r")]], { control: async () => false });
    expect(ends.get("r")).toMatchObject({
      outcome: "not-run",
      reason: "the documented callback was no longer acknowledged after what was sent before it",
    });
  });

  it("leaves later checks not-run when the control fails, and is named there", async () => {
    const { ends } = await play(
      [
        [rough("r1"), rough("r2")],
        [polite("p"), alone("m")],
      ],
      { control: async () => false },
    );
    expect(ends.get("r1")?.outcome).toBe("failed");
    for (const id of ["r2", "p", "m"]) {
      expect(ends.get(id)).toMatchObject({
        outcome: "not-run",
        reasonCode: "receiver-unhealthy",
        reason: "the documented callback was no longer acknowledged after r1",
      });
    }
  });

  it("has failed where the controls after it fail too, since one before it was acknowledged", async () => {
    const { ends, events } = await play([[rough("r1"), rough("r2")]], {
      run: async () => failedOddly,
      control: async () => false,
    });
    expect(ends.get("r1")).toMatchObject({
      outcome: "failed",
      record: { notes: ["The documented callback that was sent right afterwards was not acknowledged either."] },
    });
    expect(ends.get("r2")?.reason).toContain("after r1");
    expect(events).toEqual(["start r1", "control", "rest", "control", "end r1", "end r2"]);
  });

  it("is confirmed like any other where the receiver is started again meanwhile", async () => {
    const controls = [false, true, true];
    const { ends, events } = await play([[rough("r1")]], {
      run: async () => failedOddly,
      control: async () => controls.shift() ?? true,
    });
    expect(ends.get("r1")?.outcome).toBe("failed");
    expect(events).toEqual(["start r1", "control", "rest", "control", "repeat r1", "control", "end r1"]);
  });

  it("is followed by no control where it sent nothing", async () => {
    const { events } = await play([[rough("r")]], { run: async () => ended("skipped") });
    expect(events).toEqual(["start r", "end r"]);
  });

  it("comes after a control where what was sent before it told nothing of how the receiver is", async () => {
    const { events } = await play([[rough("r1"), rough("r2")]], {
      run: async ({ id }) => ended(id === "r1" ? "not-run" : "passed"),
    });
    expect(events).toEqual(["start r1", "end r1", "control", "start r2", "control", "end r2"]);
  });

  it("comes after none where what is before it was left out", async () => {
    const { events } = await play([[rough("r1"), rough("r2")]], {
      run: async ({ id }) => ended(id === "r1" ? "skipped" : "passed"),
    });
    expect(events).toEqual(["start r1", "end r1", "start r2", "control", "end r2"]);
  });

  it("comes after a control where something that measures time was sent before it, which has none itself", async () => {
    const { events } = await play([[alone("m"), alone("n"), rough("r")]]);
    expect(events).toEqual(["start m", "end m", "start n", "end n", "control", "start r", "control", "end r"]);
  });

  it.each(["unknown", "rate-limited"] as const)("is tried anew after a control that told nothing: %s", async (told) => {
    const { events } = await play([[rough("r1"), rough("r2")]], { control: async () => told });
    expect(events).toEqual(["start r1", "control", "end r1", "control", "start r2", "control", "end r2"]);
  });

  it("does not stop the rest where no session is left for a control", async () => {
    const { ends } = await play([[rough("r1"), rough("r2")]], { control: async () => "unknown" });
    expect(ends.get("r2")?.outcome).toBe("passed");
  });
});

describe("a receiver that is down after some of what ran side by side", () => {
  const health = checkOf("health", { pace: "rough", judgesHealth: true });
  const failing =
    (...ids: readonly string[]): ScheduleChecksOptions["run"] =>
    async ({ id }) =>
      ids.includes(id) ? failedOddly : ended("passed");

  it("is charged to none of it, and all that failed is named", async () => {
    const { ends } = await play([[polite("p"), polite("q"), polite("fine"), alone("m")]], {
      run: failing("p", "q"),
      control: async () => false,
    });
    for (const id of ["p", "q"]) expect(ends.get(id)).toMatchObject({ outcome: "not-run" });
    expect(ends.get("fine")?.outcome).toBe("passed");
    expect(ends.get("m")?.reason).toBe("the documented callback was no longer acknowledged after p, q");
  });

  it("fails the check that judges just that, which is run all the same", async () => {
    const { ends, events } = await play([[polite("p"), rough("r"), health]], {
      run: failing("p", "health"),
      control: async () => false,
    });
    expect(ends.get("r")?.outcome).toBe("not-run");
    expect(ends.get("health")?.outcome).toBe("failed");
    expect(events).toEqual(["start p", "control", "rest", "control", "end p", "end r", "start health", "end health"]);
  });

  it("does not fail that check where it was down before its stage", async () => {
    const { ends } = await play([[polite("p")], [health]], { run: failing("p", "health"), control: async () => false });
    expect(ends.get("health")).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy" });
  });
});

describe("what is waited for", () => {
  it("is told where there is something to wait for", async () => {
    const death: Death = { after: [{ check: "p", label: "odd" }] };
    const { said } = await play([[checkOf("e", { judgesEffects: true }), polite("f"), polite("p")]], {
      vitals: { death: null, deaths: [death] },
      run: async ({ id }) => (id === "f" ? failedOddly : ended("passed")),
    });
    expect(said).toEqual([
      "looking for the effects of what was sent",
      "1 failed once, confirming alone",
      "its process has ended: looking over which check",
    ]);
  });

  it("is not told where there is nothing", async () => {
    expect((await play([[polite("p"), rough("r")], [polite("later")]])).said).toEqual([]);
  });
});

describe("a failure that cannot be confirmed", () => {
  it("because the run is stopped does not count", async () => {
    const stop = new AbortController();
    const { ends, events } = await play([[polite("p")]], {
      stop: stop.signal,
      run: async () => {
        stop.abort(new NotRun("interrupted", "the run was interrupted"));
        return failedOddly;
      },
    });
    expect(ends.get("p")).toMatchObject({
      outcome: "not-run",
      reasonCode: "interrupted",
      reason: "it failed once, and was not repeated to confirm it: the run was interrupted",
    });
    expect(events).toEqual(["start p", "end p"]);
  });

  it("because the receiver limits the rate by then is not-run", async () => {
    const { ends } = await play([[polite("p")]], {
      run: async (_check, confirming) => (confirming ? ended("not-run", { reasonCode: "rate-limited" }) : failedOddly),
    });
    expect(ends.get("p")).toMatchObject({ outcome: "not-run", reasonCode: "rate-limited" });
  });
});

describe("a hang on hostile input that was met among other checks", () => {
  const hangs = failedBy({ kind: "failed", reason: "timeout" });

  it.each([
    ["is repeated alone where the receiver is slow", true, ["start p", "control", "repeat p", "end p"]],
    ["is not asked for twice where it is quick", false, ["start p", "control", "end p"]],
  ])("%s", async (_name, isSlow, expected) => {
    const hardening = checkOf("p", { level: "hardening" });
    expect((await play([[hardening]], { isSlow, run: async () => hangs })).events).toEqual(expected);
  });
});

describe("a process that ended while several checks ran, and was started again,", () => {
  const over = (...ids: readonly string[]): Death => ({ after: ids.map((check) => ({ check, label: "odd" })) });

  /** Two checks pass, and the process ends over them; so often each is played in all when it ends once more. */
  async function diesAgain(
    atPlays: Readonly<Record<string, readonly number[]>>,
    told: { byItself?: boolean; comesBack?: boolean } & Pick<ScheduleChecksOptions, "stands"> = {},
  ) {
    const deaths: Death[] = [];
    const plays: Record<string, number> = {};
    const acquitted: string[] = [];
    const { ends, events } = await play([[polite("p"), polite("q")]], {
      lanes: { width: 1 },
      vitals: { death: null, deaths, acquits: (check) => void acquitted.push(check) },
      ...(told.stands && { stands: told.stands }),
      async run({ id }) {
        if (deaths.length === 0 && id === "q") deaths.push(over("q", "p"));
        plays[id] = (plays[id] ?? 0) + 1;
        if (atPlays[id]?.includes(plays[id]) === true) deaths.push(over(id));
        return ended("passed");
      },
      async control() {
        if (told.byItself === true) deaths.push(over());
        return told.comesBack ?? true;
      },
    });
    return { failed: [...ends].filter(([, { outcome }]) => outcome !== "passed"), events, acquitted };
  }

  it("fails the one over which it ends each time that it is played alone", async () => {
    const { failed } = await diesAgain({ p: [2, 3] });
    expect(failed).toMatchObject([
      [
        "p",
        {
          record: { findings: [{ expected: "a receiver that goes on listening", cause: { id: "process-ended: p" } }] },
        },
      ],
    ]);
  });

  it("acquits those over which it does not, and none where it ends by itself", async () => {
    expect((await diesAgain({})).acquitted).toEqual(["p", "q"]);
    expect((await diesAgain({ p: [2, 3] })).acquitted).toEqual(["q"]);
    expect((await diesAgain({ p: [2, 3] }, { byItself: true })).acquitted).toEqual([]);
    expect((await diesAgain({}, { comesBack: false })).acquitted).toEqual([]);
  });

  it("goes on to the next where it ends over one once, which was over something before", async () => {
    const { failed } = await diesAgain({ p: [2], q: [2, 3] });
    expect(failed.map(([id]) => id)).toEqual(["q"]);
  });

  it.each<[string, Parameters<typeof diesAgain>]>([
    ["where it outlives each of them alone", [{}]],
    ["where it ends over one once, and not again", [{ p: [2] }]],
    ["where it ends over documented callbacks too", [{ p: [2, 3] }, { byItself: true }]],
  ])("fails none of them %s", async (_what, told) => {
    expect((await diesAgain(...told)).failed).toEqual([]);
  });

  it("is tried on none that has failed, or that the real schedule has shown", async () => {
    const { failed, events } = await diesAgain({ p: [2, 3], q: [2, 3] }, { stands: ({ id }) => id === "p" });
    expect(failed.map(([id]) => id)).toEqual(["q"]);
    expect(events.filter((event) => event === "start p")).toEqual(["start p"]);
    const onFailed = await play([[polite("p")]], {
      vitals: { death: null, deaths: [over("p")] },
      run: async () => failedOddly,
    });
    expect(onFailed.events).toEqual(["start p", "control", "repeat p", "end p"]);
  });

  it("fails the only one that it can have ended over, where it does not come back", async () => {
    const { ends, events } = await play([[polite("p"), polite("q")]], {
      vitals: { death: over("p"), deaths: [over("p")] },
      control: async () => false,
    });
    expect(ends.get("p")).toMatchObject({
      outcome: "failed",
      record: { findings: [{ where: "what was sent afterwards", cause: { id: "process-ended: p" } }] },
    });
    expect(ends.get("q")?.outcome).toBe("passed");
    expect(events.filter((event) => event.startsWith("start"))).toEqual(["start p", "start q"]);
  });

  it("is not waited for again and again where it does not come back", async () => {
    const { events, failed } = await diesAgain({ p: [2, 3] }, { comesBack: false });
    expect(failed).toEqual([]);
    expect(events.filter((event) => event === "rest")).toEqual(["rest"]);
  });
});
