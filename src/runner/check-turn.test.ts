import { describe, expect, it, test } from "vitest";
import { document } from "../contract/document.js";
import type { Attempt } from "../sender/attempt.js";
import type { Connection } from "../sender/connection.js";
import { connectionFailure, timeoutFailure } from "../sender/failure.js";
import { ShortageError } from "../sender/shortage.js";
import { attempt, type Sent } from "./attempt.test.kit.js";
import type { Baseline } from "./baseline.js";
import { notApplicable, notJudged, notObservable, type Check } from "./check.js";
import type { CheckContext, KeptConnection, SendOptions } from "./check-context.js";
import { emptyRecord, type CheckRecord, type Evidence } from "./check-record.js";
import type { Aside } from "./check-turn.js";
import { ProbeError, type Calibration } from "./effects-probe.js";
import { AdvanceError } from "./elapsed-time.js";
import { NotRun } from "./interruption.js";
import { createLedger, type Ledger, type Page } from "./ledger.js";
import type { ResultsApi, ResultsFault } from "./results-api.js";
import { hung, metNoAnswer, metNobody, metUnavailable, runCheck, sentOnlyDocumented } from "./run-check.js";
import { checkOf, targetOf } from "./run.test.kit.js";
import { suppliedSessions } from "./session-ids.js";
import type { Watch } from "./settle.js";
import { turnOf, type TurnGiven } from "./turn.test.kit.js";

const nothing = async (): Promise<void> => {};

describe("a check does not start", () => {
  const baselineOf = (kind: Exclude<Baseline["kind"], "acknowledged">): Baseline => ({
    kind,
    attempt: attempt(),
    notes: [],
    reason: `it is ${kind}`,
  });
  it.each<[string, TurnGiven, string, string | null, string | null]>([
    [
      "where the run was stopped",
      { turn: { signal: AbortSignal.abort(new NotRun("interrupted", "stopped")) } },
      "not-run",
      "interrupted",
      "stopped",
    ],
    [
      "where there is no first callback",
      { turn: { baseline: null } },
      "not-run",
      "sessions-used-up",
      "no session id was left for the first callback: supply more",
    ],
    ...(
      [
        ["unreachable", "unreachable"],
        ["rate-limited", "rate-limited"],
        ["rightly-refused", "credentials-or-session-unknown"],
        ["not-acknowledged", "baseline-not-acknowledged"],
      ] as const
    ).map(([kind, code]): [string, TurnGiven, string, string, string] => [
      `where the first callback was ${kind}`,
      { turn: { baseline: baselineOf(kind) } },
      "not-run",
      code,
      `it is ${kind}`,
    ]),
    [
      "where too few sessions are left",
      { told: { sessions: suppliedSessions(["s1"]) }, check: { sessions: 2 } },
      "skipped",
      "sessions-used-up",
      "it takes 2 session ids, and 1 are left: supply more",
    ],
    ...(
      [
        [null, "skipped", "not-observable", "not observable: no session was left to try the probe on"],
        [{ kind: "not-observable", reason: "so" }, "skipped", "not-observable", "not observable: so"],
        [{ kind: "silent", reason: "so", howToTell: "" }, "skipped", "not-observable", "not observable: so"],
        [{ kind: "probe-failed", reason: "so" }, "error", "probe-failed", "so"],
      ] as const
    ).map(([calibration, outcome, code, reason]): [string, TurnGiven, string, string, string] => [
      `where it needs effects, and the probe is ${(calibration as Calibration | null)?.kind ?? "not tried"}`,
      { check: { needs: ["credentials", "effects"] }, turn: { calibration } },
      outcome,
      code,
      reason,
    ]),
  ])("%s", async (_what, given, outcome, reasonCode, reason) => {
    let ran = false;
    const { end } = await turnOf(async () => void (ran = true), given);
    expect(end).toMatchObject({ outcome, reasonCode, reason, record: null });
    expect(end.durationMs).toBeGreaterThanOrEqual(0);
    expect(end.durationMs).toBeLessThan(60_000);
    expect(ran).toBe(false);
  });

  it.each<[string, TurnGiven]>([
    ["builds on nothing", { check: { builds: "nothing" }, turn: { baseline: null } }],
    [
      "judges the first callback",
      { check: { builds: "judges-baseline" }, turn: { baseline: baselineOf("not-acknowledged") } },
    ],
    [
      "sees effects",
      { check: { needs: ["effects"] }, turn: { calibration: { kind: "observable", timeToEffectMs: 1 } } },
    ],
    ["needs none", { check: { needs: ["credentials"] } }],
    ["takes just what is left", { told: { sessions: suppliedSessions(["s1", "s2"]) }, check: { sessions: 2 } }],
  ])("but it does where it %s", async (_what, given) => {
    const { end } = await turnOf(nothing, given);
    expect(end).toMatchObject({ outcome: "passed", reasonCode: null, reason: null, record: emptyRecord() });
  });
});

