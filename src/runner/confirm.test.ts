import { describe, expect, it } from "vitest";
import type { Check } from "./check.js";
import type { CheckEnd } from "./check-record.js";
import { checkOf } from "./check.test.kit.js";
import { createConfirmation, type ConfirmationOptions, type ControlResult } from "./confirmation.js";
import { NotRun } from "./interruption.js";
import type { Death } from "./vitals.js";

const ended = (outcome: CheckEnd["outcome"], rest: Partial<CheckEnd> = {}): CheckEnd => ({
  outcome,
  reasonCode: null,
  reason: null,
  durationMs: 0,
  record: null,
  ...rest,
});

/** The end of a check that failed over one attempt. */
const failedOver = (attempt: object, label = "odd"): CheckEnd =>
  ended("failed", {
    record: {
      evidence: [{ attempt: attempt as never, label, scheduled: false, fitsCurl: true, variation: null }],
      findings: [],
      notes: [],
      latenciesMs: [],
    },
  });

const answered = (status: number) => ({
  outcome: { kind: "failed", reason: "status", phase: "headers" },
  response: { status, headers: [] },
});
const silent = { outcome: { kind: "failed", reason: "timeout", phase: "headers" }, response: null };
const refusedConnection = { outcome: { kind: "failed", reason: "connect", phase: "connect" }, response: null };

/** Nobody listens since that. */
const vitalsAfter = (death: Death) => ({ vitals: { death, deaths: [death] } });

const place = { stage: 0, stop: new AbortController().signal };

/** Makes sure of failures where controls and second runs come to what is told; says what was done for it. */
function confirming(controls: readonly ControlResult[], second: CheckEnd, rest: Partial<ConfirmationOptions> = {}) {
  const done: string[] = [];
  const left = [...controls];
  const confirmation = createConfirmation({
    run: async () => (done.push("repeat"), second),
    control: async () => (done.push("control"), left.shift() ?? true),
    rest: async () => void done.push("rest"),
    pause: async () => {},
    vitals: { death: null, deaths: [] },
    ease: () => (done.push("ease"), () => void done.push("undo")),
    ...rest,
  });
  return { done, confirmation, notesOf: ({ record }: CheckEnd) => record?.notes ?? [] };
}

const secondPassed = { ...failedOver(answered(200)), outcome: "passed" as const };
const secondFailed = failedOver(answered(400));

