import { describe, expect, it } from "vitest";
import type { Check } from "./check.js";
import type { EffectsProbe, Seen } from "./effects-probe.js";
import type { Following } from "./run.js";
import {
  checkIn,
  checkOf,
  outcomesOf,
  runChecks,
  startReceiver,
  targetOf,
  type Arrived,
  type Given,
  type Rest,
} from "./run.test.kit.js";

interface Habits {
  readonly answer?: (callback: Arrived) => Given;
  /** How often the receiver does the work for a callback. */
  readonly works?: (callback: Arrived) => number;
  readonly look?: (sessionId: string, processed: number) => Seen;
  /** Whether there is a probe. @default true */
  readonly isSeen?: boolean;
}

/** Runs checks against a receiver whose work a probe sees. */
async function runSeen(
  checks: readonly Check[],
  { answer = () => ({}), works = () => 1, look, ...following }: Habits & Rest = {},
) {
  const counts = new Map<string, number>();
  const asked = new Set<string>();
  const receiver = await startReceiver((callback) => {
    const { sessionId } = callback;
    counts.set(sessionId, (counts.get(sessionId) ?? 0) + works(callback));
    return answer(callback);
  });
  const count = async (id: string): Promise<number> => {
    asked.add(id);
    return counts.get(id) ?? 0;
  };
  const probe: EffectsProbe = {
    name: "the probe",
    count,
    ...(look !== undefined && { look: async (id: string) => look(id, counts.get(id) ?? 0) }),
  };
  const { isSeen = true, ...rest } = following;
  const report = await runChecks(targetOf(receiver.url, { effects: isSeen ? probe : null }), checks, rest);
  return { report, receiver, asked, outcomes: outcomesOf(report) };
}

const sends = (id: string, count: number, rest: Partial<Check> = {}): Check =>
  checkOf(id, {
    run: async (context) => void (await Promise.all(Array.from({ length: count }, () => context.send()))),
    ...rest,
  });
const varies = (id: string, rest: Partial<Check> = {}): Check =>
  checkOf(id, {
    judgesEffects: true,
    run: async (context) =>
      void (await context.send({ variation: { label: "odd", set: { "X-Odd": "1" }, harmless: true } })),
    ...rest,
  });
const everySession = checkOf("a/every-session", {
  level: "recommended",
  needs: ["effects"],
  collects: { misdeeds: ["lost", "doubled"], from: "any-suite" },
});
/** Stops a run when it tells of this. */
function stoppingWhen(says: string): Following {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    on: (event) => void (event.kind === "stage" && event.says === says && stop.abort()),
  };
}
const isOdd = ({ headers }: Arrived): boolean => headers["x-odd"] === "1";