describe("a check ends", () => {
  const endOf = async (run: Check["run"], signal = new AbortController().signal) => {
    const target = targetOf("https://hooks.example.com/hook");
    const turn = { baseline: null, calibration: null, watch: null, ledger: null, confirming: false };
    return runCheck({ ...turn, check: checkOf("a/one", { builds: "nothing", run }), target, signal });
  };
  const finds = (context: CheckContext): void => context.mismatch("this", "that", "there");

  it.each<[string, Check["run"], string, string | null, string | null]>([
    ["as passed", async () => {}, "passed", null, null],
    ["as failed", async (context) => finds(context), "failed", null, null],
    ["as not applicable", async () => notApplicable("so"), "skipped", "not-applicable", "not applicable: so"],
    ["as not observable", async () => notObservable("so"), "skipped", "not-observable", "not observable: so"],
    ["as not judged", async () => notJudged("so"), "not-run", "baseline-not-acknowledged", "so"],
    [
      "as failed where it found something before it gave up",
      async (context) => {
        finds(context);
        return notObservable("so");
      },
      "failed",
      null,
      null,
    ],
    ["as not run", () => Promise.reject(new NotRun("rate-limited", "so")), "not-run", "rate-limited", "so"],
    ["in error where the probe fails", () => Promise.reject(new ProbeError("so")), "error", "probe-failed", "so"],
    [
      "in error where time cannot be moved",
      () => Promise.reject(new AdvanceError("so")),
      "error",
      "advance-failed",
      "so",
    ],
    [
      "in error where it throws",
      () => Promise.reject(new TypeError("so")),
      "error",
      "harness-error",
      "a fault of the harness, not of the receiver: so",
    ],
  ])("%s", async (_how, run, outcome, reasonCode, reason) => {
    const end = await endOf(run);
    expect(end).toMatchObject({ outcome, reasonCode, reason });
    expect(end.record).not.toBeNull();
    expect(end.fault === undefined).toBe(reasonCode !== "harness-error");
  });

  it("with what it threw, to look for the fault by", async () => {
    const thrown = new TypeError("so");
    expect((await endOf(() => Promise.reject(thrown))).fault).toBe(thrown);
    // oxlint-disable-next-line prefer-promise-reject-errors, typescript/prefer-promise-reject-errors
    const { fault } = await endOf(() => Promise.reject("words"));
    expect(fault).toBeInstanceOf(Error);
    expect(fault?.message).toBe("words");
  });

  it("when the run is stopped, whatever it waits for", async () => {
    const abort = new AbortController();
    const reason = new NotRun("time-budget-spent", "the time is up");
    const end = endOf(() => {
      abort.abort(reason);
      return new Promise(() => {});
    }, abort.signal);
    expect(await end).toMatchObject({ outcome: "not-run", reasonCode: "time-budget-spent", reason: "the time is up" });
    expect((await end).record).not.toBeNull();
  });

  it("as stopped, even where it throws something of its own about that", async () => {
    const abort = new AbortController();
    const end = await endOf(async () => {
      abort.abort(new NotRun("interrupted", "stopped"));
      throw new TypeError("it was in the middle of something");
    }, abort.signal);
    expect(end).toMatchObject({ outcome: "not-run", reasonCode: "interrupted" });
    expect(end).not.toHaveProperty("fault");
  });
});

describe("of a run of a check is known", () => {
  const nobody: Sent = {
    status: null,
    outcome: connectionFailure(Object.assign(new Error("no"), { code: "ECONNREFUSED" }), "connect"),
  };
  const handshake: Sent = {
    status: null,
    outcome: connectionFailure(Object.assign(new Error("no"), { code: "CERT_HAS_EXPIRED" }), "tls"),
  };
  const hang: Sent = { status: null, outcome: timeoutFailure("headers", 20_000) };
  const reset: Sent = { status: null };
  const limited: Sent = { status: 503, answer: [["Retry-After", "1"]] };

  const recordOf = (sent: readonly Sent[], label = ""): CheckRecord => {
    const evidence = sent.map((each): Evidence => ({
      attempt: attempt(each),
      label,
      scheduled: false,
      fitsCurl: true,
      variation: null,
    }));
    const findings = evidence.map(({ attempt: where }) => ({ expected: "", actual: "", where, fix: null }));
    return { ...emptyRecord(), evidence: [null, ...evidence], findings };
  };

  it.each<[string, (record: CheckRecord | null) => boolean, readonly Sent[], readonly Sent[]]>([
    ["whether it met a 503 that is no limit", metUnavailable, [{ status: 503 }], [limited, { status: 500 }, reset]],
    ["whether it found nobody", metNobody, [nobody, reset], [handshake, hang, { status: 500 }, { status: 200 }]],
    ["whether it hung", hung, [hang], [reset, nobody, { status: 500 }]],
  ])("%s", (_what, isSo, those, others) => {
    for (const sent of those) {
      expect(isSo(recordOf([sent]))).toBe(true);
      expect(isSo(recordOf([{ status: 200 }, sent]))).toBe(true);
    }
    expect(isSo(recordOf(others))).toBe(false);
    expect(isSo(emptyRecord())).toBe(false);
    expect(isSo(null)).toBe(false);
  });

  test("whether no answer is all that it found", () => {
    expect(metNoAnswer(recordOf([reset, hang]))).toBe(true);
    expect(metNoAnswer(recordOf([reset, { status: 500 }]))).toBe(false);
    const inWords = { expected: "", actual: "", where: "there", fix: null };
    expect(metNoAnswer({ ...emptyRecord(), findings: [inWords] })).toBe(false);
    expect(metNoAnswer(null)).toBe(true);
  });

  test("whether it sent nothing but the documented callback, and met no limit", () => {
    expect(sentOnlyDocumented(recordOf([{ status: 500 }]))).toBe(true);
    expect(sentOnlyDocumented(recordOf([{ status: 500 }], "odd"))).toBe(false);
    expect(sentOnlyDocumented(recordOf([{ status: 429 }]))).toBe(false);
    expect(sentOnlyDocumented(recordOf([{ status: 500 }, limited]))).toBe(false);
    expect(sentOnlyDocumented(null)).toBe(true);
  });
});