describe("a failure is repeated", () => {
  it("after a control where something odd was sent", async () => {
    const { done, confirmation } = confirming([true], secondFailed);
    expect(await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a")).toBe(secondFailed);
    expect(done).toEqual(["control", "repeat"]);
  });

  it("without one where only the documented callback was sent, or nothing", async () => {
    const { done, confirmation } = confirming([], secondFailed);
    await confirmation.confirm(checkOf("a"), failedOver(answered(400), ""), place, "a");
    await confirmation.confirm(checkOf("b", { builds: "nothing" }), failedOver(answered(400)), place, "b");
    expect(done).toEqual(["repeat", "repeat"]);
  });

  it("and has passed, with a note, where the second run passes", async () => {
    const { confirmation, notesOf } = confirming([true], secondPassed);
    const end = await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a");
    expect(end.outcome).toBe("passed");
    expect(notesOf(end)).toEqual(["It failed at first, and passed when it was repeated alone."]);
  });

  it("more slowly after a 503, which goes on where that has helped", async () => {
    const { done, confirmation, notesOf } = confirming([true], secondPassed);
    const end = await confirmation.confirm(checkOf("a"), failedOver(answered(503)), place, "a");
    expect(done).toEqual(["control", "ease", "repeat"]);
    expect(notesOf(end)[0]).toMatch(/^It met 503 at first, and passed when it was repeated more slowly/);
  });

  it("more slowly after a 503, which is undone where it has not", async () => {
    const { done, confirmation } = confirming([true], secondFailed);
    await confirmation.confirm(checkOf("a"), failedOver(answered(503)), place, "a");
    expect(done).toEqual(["control", "ease", "repeat", "undo"]);
  });

  it("as fast as before where it floods, or met no 503", async () => {
    const { done, confirmation } = confirming([true, true], secondFailed);
    await confirmation.confirm(checkOf("a", { floods: true }), failedOver(answered(503)), place, "a");
    await confirmation.confirm(checkOf("a"), failedOver(answered(500)), place, "a");
    expect(done).toEqual(["control", "repeat", "control", "repeat"]);
  });

  it.each([
    ["hardening", silent, false, ["control"]],
    ["hardening", silent, true, ["control", "repeat"]],
    ["hardening", answered(500), false, ["control", "repeat"]],
    ["required", silent, false, ["control", "repeat"]],
  ] as const)("unless it is a hang on hardening input: %s", async (level, attempt, wasCrowded, expected) => {
    const { done, confirmation } = confirming([true], secondFailed);
    await confirmation.confirm(checkOf("a", { level }), failedOver(attempt), place, "a", wasCrowded);
    expect(done).toEqual(expected);
  });
});

describe("a failure stands as it is", () => {
  it("where the baseline is judged, and where the real schedule has shown it", async () => {
    const { done, confirmation } = confirming([], secondPassed, { stands: ({ id }) => id === "slow" });
    const first = failedOver(answered(400), "");
    expect(await confirmation.confirm(checkOf("a", { builds: "judges-baseline" }), first, place, "a")).toBe(first);
    expect(await confirmation.confirm(checkOf("slow"), first, place, "slow")).toBe(first);
    expect(done).toEqual([]);
  });

  it("with a note, where no session is left to repeat it", async () => {
    const { confirmation, notesOf } = confirming([true], ended("skipped", { reasonCode: "sessions-used-up" }));
    const end = await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a");
    expect([end.outcome, notesOf(end)]).toEqual(["failed", ["It could not be repeated to confirm it."]]);
  });

  it("with that note, where nobody listens any more, and controls find that once", async () => {
    const { done, confirmation, notesOf } = confirming([false, false], secondPassed);
    const first = failedOver(refusedConnection, "");
    for (let times = 0; times < 2; times += 1) {
      const end = await confirmation.confirm(checkOf("a"), first, place, "a");
      expect([end.outcome, notesOf(end)]).toEqual(["failed", ["It could not be repeated to confirm it."]]);
    }
    expect(done).toEqual(["control", "rest", "control"]);
  });
});

describe("a failure is not judged", () => {
  it.each([
    ["receiver-unhealthy", ["hung"], /^it failed, but so did the documented callback that was sent as a control/],
    ["rate-limited", ["rate-limited"], /met a rate limit that persists; pass a lower --max-rate/],
  ] as const)("for what its control met: %s", async (reasonCode, controls, reason) => {
    const { done, confirmation } = confirming(controls, secondFailed);
    confirmation.disturbed();
    const end = await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a");
    expect(end).toMatchObject({ outcome: "not-run", reasonCode });
    expect(end.reason).toMatch(reason);
    expect(done).toEqual(["control"]);
  });

  it.each(["skipped", "not-run", "error"] as const)(
    "for what kept its second run from judging: %s",
    async (outcome) => {
      const second = ended(outcome, { reasonCode: "not-observable" });
      const { confirmation } = confirming(["unknown"], second);
      expect(await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a")).toBe(second);
    },
  );
});

describe("where the receiver's process has ended", () => {
  /** Nobody listens since something odd of this check was sent. */
  const diedOf = (check: string) => vitalsAfter({ after: [{ check, label: "an odd one" }] });
  const ending = /^the receiver's process has ended: .* was the callback "an odd one" of guilty$/;
  const unanswered = ended("failed", {
    record: {
      evidence: [
        { attempt: refusedConnection as never, label: "odd", scheduled: false, fitsCurl: true, variation: null },
      ],
      findings: [{ expected: "a 2XX", actual: "no connection", where: refusedConnection as never, fix: null }],
      notes: [],
      latenciesMs: [],
    },
  });
  const answeredWrongly = {
    ...unanswered,
    record: { ...failedOver(answered(400)).record, findings: [{ where: answered(400) }] },
  } as unknown as CheckEnd;
  const judgeable = (confirmation: ReturnType<typeof createConfirmation>, check: Check = checkOf("later")) =>
    confirmation.beyondJudging(check, 0);

  it("by another check, no check is charged with it that only got no answer, and one control is enough", async () => {
    const { done, confirmation } = confirming(["hung"], secondFailed, diedOf("guilty"));
    const documented = { ...unanswered, ...failedOver(refusedConnection, "") };
    for (const first of [unanswered, documented, unanswered]) {
      const end = await confirmation.confirm(checkOf("innocent"), first, place, "innocent");
      expect(end).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy", record: first.record });
      expect(end.reason).toMatch(ending);
    }
    expect(done).toEqual(["control"]);
    expect(judgeable(confirmation)).toMatchObject({
      outcome: "not-run",
      reasonCode: "receiver-unhealthy",
      record: null,
    });
    expect(judgeable(confirmation)?.reason).toMatch(ending);
  });

  it("and was started again, the check is judged by itself, and so are those after it", async () => {
    const { done, confirmation } = confirming([true, true], secondFailed, diedOf("guilty"));
    expect(await confirmation.confirm(checkOf("innocent"), unanswered, place, "innocent")).toBe(secondFailed);
    expect(done).toEqual(["control", "control", "repeat"]);
    expect(judgeable(confirmation)).toBeNull();
  });

  it("by another check, one that was answered before is judged by its answer", async () => {
    const { done, confirmation } = confirming([true], secondFailed, diedOf("guilty"));
    expect(await confirmation.confirm(checkOf("innocent"), answeredWrongly, place, "innocent")).toBe(secondFailed);
    expect(done).toEqual(["control", "repeat"]);
  });

  it("by another check, one that was answered wrongly does not count where a control finds nobody", async () => {
    const { confirmation } = confirming(["hung"], secondFailed, diedOf("guilty"));
    confirmation.disturbed();
    const end = await confirmation.confirm(checkOf("innocent"), answeredWrongly, place, "innocent");
    expect(end).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy" });
    expect(end.reason).toMatch(ending);
  });

  it("by this check alone, it is charged with that, however much was sent before it", async () => {
    const { confirmation, notesOf } = confirming(["hung"], secondPassed, diedOf("guilty"));
    confirmation.disturbed();
    const end = await confirmation.confirm(checkOf("guilty"), unanswered, place, "guilty");
    expect(end.outcome).toBe("failed");
    expect(notesOf(end)).toEqual([
      "The documented callback that was sent right afterwards was not acknowledged either.",
    ]);
  });

  it.each([
    ["over what was sent alone and taken well, that check has failed", diedOf("guilty"), "failed"],
    ["is not known, that check has failed by the controls after it alone", {}, "failed"],
  ])("%s", async (_name, vitals, outcome) => {
    const passed = ended("passed", { record: failedOver(answered(200)).record });
    const { confirmation } = confirming(["hung", "hung"], passed, { ...vitals, run: async () => passed });
    const ends: CheckEnd[] = [];
    await confirmation.alone(checkOf("guilty", { pace: "rough" }), place, (end) => ends.push(end));
    expect(ends.map((end) => end.outcome)).toEqual([outcome]);
    expect(ends[0]?.record?.evidence).toEqual(passed.record?.evidence);
    if (!("vitals" in vitals)) return;
    expect(ends[0]?.record?.findings).toMatchObject([
      {
        expected: "a receiver that goes on listening",
        actual: "no connection: its process has ended",
        where: "the documented callback right afterwards",
        cause: { id: "process-ended: guilty" },
      },
    ]);
  });

  it("over something before, the check of its health that passes has passed", async () => {
    const passed = ended("passed");
    const { confirmation } = confirming(["hung"], passed, diedOf("guilty"));
    await confirmation.alone(checkOf("guilty", { pace: "rough" }), place, () => {});
    const ends: CheckEnd[] = [];
    const health = checkOf("health", { pace: "rough", judgesHealth: true });
    await confirmation.alone(health, place, (end) => ends.push(end));
    expect(ends).toEqual([passed]);
  });
});

describe("what was taken well", () => {
  const passed = ended("passed", { durationMs: 5, record: failedOver(answered(200)).record });
  const over = (check: string, label: string): Death => ({ after: [{ check, label }] });

  it("was the end of the process, where nothing else comes into question", () => {
    const { confirmation } = confirming([], secondPassed, vitalsAfter(over("suspect", "odd")));
    expect(confirmation.culprit(checkOf("suspect"), passed)).toMatchObject({
      outcome: "failed",
      durationMs: 5,
      record: {
        evidence: passed.record?.evidence,
        findings: [{ where: "what was sent afterwards", cause: { id: "process-ended: suspect" } }],
      },
    });
  });

  it.each<[string, CheckEnd, Partial<ConfirmationOptions>]>([
    ["somebody listens", passed, {}],
    ["it has failed already", failedOver(answered(400)), vitalsAfter(over("suspect", "odd"))],
    ["the process ended over another", passed, vitalsAfter(over("another", "odd"))],
    ["only the documented callback was sent", passed, vitalsAfter(over("suspect", ""))],
  ])("stands where %s", (_what, end, rest) => {
    expect(confirming([], secondPassed, rest).confirmation.culprit(checkOf("suspect"), end)).toBeNull();
  });
});

describe("a check that may have been the end of a process that was started again", () => {
  const over = (check: string): Death => ({ after: [{ check, label: "odd" }] });
  /** What is played, and what is sent as a control, counted from 1. */
  interface Course {
    readonly endsOverPlays?: Readonly<Record<number, string>>;
    readonly endsOverControls?: readonly number[];
    readonly unanswered?: readonly number[];
    readonly stopsAtMs?: number;
  }

  async function again({ endsOverPlays = {}, endsOverControls = [], unanswered = [], stopsAtMs }: Course) {
    const deaths: Death[] = [];
    const stop = new AbortController();
    let [plays, controls, waitedMs] = [0, 0, 0];
    const { confirmation } = confirming([], secondPassed, {
      vitals: { death: null, deaths },
      async run(_check, isConfirming) {
        const culprit = endsOverPlays[(plays += 1)];
        if (culprit !== undefined) deaths.push(over(culprit));
        return ended("passed", { durationMs: isConfirming ? 0 : plays });
      },
      async control() {
        if (endsOverControls.includes((controls += 1))) deaths.push(over("baseline"));
        return !unanswered.includes(controls);
      },
      async pause(ms) {
        waitedMs += ms;
        if (waitedMs === stopsAtMs) stop.abort();
      },
    });
    return { end: await confirmation.again(checkOf("suspect"), stop.signal), plays, waitedMs };
  }
  const twice = { 1: "suspect", 2: "suspect" };

  it("has failed where the process ends over it twice, and over nothing for a second in between", async () => {
    const { end, waitedMs } = await again({ endsOverPlays: twice });
    expect(end).toMatchObject({
      outcome: "failed",
      durationMs: 2,
      record: { findings: [{ where: "a documented callback that was sent within a second" }] },
    });
    expect(waitedMs).toBe(1000);
  });

  it.each<[string, Course, Awaited<ReturnType<typeof again>>]>([
    ["nobody answers at first", { unanswered: [1, 2] }, { end: "gone", plays: 0, waitedMs: 0 }],
    [
      "nobody answers once it was played",
      { endsOverPlays: twice, unanswered: [2, 3] },
      { end: "gone", plays: 1, waitedMs: 0 },
    ],
    ["the process outlives it for a second", {}, { end: null, plays: 1, waitedMs: 1000 }],
    [
      "the process ends at the end of the second, and soon over a control",
      { endsOverControls: [21, 23] },
      { end: "by-itself", plays: 1, waitedMs: 1050 },
    ],
    [
      "the process outlives it the second time",
      { endsOverPlays: { 1: "suspect" } },
      { end: null, plays: 2, waitedMs: 2000 },
    ],
    [
      "the process ends over controls too, at the end of the second",
      { endsOverPlays: twice, endsOverControls: [22] },
      { end: "by-itself", plays: 1, waitedMs: 1000 },
    ],
    [
      "the process is gone after that second",
      { endsOverPlays: twice, unanswered: [23, 24] },
      { end: "by-itself", plays: 1, waitedMs: 1000 },
    ],
    [
      "the process may have ended over another the second time",
      { endsOverPlays: { 1: "suspect", 2: "another" } },
      { end: "by-itself", plays: 2, waitedMs: 1000 },
    ],
    ["the run is stopped", { stopsAtMs: 100 }, { end: null, plays: 1, waitedMs: 100 }],
  ])("is not charged with it where %s", async (_what, course, expected) => {
    expect(await again(course)).toEqual(expected);
  });
});

const withFinding = (end: CheckEnd): CheckEnd => ({
  ...end,
  record: end.record && {
    ...end.record,
    findings: [{ expected: "a 2XX", actual: "nothing", where: "there", fix: null }],
  },
});

describe("what is run alone", () => {
  const rough = checkOf("rough", { pace: "rough", level: "hardening" });

  it("and hangs on hardening input is not repeated", async () => {
    const { done, confirmation } = confirming([true, true], failedOver(silent));
    const ends: CheckEnd[] = [];
    await confirmation.alone(rough, place, (end) => ends.push(end));
    expect(ends.map(({ outcome }) => outcome)).toEqual(["failed"]);
    expect(done).toEqual(["repeat", "control", "control"]);
  });

  it("and fails has failed over just that, though the process ends afterwards", async () => {
    const failed = withFinding(failedOver(answered(400)));
    const { confirmation } = confirming([true, "hung"], secondFailed, {
      run: async () => failed,
      ...vitalsAfter({ after: [{ check: "rough", label: "odd" }] }),
    });
    const ends: CheckEnd[] = [];
    await confirmation.alone(rough, place, (end) => ends.push(end));
    expect(ends).toEqual([failed]);
  });
});

describe("a receiver that is down", () => {
  it("is so after what was sent first, whatever has failed since", async () => {
    const { confirmation } = confirming(["hung"], secondFailed);
    confirmation.disturbed();
    for (const id of ["first", "second"]) {
      const end = await confirmation.confirm(checkOf(id), failedOver(answered(400)), place, id);
      expect(end.outcome).toBe("not-run");
    }
    expect(confirmation.beyondJudging(checkOf("later"), 0)?.reason).toBe(
      "the documented callback was no longer acknowledged after first",
    );
  });
});

describe("a rate limit that a control meets", () => {
  it("leaves the receiver as well as it was", async () => {
    const { confirmation } = confirming(["rate-limited"], secondFailed);
    await confirmation.confirm(checkOf("a"), failedOver(answered(400)), place, "a");
    expect(confirmation.beyondJudging(checkOf("b"), 0)).toBeNull();
  });
});

describe("a run that is stopped", () => {
  it("while a failure is repeated leaves it uncounted", async () => {
    const stop = new AbortController();
    const { confirmation } = confirming([], secondFailed, {
      run: async () => {
        stop.abort(new NotRun("interrupted", "the run was interrupted"));
        return ended("not-run");
      },
    });
    const first = failedOver(answered(400), "");
    const end = await confirmation.confirm(checkOf("a"), first, { ...place, stop: stop.signal }, "a");
    expect(end).toMatchObject({
      outcome: "not-run",
      reasonCode: "interrupted",
      reason: "it failed once, and was not repeated to confirm it: the run was interrupted",
    });
  });
});

describe("a receiver that still listens, and acknowledges nothing after a check", () => {
  const cut = failedOver(silent, "cut in the middle");
  const rough = checkOf("a/rough", { pace: "rough" });

  async function playedAlone(first: CheckEnd, controls: readonly ControlResult[]) {
    const pauses: number[] = [];
    const pause = async (ms: number): Promise<void> => void pauses.push(ms);
    const { confirmation } = confirming(controls, first, { run: async () => first, pause });
    let finished: CheckEnd | null = null;
    await confirmation.alone(rough, place, (end) => void (finished = end));
    return { end: finished as CheckEnd | null, later: confirmation.beyondJudging(checkOf("b/later"), 0), pauses };
  }

  it("is not well since what failed, and so it is of all that is not run", async () => {
    const { end, later } = await playedAlone(withFinding(cut), ["hung"]);
    const cause = { id: "never-well-again: a/rough" };
    expect(end).toMatchObject({ outcome: "failed", record: { findings: [{ actual: "nothing", cause }] } });
    expect(end?.record?.findings[0]?.cause?.says).toMatch(/since the callback "cut in the middle" of a\/rough$/);
    expect(later).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy", cause });
  });

  it("fails what was answered as it should be", async () => {
    const passed = { ...cut, outcome: "passed" as const };
    for (const controls of [
      ["hung", "hung"],
      [false, false, false, false],
    ] as const) {
      const { end } = await playedAlone(passed, controls);
      expect(end).toMatchObject({
        outcome: "failed",
        record: {
          findings: [
            { actual: "no acknowledgement, though it still listens", cause: { id: "never-well-again: a/rough" } },
          ],
        },
      });
    }
    for (const controls of [[true], [false, true], ["unknown"], ["rate-limited"]] as const) {
      expect((await playedAlone(passed, controls)).end).toBe(passed);
    }
  });

  it("fails nothing that passed where it comes back by itself, and what comes later is not run for no cause that is known", async () => {
    const passed = { ...cut, outcome: "passed" as const };
    for (const controls of [
      ["hung", true],
      [false, false, false, true],
      ["hung", "rate-limited"],
    ] as const) {
      const { end, later, pauses } = await playedAlone(passed, controls);
      expect(end).toBe(passed);
      expect(later).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy" });
      expect(later).not.toHaveProperty("cause");
      expect(pauses).toEqual([10_000]);
    }
  });

  it("names the documented callback where nothing else was sent, and nothing where nothing was", async () => {
    const flooded = { ...failedOver(answered(200), ""), outcome: "passed" as const };
    expect((await playedAlone(flooded, ["hung", "hung"])).end?.record?.findings[0]?.cause?.says).toMatch(
      /since the documented callback of a\/rough$/,
    );
  });

  it("has no cause that is known where others were sent beside it", async () => {
    const { confirmation } = confirming(["hung"], secondPassed);
    confirmation.disturbed();
    expect(await confirmation.confirm(checkOf("a/odd"), withFinding(cut), place, "a/odd, b/odd")).toMatchObject({
      outcome: "not-run",
    });
    expect(confirmation.beyondJudging(checkOf("b/later"), 0)).not.toHaveProperty("cause");
  });
});