describe("a session that was acknowledged", () => {
  it("and never processed fails the check that collects it, and not the required one that sent it", async () => {
    let callbacks = 0;
    const works = (): number => ((callbacks += 1) === 5 ? 0 : 1);
    const { outcomes, report } = await runSeen([sends("a/required", 30), everySession], { works });
    expect(outcomes).toEqual({ "a/required": "passed", "a/every-session": "failed" });
    expect(checkIn(report, "a/every-session").mismatches).toMatchObject([
      { expected: "processed once", actual: "processed never", where: "callback 2 (in a/required)" },
    ]);
  });

  it("and processed twice is told as that", async () => {
    const works = ({ number }: Arrived): number => (number === 7 ? 2 : 1);
    const { report } = await runSeen([sends("a/required", 30), everySession], { works });
    expect(checkIn(report, "a/every-session").mismatches.map(({ actual }) => actual)).toEqual([
      "processed 2 times, though sent once",
    ]);
  });

  it("fails the variation whose statement it is, once it was repeated alone", async () => {
    const works = (callback: Arrived): number => (isOdd(callback) ? 0 : 1);
    const { outcomes, receiver } = await runSeen([sends("a/required", 30), varies("a/varies"), everySession], {
      works,
    });
    expect(outcomes).toEqual({ "a/required": "passed", "a/varies": "failed", "a/every-session": "passed" });
    expect(receiver.arrived.filter(isOdd)).toHaveLength(2);
  });

  it("is not held against a variation where plain callbacks are lost as well", async () => {
    const works = ({ number }: Arrived): number => (number % 3 === 0 ? 0 : 1);
    const { outcomes } = await runSeen([sends("a/required", 30), varies("a/varies"), everySession], { works });
    expect(outcomes).toEqual({ "a/required": "passed", "a/varies": "passed", "a/every-session": "failed" });
  });

  it("is owed nothing where it was refused, or where the request was one to refuse", async () => {
    const answer = ({ number }: Arrived): Given => ({ status: number > 2 && number % 2 === 0 ? 400 : 200 });
    const works = ({ number }: Arrived): number => (number > 2 && number % 2 === 0 ? 0 : 1);
    const hostile = checkOf("a/hostile", {
      run: async (context) => void (await context.send({ variation: { label: "hostile", set: { "X-Odd": "1" } } })),
    });
    const { outcomes } = await runSeen([sends("a/required", 9), hostile, everySession], {
      answer,
      works: (callback) => (isOdd(callback) ? 0 : works(callback)),
    });
    expect(outcomes["a/every-session"]).toBe("passed");
  });

  it.each([
    ["of the checks", "looking for the effects of what was sent", { "a/judges": "not-run interrupted" }],
    ["once more of what was lost", "looking once more for what was lost or doubled", { "a/judges": "passed" }],
  ])("is nothing to be green over where the run was stopped as effects were looked for, %s", async (_, says, ends) => {
    const works = ({ number }: Arrived): number => (number === 7 ? 0 : 1);
    const judges = sends("a/judges", 1, { judgesEffects: true, needs: ["effects"] });
    const { outcomes, report } = await runSeen([sends("a/required", 30), judges, everySession], {
      works,
      ...stoppingWhen(says),
    });
    expect(outcomes).toEqual({ "a/required": "passed", "a/every-session": "not-run interrupted", ...ends });
    expect(checkIn(report, "a/required").notes).toEqual([]);
  });

  it("is nothing to be noted where no probe could have seen it, and the run was stopped then", async () => {
    const judges = sends("a/judges", 1, { judgesEffects: true });
    const stopping = stoppingWhen("looking for the effects of what was sent");
    const { outcomes, report } = await runSeen([judges], { isSeen: false, ...stopping });
    expect([outcomes, checkIn(report, "a/judges").notes]).toEqual([{ "a/judges": "passed" }, []]);
  });

  it("is looked for in as many requests for 3 sessions as for 150", async () => {
    const requestsFor = async (count: number): Promise<number> => {
      const { receiver, asked } = await runSeen([sends("a/required", count), everySession]);
      const arrived = new Set(receiver.arrived.map(({ sessionId }) => sessionId));
      expect([...asked].filter((id) => !arrived.has(id))).toEqual([]);
      return receiver.arrived.length - count;
    };
    // The first callback, that of the probe's trial, that of the check that looks, and a sentinel.
    expect([await requestsFor(3), await requestsFor(150)]).toEqual([4, 4]);
  });

  it("is told with when the work stopped, where nothing is processed since", async () => {
    const works = ({ number }: Arrived): number => (number > 20 ? 0 : 1);
    const later = sends("a/later", 5, { pace: "alone", builds: "on-baseline" });
    const causeOf = async (habits: (callback: Arrived) => number) => {
      const { report } = await runSeen([sends("a/required", 30), later, everySession], { works: habits });
      return checkIn(report, "a/every-session").likelyCause;
    };
    expect(await causeOf(works)).toMatchObject({
      id: "work-stopped",
      says: expect.stringMatching(/the first that was not was the documented callback of a\/required\b/),
    });
    expect((await causeOf(({ number }) => (number > 2 ? 0 : 1)))?.id).toBe("only-the-first-is-processed");
    expect(await causeOf(({ number }) => (number % 4 === 0 ? 0 : 1))).toBeUndefined();
  });

  it("is said in a note where no check that answers for it was selected", async () => {
    const works = ({ number }: Arrived): number => (number === 5 ? 0 : 1);
    const selected = new Set(["a/required"]);
    const { report, outcomes } = await runSeen([sends("a/required", 30), everySession], { works, selected });
    expect(outcomes["a/every-session"]).toBe("skipped not-selected");
    expect(report.notes).toContainEqual(expect.stringContaining("1 acknowledged session was not processed once"));
  });
});

describe("effects with names", () => {
  /** All sessions have the usual effects, but for the fifth. */
  function naming(fifth: Record<string, number>): Habits {
    let odd = "";
    return {
      works({ number, sessionId }) {
        if (number === 5) odd = sessionId;
        return 1;
      },
      look: (id, processed) => ({ processed, named: id === odd ? fifth : { email: processed, invoice: processed } }),
    };
  }

  it.each([
    [{ email: 1, invoice: 2 }, "invoice 2 times"],
    [{ email: 1 }, "invoice never"],
    [{ email: 3, invoice: 0 }, "email 3 times, invoice never"],
  ])("are each held to the same rule: %j", async (fifth, actual) => {
    const { report } = await runSeen([sends("a/required", 30), everySession], naming(fifth));
    expect(checkIn(report, "a/every-session").mismatches.map((mismatch) => mismatch.actual)).toEqual([actual]);
  });

  it("pass where each happened once", async () => {
    const { outcomes } = await runSeen([sends("a/required", 30), everySession], naming({ email: 1, invoice: 1 }));
    expect(outcomes["a/every-session"]).toBe("passed");
  });
});