describe("what is sent", () => {
  it("is the documented callback, on a connection of its own, unless told otherwise", async () => {
    const { asked, evidence } = await turnOf(async (context) => {
      await context.send();
      await context.send({ lastOnConnection: true, lingerMs: 250 });
      await context.send({ onTheWay: "lost-ack" });
      await context.send({ variation: { label: "odd", framing: "chunked", set: { "X-Odd": "1" } } });
    });
    expect(asked.map(({ options }) => Object.keys(options).sort())).toEqual([
      ["number", "offsetMs", "signal"],
      ["lastOnConnection", "lingerMs", "number", "offsetMs", "signal"],
      ["fault", "number", "offsetMs", "signal"],
      ["fault", "number", "offsetMs", "signal"],
    ]);
    expect(asked[0]?.options).toMatchObject({ number: 1, offsetMs: 0 });
    expect(asked[1]?.options).toMatchObject({ lastOnConnection: true, lingerMs: 250 });
    expect(asked[2]?.options.fault).toEqual({ resetAtAnswer: true });
    expect(asked[3]?.options.fault?.script).toHaveLength(2);
    expect(new Set(asked.map(({ request }) => request.sessionId)).size).toBe(4);
    expect(
      evidence.map(({ label, fitsCurl, scheduled, onTheWay, variation }) => ({
        label,
        fitsCurl,
        scheduled,
        onTheWay,
        isVaried: variation !== null,
      })),
    ).toEqual([
      { label: "", fitsCurl: true, scheduled: false, onTheWay: undefined, isVaried: false },
      { label: "", fitsCurl: false, scheduled: false, onTheWay: undefined, isVaried: false },
      {
        label: "answer lost on its way back",
        fitsCurl: false,
        scheduled: false,
        onTheWay: "lost-ack",
        isVaried: false,
      },
      { label: "odd", fitsCurl: false, scheduled: false, onTheWay: undefined, isVaried: true },
    ]);
    expect(asked[3]?.request.headers).toContainEqual(["X-Odd", "1"]);
  });

  it.each<[SendOptions, string]>([
    [{}, ""],
    [{ onTheWay: "pass" }, ""],
    [{ onTheWay: "hang-up" }, "connection closed before its answer"],
    [{ onTheWay: "cut" }, "cut in the middle of the body"],
    [{ onTheWay: "cut", variation: { label: "odd" } }, "odd"],
    [{ instance: 1 }, "to instance 2"],
  ])("%j is called so", async (how, label) => {
    const instances = ["https://a.example.com/a", "https://b.example.com/b"];
    const { evidence, asked } = await turnOf((context) => context.send(how), { told: { instances } });
    expect(evidence[0]?.label).toBe(label);
    expect(evidence[0]?.to?.hostname).toBe(how.instance === undefined ? undefined : "b.example.com");
    expect(evidence[0]?.fitsCurl).toBe((how.onTheWay ?? "pass") === "pass" && how.instance === undefined);
    expect(asked.map(({ request }) => request.path)).toEqual([how.instance === undefined ? "/hook" : "/b"]);
  });

  it("does not go to an instance that is not there", async () => {
    const { end } = await turnOf((context) => context.send({ instance: 0 }));
    expect(end.reason).toContain("a/one asks for an instance that is not there");
  });

  it("is waited for up to its headers alone, where bodies have shown to have no end", async () => {
    const { asked } = await turnOf((context) => context.send(), { target: { ignoresBodies: () => true } });
    expect(asked[0]?.options.stopAtHeaders).toBe(true);
  });

  it("shows in a curl line only the first time of a session", async () => {
    const { evidence } = await turnOf(async (context) => {
      const sessionId = context.session();
      await context.send({ sessionId });
      await context.send({ sessionId });
    });
    expect(evidence.map(({ fitsCurl }) => fitsCurl)).toEqual([true, false]);
  });

  it("is kept as evidence, all of it or failures or nothing, and in any case where a mismatch points at it", async () => {
    const answers = (_given: unknown, number: number): Sent => ({ status: number % 2 === 1 ? 500 : 200 });
    const kept = async (how: SendOptions, points: boolean) => {
      const { evidence } = await turnOf(
        async (context) => {
          const made = [await context.send(how), await context.send(how), await context.send(how)];
          for (const each of points ? made.toReversed() : []) context.mismatch("this", "that", each);
          if (points) context.keep(made[0] as Attempt);
        },
        { answers },
      );
      return evidence.map((entry) => entry.attempt.startedAt);
    };
    expect(await kept({}, false)).toEqual([1, 2, 3]);
    expect(await kept({ evidence: "failures" }, false)).toEqual([1, 3]);
    expect(await kept({ evidence: "none" }, false)).toEqual([]);
    expect(await kept({}, true)).toEqual([1, 2, 3]);
    expect(await kept({ evidence: "failures" }, true)).toEqual([1, 2, 3]);
    expect(await kept({ evidence: "none" }, true)).toEqual([1, 2, 3]);
  });

  it("is told to whoever counts, watches and paces", async () => {
    const counted: (string | null)[] = [];
    const told: { check: string; label: string }[] = [];
    const answered: Attempt[] = [];
    const went: boolean[] = [];
    const given = (check: Partial<Check>): TurnGiven => ({
      check,
      answers: (_one, number) => ({ status: number === 2 ? 500 : 200 }),
    });
    const watched = async (run: (context: CheckContext) => Promise<unknown>, check: Partial<Check> = {}) => {
      for (const each of [counted, told, answered, went]) each.length = 0;
      const base = targetOf("https://hooks.example.com/hook");
      const { end } = await turnOf(run, {
        ...given(check),
        target: {
          tally: { ...base.tally, counts: (_made, owner) => void counted.push(owner) },
          vitals: {
            ...base.vitals,
            sends(sent) {
              told.push(sent);
              return () => {};
            },
          },
          lanes: { ...base.lanes, width: 1, answered: (made) => void answered.push(made) },
          pace: Object.assign(base.pace, { went: (isAcknowledged: boolean) => void went.push(isAcknowledged) }),
        },
      });
      expect(end.outcome).toBe("passed");
    };
    await watched(async (context) => {
      await context.send();
      await context.send({ variation: { label: "odd" } });
      await context.send({ lastOnConnection: true });
      await context.send({ onTheWay: "lost-ack" });
    });
    expect(counted).toEqual([null, "a/one", "a/one", "a/one"]);
    expect(told).toEqual([
      { check: "a/one", label: "" },
      { check: "a/one", label: "odd" },
      { check: "a/one", label: "" },
      { check: "a/one", label: "answer lost on its way back" },
    ]);
    expect(answered).toHaveLength(3);
    expect(went).toEqual([true, false, true, true]);

    await watched(
      async (context) => {
        const sessionId = context.session();
        await context.send({ sessionId });
        await context.send({ sessionId });
      },
      { floods: true },
    );
    expect(counted).toEqual(["a/one", "a/one"]);
    expect(answered).toHaveLength(0);

    await watched(async (context) => {
      const sessionId = context.session();
      await context.send({ sessionId });
      await context.send({ sessionId });
    });
    expect(counted).toEqual([null, "a/one"]);
    expect(told.map(({ label }) => label)).toEqual(["", "for a session that it knew"]);
  });

  it.each<[Error, string, string]>([
    [new ShortageError("no files are left"), "not-run machine-exhausted", "no files are left"],
    [new TypeError("oh"), "error harness-error", "a fault of the harness, not of the receiver: oh"],
  ])("shows nothing of the receiver where it could not be sent: %s", async (thrown, came, reason) => {
    const ended: unknown[] = [];
    const { sender, vitals } = targetOf("https://hooks.example.com/hook");
    const { end } = await turnOf((context) => context.send(), {
      target: {
        sender: { ...sender, attempt: () => Promise.reject(thrown) },
        vitals: { ...vitals, sends: () => (made) => void ended.push(made) },
      },
    });
    expect([`${end.outcome} ${end.reasonCode}`, end.reason, ended]).toEqual([came, reason, [null]]);
  });
});

describe("a limit that stands in the way", () => {
  const limited: Sent = { status: 429, answer: [["Retry-After", "1"]] };

  it("is waited for, and then the check goes on", async () => {
    const { end, asked, evidence } = await turnOf((context) => context.send(), {
      answers: (_given, number) => (number < 3 ? limited : { status: 200 }),
    });
    expect(end.outcome).toBe("passed");
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 1000, 2000]);
    expect(evidence.map(({ attempt: { outcome } }) => outcome.kind)).toEqual(["acknowledged"]);
  });

  it("leaves the check unjudged where it stays, and nothing more is sent", async () => {
    const { end, asked, target } = await turnOf(
      async (context) => {
        await context.send().catch(() => {});
        await context.send();
      },
      { answers: () => limited },
    );
    expect(asked).toHaveLength(5);
    expect(end).toMatchObject({
      outcome: "not-run",
      reasonCode: "rate-limited",
      reason:
        "the receiver answered 429 to the first callback, and again after 4 waits: no pace of this run is behind that. It may be down for maintenance, or a limit is used up by others: try again once that is over",
    });
    expect(target.pace.blocked).toBe(true);
  });

  it("is not waited for again once it has stood in the way to the last, until something else comes", async () => {
    const base = targetOf("https://hooks.example.com/hook");
    const blocked = await turnOf((context) => context.send(), {
      target: { pace: Object.assign(base.pace, { blocked: true }) },
      answers: () => limited,
    });
    expect(blocked.asked).toHaveLength(1);
    expect(blocked.end.reasonCode).toBe("rate-limited");
    const free = await turnOf((context) => context.send(), {
      target: { pace: Object.assign(base.pace, { blocked: true }) },
    });
    expect(free.target.pace.blocked).toBe(false);
  });

  it("is the answer, where the check judges limits", async () => {
    const { end, asked } = await turnOf(
      async (context) => {
        const { response } = await context.send({ judgesRateLimit: true });
        expect(response?.status).toBe(429);
      },
      { answers: () => limited },
    );
    expect([end.outcome, asked.length]).toEqual(["passed", 1]);
  });

  it("is the answer of one input, where others are acknowledged and it stands when it was waited for", async () => {
    const { end, asked } = await turnOf(
      (context) => context.send({ variation: { label: "odd", path: () => "/odd" } }),
      {
        answers: ({ request }) => (request.path === "/odd" ? limited : { status: 200 }),
      },
    );
    expect(end.outcome).toBe("passed");
    expect(asked.map(({ request }) => request.path)).toEqual(["/odd", "/hook", "/odd", "/hook"]);
    const control = asked.find(({ request }) => request.path === "/hook");
    expect(control?.options).toMatchObject({ number: 1, offsetMs: 0 });
  });

  it("is one of all where the control meets it too, or none can be sent", async () => {
    const odd: SendOptions = { variation: { label: "odd", path: () => "/odd" } };
    const all = await turnOf((context) => context.send(odd), { answers: () => limited });
    expect(all.end.reasonCode).toBe("rate-limited");
    const none = await turnOf((context) => context.send(odd), {
      told: { sessions: suppliedSessions(["s1"]) },
      check: { sessions: 1 },
      answers: () => limited,
    });
    expect(none.end.reasonCode).toBe("rate-limited");
    expect(none.asked.every(({ request }) => request.path === "/odd")).toBe(true);
  });
});

describe("a retry that a lock turns away", () => {
  const confirming: TurnGiven = { turn: { confirming: true } };
  const lifted = (answer: string): string =>
    `A retry that came within seconds got ${answer}, and was acknowledged before the documented sender would have come again.`;

  /** Sends one session twice over a receiver that turns away what it has met before, up to some millisecond. */
  const retried = (untilMs: number, lock: Sent, how: SendOptions = {}, given: TurnGiven = {}) => {
    const met = new Set<string>();
    return turnOf(
      async (context) => {
        const sessionId = context.session();
        for (const more of [{}, how]) await context.send({ sessionId, ...more });
      },
      {
        ...given,
        answers({ request: { sessionId }, atMs }) {
          const isLocked = met.has(sessionId) && atMs < untilMs;
          met.add(sessionId);
          return isLocked ? lock : { status: 200 };
        },
      },
    );
  };
  const asking = (status: number, after: string): Sent => ({ status, answer: [["Retry-After", after]] });
  const forGood = Infinity;

  it.each<[string, number, Sent, SendOptions, TurnGiven, number[], string[]]>([
    ["again until it is lifted", 15_000, { status: 423 }, {}, confirming, [0, 10_000, 20_000], [lifted("423 So")]],
    ["again when it asks for that", 15_000, asking(409, "20"), {}, confirming, [0, 20_000], [lifted("409 So")]],
    ["not as often as it asks for", 5000, asking(425, "1"), {}, confirming, [0, 10_000], [lifted("425 So")]],
    [
      "again where it looks like a limit that others do not meet",
      15_000,
      { status: 429 },
      {},
      confirming,
      [0, 0, 1000, 1000, 11_000, 21_000],
      [lifted("429 So")],
    ],
    ["once where it is not locked", 0, {}, {}, confirming, [0], []],
    ["once where no failure is made sure of", forGood, { status: 423 }, {}, {}, [0], []],
    ["once where limits are judged", forGood, { status: 423 }, { judgesRateLimit: true }, confirming, [0], []],
    ["once where minutes pass", forGood, { status: 423 }, {}, { ...confirming, told: { elapse: "real" } }, [0], []],
    ["again as long as a check says", forGood, { status: 423 }, { lockMs: 15_000 }, {}, [0, 10_000, 15_000], []],
    ["again until a check takes it", 5000, { status: 423 }, { lockMs: 15_000 }, {}, [0, 10_000], []],
  ])("is sent %s", async (_what, untilMs, lock, how, given, timesMs, notes) => {
    const { asked, evidence, record, target } = await retried(untilMs, lock, how, given);
    const [first, ...retries] = asked;
    expect([first?.atMs, retries.map(({ atMs }) => atMs)]).toEqual([0, timesMs]);
    expect([record?.notes, target.pace.refusesForGood]).toEqual([notes, false]);
    const last = evidence.at(-1)?.attempt;
    expect([last?.startedAt, last?.request.sessionId]).toEqual([asked.length, first?.request.sessionId]);
    expect(evidence).toHaveLength(asked.length > 2 ? 3 : 2);
  });

  it("is kept as evidence no more than others", async () => {
    const { evidence } = await retried(0, {}, { evidence: "none" }, confirming);
    expect(evidence).toHaveLength(1);
  });

  it("is refused for good where it stays so as long as the schedule allows, and no other is waited for", async () => {
    const { asked, record, target } = await turnOf(
      async (context) => {
        for (const attempts of [3, 2]) await context.schedule({ attempts });
      },
      {
        ...confirming,
        check: { spansMinutes: true },
        answers: ({ options: { number = 0 } }) => ({ status: number > 1 ? 423 : 200 }),
      },
    );
    expect(asked.map(({ options: { number }, atMs }) => [number, atMs])).toEqual([
      [1, 0],
      ...[5000, 15_000, 25_000, 35_000, 45_000, 55_000, 60_000].map((atMs) => [2, atMs]),
      [3, 60_000],
      [1, 60_000],
      [2, 60_000],
    ]);
    expect(record?.notes).not.toContain(lifted("423 So"));
    expect(target.pace.refusesForGood).toBe(true);
  });

  it("is none where the session was not sent before", async () => {
    const { asked } = await turnOf(
      async (context) => {
        await context.send({ lockMs: 15_000 });
        await context.send({ lockMs: 15_000, sessionId: context.session() });
      },
      { ...confirming, answers: () => ({ status: 423 }) },
    );
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 0]);
  });
});

describe("the world of a check", () => {
  /** A page that notes what is entered. */
  function noted(): { readonly ledger: Ledger; readonly entered: unknown[]; readonly open: string[] } {
    const entered: unknown[] = [];
    const open: string[] = [];
    const page: Page = {
      enter: (sessionId, { label, onTheWay, entitles }) => void entered.push([label, onTheWay, entitles]),
      leaveOpen: (sessionId) => void open.push(sessionId),
    };
    const ledger: Ledger = {
      ...createLedger(targetOf("https://a.example.com/").contract.effect),
      open: () => page,
      acknowledged: (suite) => [`acknowledged of ${suite}`],
      unacknowledged: () => ["unacknowledged"],
    };
    return { ledger, entered, open };
  }

  it("enters what was sent where somebody asks for its effects", async () => {
    const { ledger, entered, open } = noted();
    let left = "";
    await turnOf(
      async (context) => {
        await context.send();
        await context.send({ onTheWay: "cut" });
        await context.send({ variation: { label: "odd" } });
        await context.send({ variation: { label: "harmless", harmless: true } });
        await context.send({ variation: { label: "unkept" }, evidence: "none" });
        await context.send({ evidence: "none" });
        await context.send({ variation: { label: "failed" }, evidence: "failures" });
        left = context.session();
        await context.send({ sessionId: left, leavesEffectOpen: true });
      },
      { turn: { ledger } },
    );
    expect(entered).toEqual([
      ["", "pass", true],
      ["cut in the middle of the body", "cut", true],
      ["odd", "pass", false],
      ["harmless", "pass", true],
      ["", "pass", true],
      ["failed", "pass", false],
      ["", "pass", true],
    ]);
    expect(open).toEqual([left]);
  });

  it("says what was acknowledged, and what was not", async () => {
    const { ledger } = noted();
    let seen: unknown;
    const look = async (context: CheckContext): Promise<void> =>
      void (seen = [context.acknowledged(), context.unacknowledged()]);
    await turnOf(look, { turn: { ledger } });
    expect(seen).toEqual([["acknowledged of a"], ["unacknowledged"]]);
    await turnOf(look);
    expect(seen).toEqual([[], []]);
  });

  it("says what it is about, and what it is asked with", async () => {
    let seen: Partial<CheckContext> = {};
    const instances = ["https://a.example.com/", "https://b.example.com/"];
    const { target } = await turnOf(
      async (context) => {
        const { contract, url, host, credentials, urlSecrets, confirming, inventsSessions, instances: of } = context;
        const { observesEffects, tellsDocumentsApart, settings } = context;
        seen = { contract, url, host, credentials, urlSecrets, confirming, inventsSessions, instances: of, settings };
        expect([observesEffects, tellsDocumentsApart]).toEqual([false, false]);
        expect(context.baseline.outcome.kind).toBe("acknowledged");
        expect(context.randomHex(8)).toMatch(/^[0-9a-f]{8}$/);
        expect(context.randomHex(8)).toBe(context.randomHex(8));
        await context.pause(250);
        expect(context.now()).toBe(250);
        expect(context.sideBySide).toBe(8);
        expect(() => context.results).toThrow("a/one asks for the results API, but does not declare the need");
        await expect(context.effects(["s1"])).rejects.toThrow(
          "a/one asks about effects, but does not declare the need",
        );
      },
      { told: { instances, headers: [["X-Key", "k"]] }, turn: { confirming: true } },
    );
    expect(seen).toMatchObject({
      contract: target.contract,
      url: target.url,
      credentials: [["X-Key", "k"]],
      urlSecrets: [],
      confirming: true,
      inventsSessions: true,
      instances: 2,
      settings: { fuzzCases: target.fuzzCases },
    });
    expect(seen.host).toMatchObject({ kind: expect.any(String) });
    const { end } = await turnOf(async (context) => void context.baseline, {
      check: { builds: "nothing" },
      turn: { baseline: null },
    });
    expect(end.reason).toContain("a/one asks for the baseline, but does not declare it");
  });

  it("has hex of its own, by the seed and the check", async () => {
    const hexOf = async (seed: string, id: string): Promise<string> => {
      let hex = "";
      await turnOf(async (context) => void (hex = context.randomHex(12)), { told: { seed }, check: { id } });
      return hex;
    };
    const own = await hexOf("seed", "a/one");
    expect(own).toMatch(/^[0-9a-f]{12}$/);
    expect(await hexOf("seed", "a/one")).toBe(own);
    expect([await hexOf("other", "a/one"), await hexOf("seed", "a/two")]).not.toContain(own);
  });

  it("keeps connections, and says how many one took and whether the receiver closes it", async () => {
    const base = targetOf("https://hooks.example.com/hook");
    let [isOpen, isClosed] = [true, false];
    const connection = {
      opened: 2,
      isOpen: () => isOpen,
      close: async () => void (isClosed = true),
    } as unknown as Connection;
    const carried: unknown[] = [];
    const sender = {
      ...base.sender,
      connection: () => connection,
      attempt: async (request: Attempt["request"], options: { connection?: unknown } = {}) => {
        carried.push(options.connection);
        return { ...attempt({ status: 200 }), request };
      },
    };
    const { clock, evidence } = await turnOf(
      async (context) => {
        const kept = context.connection();
        await context.send({ connection: kept });
        expect(kept.opened).toBe(2);
        expect(await kept.closesWithin(250)).toBe(false);
        expect(context.now()).toBe(250);
        isOpen = false;
        expect(await kept.closesWithin(250)).toBe(true);
        expect(context.now()).toBe(250);
        kept.close();
      },
      { target: { sender } },
    );
    expect([carried, isClosed, clock.now()]).toEqual([[connection], true, 250]);
    expect(evidence[0]?.fitsCurl).toBe(false);
    const strange = await turnOf((context) => context.send({ connection: {} as KeptConnection }));
    expect(strange.end.reason).toContain("a kept connection that this runner did not make");
  });

  it("keeps what nothing points at, where it tells what is behind something", async () => {
    const { evidence } = await turnOf(async (context) => {
      const made = await context.send({ evidence: "none" });
      await context.send();
      context.keep(made);
      context.keep(made);
    });
    expect(evidence.map(({ attempt: { startedAt } }) => startedAt)).toEqual([1, 2]);
  });

  it("keeps remarks, latencies and findings", async () => {
    const { record } = await turnOf(async (context) => {
      context.note("noted");
      context.latencies([1, 2]);
      context.latencies([3]);
      context.mismatch("this", "that", "there");
      context.mismatch("this", "that", "there", "Mend that.");
    });
    expect(record).toMatchObject({
      notes: ["noted"],
      latenciesMs: [1, 2, 3],
      findings: [
        { expected: "this", actual: "that", where: "there", fix: null },
        { expected: "this", actual: "that", where: "there", fix: "Mend that." },
      ],
    });
  });

  it("waits for a condition as long as effects may take, and no longer", async () => {
    let asked = 0;
    const { clock } = await turnOf((context) => context.waitFor(() => (asked += 1) === 3), {
      told: { settleMs: 1000 },
    });
    expect([clock.now(), asked]).toEqual([5 + 5, 3]);
    const later = await turnOf(async (context) => {
      await context.idle(250);
      asked = 0;
      await context.waitFor(() => (asked += 1) === 3);
    });
    expect(later.clock.now()).toBe(250 + 5 + 5);
    const never = await turnOf((context) => context.waitFor(() => false), { told: { settleMs: 1000 } });
    expect([never.clock.now(), never.end.outcome]).toEqual([1000, "passed"]);
  });

  it("idles aside the first time, and says how long it took until it was its turn again", async () => {
    const tookMs: number[] = [];
    const idles = async (context: CheckContext): Promise<void> =>
      void tookMs.push(await context.idle(250), await context.idle(250));
    const aside: Aside = async (wait) => void [await wait(), await wait()];
    await turnOf(idles, { turn: { aside } });
    const { clock } = await turnOf(idles);
    expect([tookMs, clock.now()]).toEqual([[500, 250, 250, 250], 500]);
  });

  it("names another document of a session, where the contract has documents", async () => {
    const ids: string[] = [];
    await turnOf(
      async (context) => void ids.push(context.anotherDocument("s1 doc-1"), context.anotherDocument("s1 doc-1")),
      {
        told: { contract: document },
      },
    );
    expect(ids[0]).toMatch(/^s1 doc-\S+$/);
    expect(new Set(ids).size).toBe(2);
  });

  const watchOf = (
    counts: Readonly<Record<string, number>>,
    tellsApart?: readonly ("sessionId" | "documentId")[],
  ): Watch => {
    const { clock } = targetOf("https://a.example.com/");
    const probe = {
      name: "the probe",
      ...(tellsApart !== undefined && { tellsApart }),
      count: async (id: string) => counts[id] ?? counts["other"] ?? 0,
    };
    return {
      observer: { probe, clock, settleMs: 1000, signal: new AbortController().signal },
      calibration: { kind: "observable", timeToEffectMs: 1 },
      sendSentinel: async () => "unused",
      state: { hasStopped: false, unseen: [], slowestMs: 0, sentinelsMs: [], settledUpTo: -Infinity },
    };
  };

  it("counts effects once a session that was sent later has shown", async () => {
    let seen: ReadonlyMap<string, number> = new Map();
    const { ledger, open } = noted();
    const { asked, evidence, end } = await turnOf(
      async (context) => {
        expect([context.observesEffects, context.tellsDocumentsApart]).toEqual([true, true]);
        seen = await context.effects(["s1", "s2"]);
      },
      { turn: { ledger, watch: watchOf({ s1: 1, s2: 2, other: 1 }, ["sessionId", "documentId"]) } },
    );
    expect(end.outcome).toBe("passed");
    expect([...seen]).toEqual([
      ["s1", 1],
      ["s2", 2],
    ]);
    expect(asked).toHaveLength(1);
    expect(evidence.map(({ label }) => label)).toEqual(["to see that effects have settled"]);
    expect(open).toEqual([asked[0]?.request.sessionId]);
  });

  it("cannot say anything of effects where nothing shows, no session is left, or none is acknowledged", async () => {
    const effects = (context: CheckContext): Promise<unknown> => context.effects(["s1"]);
    const watch = watchOf({});
    const silent = await turnOf(effects, { turn: { watch } });
    expect(silent.end).toMatchObject({
      reasonCode: "effects-not-settled",
      reason:
        "of the sessions that were sent later none was processed, though each was acknowledged, so that this one has no effect says nothing",
    });
    const used = await turnOf(effects, {
      turn: { watch },
      told: { sessions: suppliedSessions([]) },
      check: { sessions: 0 },
    });
    expect(used.end).toMatchObject({
      reasonCode: "sessions-used-up",
      reason: "no session id is left to see effects settle",
    });
    const refused = await turnOf(effects, { turn: { watch }, answers: () => ({ status: 500 }) });
    expect(refused.end).toMatchObject({
      reasonCode: "effects-not-settled",
      reason: "the session that was sent to see effects settle was not acknowledged",
    });
  });

  it("says that nobody listens any more, where that is why effects cannot be seen", async () => {
    const vitals = {
      ...targetOf("https://a.example.com/").vitals,
      death: { after: [{ check: "a/one", label: "odd" }] },
    };
    const refused = await turnOf((context) => context.effects(["s1"]), {
      turn: { watch: watchOf({}) },
      target: { vitals },
      answers: () => ({ status: null }),
    });
    expect(refused.end).toMatchObject({ outcome: "not-run", reasonCode: "receiver-unhealthy" });
    expect(refused.end.reason).toContain('the callback "odd" of a/one');
  });

  it("makes the results API misbehave, and says so of the callbacks of that session", async () => {
    const { ledger, open } = noted();
    const registered: string[] = [];
    const faults: unknown[] = [];
    const resultsApi: ResultsApi = {
      register: (id) => void registered.push(id),
      fetches: () => 7,
      requests: () => [],
      fault: (id, fault: ResultsFault, times) => void faults.push([id, fault.kind, times]),
    };
    const told: string[] = [];
    let sessionId = "";
    const { evidence, target } = await turnOf(
      async (context) => {
        sessionId = context.session();
        expect(context.results.fetches(sessionId)).toBe(7);
        context.results.fault(sessionId, { kind: "unavailable" }, 2);
        await context.send({ sessionId });
      },
      {
        told: { resultsApi },
        turn: { ledger },
        target: {
          vitals: {
            ...targetOf("https://a.example.com/").vitals,
            sends: ({ label }) => {
              told.push(label);
              return () => {};
            },
          },
        },
      },
    );
    expect(faults).toEqual([[sessionId, "unavailable", 2]]);
    expect(registered).toEqual([sessionId]);
    expect(open).toEqual([sessionId]);
    expect(told).toEqual(["whose results the API would not give (unavailable)"]);
    expect(evidence[0]?.label).toBe("");
    expect(target.tally.asOften(evidence[0]?.attempt as Attempt, "a/one")).toBeNull();
    const alone = await turnOf(async (context) => context.results.fault("s1", { kind: "unavailable" }), {
      told: { resultsApi },
    });
    expect(alone.end.outcome).toBe("passed");
  });
});

describe("a schedule", () => {
  const spansMinutes = { check: { spansMinutes: true as const } };
  const skipped =
    "The waits between attempts were skipped, and the receiver's clock did not move: what it forgets with time does not show.";

  it("sends one session again at the documented times, in no time, and says so once", async () => {
    const waits: unknown[] = [];
    const { asked, evidence, record, clock } = await turnOf(
      (context) => context.schedule({ attempts: 3, onTheWay: ["lost-ack", "cut"] }),
      { ...spansMinutes, turn: { onWait: (wait) => void waits.push(wait) } },
    );
    expect(waits).toEqual([]);
    expect(asked.map(({ options: { number, offsetMs } }) => [number, offsetMs])).toEqual([
      [1, 0],
      [2, 60_000],
      [3, 180_000],
    ]);
    expect(new Set(asked.map(({ request }) => request.sessionId)).size).toBe(1);
    expect(evidence.map(({ scheduled, fitsCurl, onTheWay }) => [scheduled, fitsCurl, onTheWay])).toEqual([
      [true, false, "lost-ack"],
      [true, false, "cut"],
      [true, false, "pass"],
    ]);
    expect(record?.notes).toEqual([skipped]);
    expect(clock.now()).toBe(0);
  });

  it("spaces retries where it makes sure of a failure", async () => {
    const { clock } = await turnOf((context) => context.schedule({ attempts: 3 }), {
      ...spansMinutes,
      turn: { confirming: true },
    });
    expect(clock.now()).toBe(10_000);
  });

  it("moves the receiver's time by just the minutes that pass", async () => {
    const moved: number[] = [];
    const { record, clock } = await turnOf((context) => context.schedule({ attempts: 4 }), {
      ...spansMinutes,
      told: { elapse: { advance: async (ms) => void moved.push(ms) } },
      turn: { confirming: true },
    });
    expect(moved).toEqual([60_000, 120_000, 300_000]);
    expect([record?.notes, clock.now()]).toEqual([[], 0]);
  });

  it("takes its time where that is asked for, and tells of each wait", async () => {
    const waits: unknown[] = [];
    const { clock, asked, record } = await turnOf((context) => context.schedule({ attempts: 3 }), {
      ...spansMinutes,
      told: { elapse: "real" },
      turn: { confirming: true, onWait: (wait) => void waits.push(wait) },
    });
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 60_000, 180_000]);
    expect(waits).toEqual([
      { id: "a/one", attempt: 2, of: 3, untilMs: 60_000 },
      { id: "a/one", attempt: 3, of: 3, untilMs: 180_000 },
    ]);
    expect([record?.notes, clock.now()]).toEqual([[], 180_000]);
    const alone = await turnOf((context) => context.schedule({ attempts: 2 }), {
      ...spansMinutes,
      told: { elapse: "real" },
    });
    expect(alone.end.outcome).toBe("passed");
  });

  it("goes to the instances that it is told", async () => {
    const { evidence } = await turnOf(
      (context) => context.schedule({ attempts: 3, sessionId: "s1", instances: [1, undefined, 0] }),
      { ...spansMinutes, told: { instances: ["https://a.example.com/", "https://b.example.com/"] } },
    );
    expect(evidence.map(({ to }) => to?.hostname)).toEqual(["b.example.com", undefined, "a.example.com"]);
    expect(evidence.map(({ attempt: { request } }) => request.sessionId)).toEqual(["s1", "s1", "s1"]);
  });

  it("is declared by whoever plays one", async () => {
    const one = await turnOf((context) => context.schedule({ attempts: 1 }));
    expect(one.end.outcome).toBe("passed");
    const two = await turnOf((context) => context.schedule({ attempts: 2 }));
    expect(two.end.reason).toContain("a/one lets minutes pass, but does not declare it");
  });
});
